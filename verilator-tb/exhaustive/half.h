// FP16 results from exact doubles, by integer arithmetic of its own.
#pragma once

#include <cstdint>
#include <cstring>

namespace sluice {

// Flags as bits: invalid 16, divide by zero 8, overflow 4, underflow 2, inexact 1.
constexpr uint32_t kInvalid = 16;
constexpr uint32_t kOverflow = 4;
constexpr uint32_t kUnderflow = 2;
constexpr uint32_t kInexact = 1;

struct Result {
  uint32_t value;
  uint32_t flags;
};

inline bool half_is_nan(uint32_t half) { return (half & 0x7fff) > 0x7c00; }
inline bool half_is_infinite(uint32_t half) { return (half & 0x7fff) == 0x7c00; }
inline bool half_is_signaling(uint32_t half) { return half_is_nan(half) && (half & 0x0200) == 0; }

// The exact value of a finite half.
inline double half_to_double(uint32_t half) {
  const uint32_t field = half >> 10 & 31;
  const uint64_t fraction = half & 1023;
  double magnitude;
  if (field == 0) {
    magnitude = static_cast<double>(fraction) * 0x1p-24;
  } else {
    const uint64_t bits = (uint64_t{field} - 15 + 1023) << 52 | fraction << 42;
    std::memcpy(&magnitude, &bits, sizeof magnitude);
  }
  return (half & 0x8000) != 0 ? -magnitude : magnitude;
}

// A significand below 2^53 without the lowest `places` bits, rounded to nearest even.
inline uint64_t rounded(uint64_t significand, int places) {
  if (places <= 0) return significand;
  if (places > 54) return 0;
  const uint64_t kept = significand >> places;
  const uint64_t lost = significand & ((uint64_t{1} << places) - 1);
  const uint64_t middle = uint64_t{1} << (places - 1);
  return kept + (lost > middle || (lost == middle && (kept & 1) != 0) ? 1 : 0);
}

// Rounds a finite number once, to nearest even; the sign of a zero is the number's.
inline Result half_from_double(double exact) {
  uint64_t bits;
  std::memcpy(&bits, &exact, sizeof bits);
  const uint32_t sign = static_cast<uint32_t>(bits >> 48) & 0x8000;
  const int field = static_cast<int>(bits >> 52 & 2047);
  if (field == 0) return {sign, 0};  // nothing exact that comes here is a subnormal double
  const uint64_t significand = (bits & ((uint64_t{1} << 52) - 1)) | uint64_t{1} << 52;
  const int exponent = field - 1023;
  // The last place of a half is 2^-10 of a normal one, and 2^-24 at least.
  const int last = exponent < -14 ? -24 : exponent - 10;
  const int places = last - exponent + 52;
  const uint64_t units = rounded(significand, places);
  const bool inexact = places > 54 || (significand & ((uint64_t{1} << places) - 1)) != 0;
  const uint64_t encoded = (static_cast<uint64_t>(last + 24) << 10) + units;
  if (encoded >= 0x7c00) return {sign | 0x7c00, kOverflow | kInexact};
  // With an unbounded exponent, a number next to 2^-14 would be rounded up to it at eleven bits.
  const bool tiny = exponent < -15 || (exponent == -15 && rounded(significand, 42) < 2048);
  return {sign | static_cast<uint32_t>(encoded),
          (inexact ? kInexact : 0) | (inexact && tiny ? kUnderflow : 0)};
}

}  // namespace sluice
