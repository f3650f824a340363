package sluice.hdl.sim;

import java.math.BigInteger;

/**
 * Bit vectors that are stored within one array: a vector of w bits at offset d takes {@code
 * count(w)} words from {@code v[d]}, the least significant first; bits above w are zero.
 */
final class Words {
  private Words() {}

  static int count(int width) {
    return (width + 63) >>> 6;
  }

  /** The bits in use of the highest word. */
  static long topMask(int width) {
    return -1L >>> (-width & 63);
  }

  static BigInteger get(long[] v, int offset, int width) {
    int n = count(width);
    byte[] bytes = new byte[8 * n];
    for (int i = 0; i < n; i++) {
      long word = v[offset + i];
      for (int j = 0; j < 8; j++) {
        bytes[bytes.length - 1 - 8 * i - j] = (byte) (word >>> (8 * j));
      }
    }
    return new BigInteger(1, bytes);
  }

  static void put(long[] v, int offset, int width, BigInteger bits) {
    BigInteger rest = bits;
    for (int i = 0; i < count(width); i++) {
      v[offset + i] = rest.longValue();
      rest = rest.shiftRight(64);
    }
    v[offset + count(width) - 1] &= topMask(width);
  }

  /** The high word of a product of unsigned numbers. */
  static long multiplyHigh(long x, long y) {
    return Math.multiplyHigh(x, y) + ((x >> 63) & y) + ((y >> 63) & x);
  }

  /** The word at the index-th of some offsets, or at the last. */
  static long choose(long[] v, int[] offsets, long index) {
    boolean within = Long.compareUnsigned(index, offsets.length) < 0;
    return v[offsets[within ? (int) index : offsets.length - 1]];
  }
}
