#pragma once

#include <cstdint>

namespace sluice {

/**
 * A small generator (splitmix64) with the same sequence on every platform and library, so that a
 * seed means the same run everywhere.
 */
class Random {
 public:
  /** Generators of one seed with different streams are independent. */
  explicit Random(uint64_t seed, uint64_t stream = 0)
      : state_(seed * 0xD1342543DE82EF95u + stream * 0xAF251AF3B0F025B5u) {
    next();
  }

  uint64_t next() {
    state_ += 0x9E3779B97F4A7C15u;
    uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }

  /** Uniform in [0, bound); bound is at least 1. */
  uint32_t below(uint32_t bound) { return (next() >> 32) * uint64_t{bound} >> 32; }

  /** Uniform in [low, high]. */
  uint32_t between(uint32_t low, uint32_t high) { return low + below(high - low + 1); }

  /** True with a probability of parts in 256. */
  bool chance(unsigned parts) { return parts != 0 && (next() >> 56) < parts; }

 private:
  uint64_t state_;
};

}  // namespace sluice
