package sluice.hdl.sim;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Arithmetic on bit vectors that are stored within one array: a vector of w bits at offset d takes
 * {@code count(w)} words from {@code v[d]}, the least significant first; bits above w are zero.
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

  static void not(long[] v, int d, int a, int width) {
    int n = count(width);
    for (int i = 0; i < n; i++) {
      v[d + i] = ~v[a + i];
    }
    v[d + n - 1] &= topMask(width);
  }

  static void add(long[] v, int d, int a, int b, int width) {
    int n = count(width);
    long carry = 0;
    for (int i = 0; i < n; i++) {
      long x = v[a + i];
      long y = v[b + i];
      long sum = x + y + carry;
      carry = ((x & y) | ((x | y) & ~sum)) >>> 63;
      v[d + i] = sum;
    }
    v[d + n - 1] &= topMask(width);
  }

  static void subtract(long[] v, int d, int a, int b, int width) {
    int n = count(width);
    long borrow = 0;
    for (int i = 0; i < n; i++) {
      long x = v[a + i];
      long y = v[b + i];
      long difference = x - y - borrow;
      borrow = ((~x & y) | ((~x | y) & difference)) >>> 63;
      v[d + i] = difference;
    }
    v[d + n - 1] &= topMask(width);
  }

  static void multiply(long[] v, int d, int a, int widthA, int b, int widthB, boolean signed) {
    int width = widthA + widthB;
    int n = count(width);
    long[] x = extended(v, a, widthA, n, signed);
    long[] y = extended(v, b, widthB, n, signed);
    long[] product = new long[n];
    for (int i = 0; i < n; i++) {
      long carry = 0;
      for (int j = 0; i + j < n; j++) {
        long low = x[i] * y[j];
        long high = unsignedHigh(x[i], y[j]);
        long sum = product[i + j] + low;
        high += Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        long total = sum + carry;
        high += Long.compareUnsigned(total, carry) < 0 ? 1 : 0;
        product[i + j] = total;
        carry = high;
      }
    }
    product[n - 1] &= topMask(width);
    System.arraycopy(product, 0, v, d, n);
  }

  private static long unsignedHigh(long x, long y) {
    return Math.multiplyHigh(x, y) + ((x >> 63) & y) + ((y >> 63) & x);
  }

  private static long[] extended(long[] v, int a, int width, int words, boolean signed) {
    long[] result = new long[words];
    System.arraycopy(v, a, result, 0, count(width));
    if (signed && bit(v, a, width - 1)) {
      result[count(width) - 1] |= ~topMask(width);
      Arrays.fill(result, count(width), words, -1L);
    }
    return result;
  }

  static boolean bit(long[] v, int a, int index) {
    return (v[a + (index >>> 6)] >>> (index & 63) & 1) != 0;
  }

  static boolean equal(long[] v, int a, int b, int width) {
    int n = count(width);
    return Arrays.equals(v, a, a + n, v, b, b + n);
  }

  static boolean less(long[] v, int a, int b, int width) {
    for (int i = count(width) - 1; i >= 0; i--) {
      if (v[a + i] != v[b + i]) {
        return Long.compareUnsigned(v[a + i], v[b + i]) < 0;
      }
    }
    return false;
  }

  static boolean lessSigned(long[] v, int a, int b, int width) {
    boolean negativeA = bit(v, a, width - 1);
    boolean negativeB = bit(v, b, width - 1);
    return negativeA == negativeB ? less(v, a, b, width) : negativeA;
  }

  /** An amount or index as an int, at most {@code limit}. */
  static int amount(long[] v, int b, int width, int limit) {
    for (int i = count(width) - 1; i > 0; i--) {
      if (v[b + i] != 0) {
        return limit;
      }
    }
    return Long.compareUnsigned(v[b], limit) >= 0 ? limit : (int) v[b];
  }

  static void shiftLeft(long[] v, int d, int a, int width, int amount) {
    clear(v, d, width);
    if (amount < width) {
      insert(v, d, amount, a, width - amount);
    }
  }

  static void shiftRight(long[] v, int d, int a, int width, int amount, boolean signed) {
    boolean fill = signed && bit(v, a, width - 1);
    if (amount < width) {
      slice(v, d, a, width, amount, width - amount);
    }
    int kept = Math.max(0, width - amount);
    for (int i = count(kept); i < count(width); i++) {
      v[d + i] = fill ? -1L : 0L;
    }
    if (fill && (kept & 63) != 0) {
      v[d + (kept >>> 6)] |= -1L << (kept & 63);
    }
    v[d + count(width) - 1] &= topMask(width);
  }

  static boolean all(long[] v, int a, int width) {
    int n = count(width);
    for (int i = 0; i < n - 1; i++) {
      if (v[a + i] != -1L) {
        return false;
      }
    }
    return v[a + n - 1] == topMask(width);
  }

  static boolean any(long[] v, int a, int width) {
    long bits = 0;
    for (int i = 0; i < count(width); i++) {
      bits |= v[a + i];
    }
    return bits != 0;
  }

  static boolean parity(long[] v, int a, int width) {
    long bits = 0;
    for (int i = 0; i < count(width); i++) {
      bits ^= v[a + i];
    }
    return (Long.bitCount(bits) & 1) != 0;
  }

  static void zeroExtend(long[] v, int d, int a, int widthA, int width) {
    System.arraycopy(v, a, v, d, count(widthA));
    Arrays.fill(v, d + count(widthA), d + count(width), 0L);
  }

  static void signExtend(long[] v, int d, int a, int widthA, int width) {
    zeroExtend(v, d, a, widthA, width);
    if (bit(v, a, widthA - 1)) {
      v[d + count(widthA) - 1] |= ~topMask(widthA);
      Arrays.fill(v, d + count(widthA), d + count(width), -1L);
      v[d + count(width) - 1] &= topMask(width);
    }
  }

  static void clear(long[] v, int d, int width) {
    Arrays.fill(v, d, d + count(width), 0L);
  }

  /** Bits {@code low} to {@code low + width - 1} of the vector of {@code widthA} bits at a. */
  static void slice(long[] v, int d, int a, int widthA, int low, int width) {
    int n = count(width);
    int from = a + (low >>> 6);
    int end = a + count(widthA);
    int shift = low & 63;
    for (int i = 0; i < n; i++) {
      long word = v[from + i] >>> shift;
      if (shift != 0 && from + i + 1 < end) {
        word |= v[from + i + 1] << (64 - shift);
      }
      v[d + i] = word;
    }
    v[d + n - 1] &= topMask(width);
  }

  /** Ors the low {@code width} bits of a into the cleared bits of d from {@code low} on. */
  static void insert(long[] v, int d, int low, int a, int width) {
    int n = count(width);
    int to = d + (low >>> 6);
    int shift = low & 63;
    for (int i = 0; i < n; i++) {
      long word = i == n - 1 ? v[a + i] & topMask(width) : v[a + i];
      v[to + i] |= word << shift;
      if (shift != 0) {
        long high = word >>> (64 - shift);
        if (high != 0) {
          v[to + i + 1] |= high;
        }
      }
    }
  }
}
