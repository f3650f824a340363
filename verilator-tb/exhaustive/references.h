// What operations should give for a word: the operands of two halves, the first above the second,
// or one operand.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

#include "half.h"

namespace sluice {

constexpr uint32_t kNan = 0x7e00;

inline Result half_add(uint32_t word) {
  const uint32_t a = word >> 16;
  const uint32_t b = word & 0xffff;
  const bool opposite = half_is_infinite(a) && half_is_infinite(b) && a != b;
  const bool invalid = half_is_signaling(a) || half_is_signaling(b) || opposite;
  const uint32_t flags = invalid ? kInvalid : 0;
  if (half_is_nan(a) || half_is_nan(b) || opposite) return {kNan, flags};
  if (half_is_infinite(a)) return {a, 0};
  if (half_is_infinite(b)) return {b, 0};
  // Exact: 41 bits from the least place of a half to the carry of the largest.
  return half_from_double(half_to_double(a) + half_to_double(b));
}

inline Result half_multiply(uint32_t word) {
  const uint32_t a = word >> 16;
  const uint32_t b = word & 0xffff;
  const bool undefined = (half_is_infinite(a) && (b & 0x7fff) == 0) ||
                         (half_is_infinite(b) && (a & 0x7fff) == 0);
  const bool invalid = half_is_signaling(a) || half_is_signaling(b) || undefined;
  if (half_is_nan(a) || half_is_nan(b) || undefined) return {kNan, invalid ? kInvalid : 0};
  if (half_is_infinite(a) || half_is_infinite(b)) return {((a ^ b) & 0x8000) | 0x7c00, 0};
  // Exact: 22 bits of significand, and no exponent that a double has not.
  return half_from_double(half_to_double(a) * half_to_double(b));
}

inline bool single_is_nan(uint32_t single) { return (single & 0x7fffffff) > 0x7f800000; }

inline bool single_is_signaling(uint32_t single) {
  return single_is_nan(single) && (single & 0x00400000) == 0;
}

// Not by a conversion of the host, which may quiet or flush.
inline double single_to_double(uint32_t single) {
  const int field = static_cast<int>(single >> 23 & 255);
  const double fraction = static_cast<double>(single & 0x7fffff);
  const double magnitude = field == 0 ? std::ldexp(fraction, -149)
                                      : std::ldexp(fraction + 0x1p23, field - 150);
  return (single & 0x80000000) != 0 ? -magnitude : magnitude;
}

inline Result single_to_half(uint32_t word) {
  if (single_is_nan(word)) return {kNan, single_is_signaling(word) ? kInvalid : 0};
  if ((word & 0x7fffffff) == 0x7f800000) return {(word >> 16 & 0x8000) | 0x7c00, 0};
  return half_from_double(single_to_double(word));
}

// To 32 bits; what is too large becomes the largest of its sign, NaN the largest of all.
inline Result single_to_int32(uint32_t word) {
  const bool negative = (word & 0x80000000) != 0;
  if (single_is_nan(word)) return {0x7fffffff, kInvalid};
  const uint32_t limit = negative ? 0x80000000 : 0x7fffffff;
  const int field = static_cast<int>(word >> 23 & 255);
  if (field >= 127 + 32) return {limit, kInvalid};
  const uint64_t significand = field == 0 ? word & 0x7fffff : (word & 0x7fffff) | 0x800000;
  const int places = 150 - (field == 0 ? 1 : field);
  const uint64_t magnitude =
      places > 0 ? rounded(significand, places) : significand << -places;
  if (magnitude > (negative ? uint64_t{1} << 31 : (uint64_t{1} << 31) - 1)) {
    return {limit, kInvalid};
  }
  const bool inexact =
      places > 0 && (places > 54 ? significand != 0
                                 : (significand & ((uint64_t{1} << places) - 1)) != 0);
  const uint32_t bits = static_cast<uint32_t>(magnitude);
  return {negative ? 0 - bits : bits, inexact ? kInexact : 0};
}

inline Result int32_to_half(uint32_t word) {
  return half_from_double(static_cast<double>(static_cast<int32_t>(word)));
}

// A sign, a multiplicand and a multiplier of 11 bits.
inline Result signed_product(uint32_t word) {
  const uint32_t product = (word >> 11 & 0x7ff) * (word & 0x7ff);
  return {(word >> 22 & 1) != 0 ? 0 - product : product, 0};
}

}  // namespace sluice
