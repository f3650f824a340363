package sluice.hdl.sim;

import java.util.Arrays;

/** Which parts of a schedule are to be computed and were; a bit for each part. */
final class PartFlags {
  private final int parts;
  private final long[] active;
  private final long[] computed;
  private final long[][] later;
  private final long[][] pending;

  PartFlags(int parts, int lines) {
    this.parts = parts;
    int words = (parts + 63) / 64;
    active = new long[words];
    computed = new long[words];
    later = new long[lines][words];
    pending = new long[lines][words];
  }

  /** Words of 64 parts each. */
  int words() {
    return active.length;
  }

  /** The parts to compute now; generated code reads, sets and clears them. */
  long[] active() {
    return active;
  }

  /** The parts that were computed; generated code sets them. */
  long[] computed() {
    return computed;
  }

  /** The parts to compute after the next edge of a clock; generated code sets them. */
  long[] later(int line) {
    return later[line];
  }

  /** 64 of the parts that were computed since a clock's last edge. */
  long pending(int line, int word) {
    return pending[line][word];
  }

  /** Notes what was computed, for every clock; gives how many parts that were. */
  int collect() {
    int count = 0;
    for (int word = 0; word < computed.length; word++) {
      long bits = computed[word];
      if (bits != 0) {
        count += Long.bitCount(bits);
        for (long[] line : pending) {
          line[word] |= bits;
        }
        computed[word] = 0;
      }
    }
    return count;
  }

  void activateAll() {
    Arrays.fill(active, -1L);
    active[active.length - 1] = -1L >>> (-parts & 63);
  }

  void activate(int[] some) {
    add(active, some);
  }

  void activate(int part) {
    active[part >> 6] |= 1L << part;
  }

  void activateLater(int line, int[] some) {
    add(later[line], some);
  }

  private static void add(long[] flags, int[] parts) {
    for (int part : parts) {
      flags[part >> 6] |= 1L << part;
    }
  }

  /** Sets the flags of some parts if anything changed; called by generated code. */
  static void mark(long[] flags, int[] parts, long change) {
    if (change != 0) {
      add(flags, parts);
    }
  }

  /** A clock has risen. */
  void advance(int line) {
    long[] mine = later[line];
    for (int word = 0; word < active.length; word++) {
      active[word] |= mine[word];
      mine[word] = 0;
    }
    Arrays.fill(pending[line], 0);
  }
}
