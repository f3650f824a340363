package sluice.cosim.jvm;

/** The generator of the testbenches (splitmix64): a seed means the same run everywhere. */
final class SeededRandom {
  private long state;

  /**
   * @param stream generators of one seed with different streams are independent
   */
  SeededRandom(long seed, long stream) {
    state = seed * 0xD1342543DE82EF95L + stream * 0xAF251AF3B0F025B5L;
    next();
  }

  private long next() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  /** Uniform in 0 to bound - 1; the bound is at least 1. */
  int below(int bound) {
    return (int) ((next() >>> 32) * bound >>> 32);
  }

  /** Uniform in low to high. */
  int between(int low, int high) {
    return low + below(high - low + 1);
  }

  /** True with a probability of parts in 256. */
  boolean chance(int parts) {
    return parts != 0 && next() >>> 56 < parts;
  }
}
