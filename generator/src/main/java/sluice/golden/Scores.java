package sluice.golden;

import java.math.BigInteger;

/** Scores: exact dot products, scaled to base-2 logarithms of weights. */
public final class Scores {

  /** A score counts in units of 2^-FRACTION_BITS. */
  public static final int FRACTION_BITS = 14;

  /** Bits of a score, sign included. */
  public static final int BITS = 26;

  private static final BigInteger MAX = BigInteger.valueOf((1L << (BITS - 1)) - 1);
  private static final BigInteger MIN = BigInteger.valueOf(-(1L << (BITS - 1)));

  private Scores() {}

  /**
   * The dot product of two vectors, exact, in units of 2^-48. NaN and infinity count as 0.
   *
   * @param query d halves
   * @param key d halves
   */
  public static BigInteger dot(short[] query, short[] key) {
    ExactSum sum = new ExactSum();
    for (int j = 0; j < query.length; j++) {
      sum.add(Half.fix(query[j]), Half.fix(key[j]));
    }
    return sum.value();
  }

  /**
   * The score of a dot product: floor(dot * 2^-48 * factor * 2^14), saturated to 26 bits.
   *
   * @param dot in units of 2^-48
   * @param factor bits of a positive normal FP32 number
   */
  public static int scale(BigInteger dot, int factor) {
    BigInteger significand = BigInteger.valueOf((factor & 0x7FFFFF) | 0x800000);
    int exponent = (factor >>> 23) - 150;
    int shift = exponent - 2 * Half.FIX_BITS + FRACTION_BITS;
    return dot.multiply(significand).shiftLeft(shift).max(MIN).min(MAX).intValueExact();
  }

  /** The score of a query head and a key. */
  public static int score(short[] query, short[] key, int factor) {
    return scale(dot(query, key), factor);
  }
}
