package sluice.hdl.sim;

import java.util.Arrays;

/** Which parts of a schedule are to be computed and were; a bit for each part. */
final class PartFlags {
  private final int parts;
  private final long[] active;
  private final long[] later;
  private final long[] computed;

  PartFlags(int parts) {
    this.parts = parts;
    int words = (parts + 63) / 64;
    active = new long[words];
    later = new long[words];
    computed = new long[words];
  }

  /** Words of 64 parts each. */
  int words() {
    return active.length;
  }

  /** The parts to compute in this cycle; generated code reads, sets and clears them. */
  long[] active() {
    return active;
  }

  /** The parts to compute after the clock edge; generated code sets them. */
  long[] later() {
    return later;
  }

  /** The parts that were computed since the clock edge; generated code sets them. */
  long[] computed() {
    return computed;
  }

  long computed(int word) {
    return computed[word];
  }

  int countComputed() {
    int count = 0;
    for (long bits : computed) {
      count += Long.bitCount(bits);
    }
    return count;
  }

  void activateAll() {
    Arrays.fill(active, -1L);
    active[active.length - 1] = -1L >>> (-parts & 63);
    Arrays.fill(later, 0);
    Arrays.fill(computed, 0);
  }

  void activate(int[] some) {
    add(active, some);
  }

  void activateLater(int[] some) {
    add(later, some);
  }

  private static void add(long[] flags, int[] parts) {
    for (int part : parts) {
      flags[part >> 6] |= 1L << part;
    }
  }

  /** Goes on to the next cycle. */
  void advance() {
    for (int word = 0; word < active.length; word++) {
      active[word] |= later[word];
      later[word] = 0;
      computed[word] = 0;
    }
  }
}
