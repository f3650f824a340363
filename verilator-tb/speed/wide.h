#pragma once

#include <cstdint>
#include <type_traits>

namespace sluice {

/** Adds a word to a checksum of a sequence of words. */
inline uint64_t add_word(uint64_t checksum, uint64_t word) {
  return (checksum << 5 | checksum >> 59) + word;
}

/** Sets a port of Width bits, of any of Verilator's types, from words of 64 bits. */
template <unsigned Width, class Type>
void set(Type& port, const uint64_t* words) {
  if constexpr (Width <= 64) {
    port = static_cast<Type>(words[0]);
  } else {
    for (unsigned i = 0; i < (Width + 31) / 32; i++) {
      port[i] = static_cast<uint32_t>(words[i / 2] >> 32 * (i % 2));
    }
  }
}

/** Adds a port's words of 64 bits to a checksum. */
template <unsigned Width, class Type>
uint64_t add(uint64_t checksum, const Type& port) {
  if constexpr (Width <= 64) {
    checksum = add_word(checksum, port);
  } else {
    constexpr unsigned kWords = (Width + 31) / 32;
    for (unsigned i = 0; i < kWords; i += 2) {
      const uint64_t high = i + 1 < kWords ? uint64_t{port[i + 1]} << 32 : 0;
      checksum = add_word(checksum, high | port[i]);
    }
  }
  return checksum;
}

}  // namespace sluice
