package sluice.golden;

import java.math.BigInteger;

/**
 * FP16 (IEEE 754 binary16) numbers, given by their bits: sign s, exponent field e, fraction f.
 *
 * <p>A finite number is (-1)^s * {@link #sig} * 2^({@link #ex} - 25). Subnormals are ordinary.
 */
public final class Half {

  /** The NaN that the accelerator gives. */
  public static final short NAN = 0x7E00;

  /** The largest finite number, 65504. */
  public static final short MAX = 0x7BFF;

  /** Positive infinity. */
  public static final short INFINITY = 0x7C00;

  /** {@link #fix} counts in units of 2^-FIX_BITS. */
  public static final int FIX_BITS = 24;

  private static final int FRACTION_BITS = 10;
  private static final int ONE = 1 << FRACTION_BITS;
  private static final int BIAS = 15;
  private static final int SPECIAL = 31;
  private static final int MIN_EXPONENT = 1 - BIAS;
  private static final short SIGN = (short) 0x8000;

  private Half() {}

  /** True if the sign bit is set. */
  public static boolean negative(short bits) {
    return bits < 0;
  }

  /** True unless the number is NaN or infinity. */
  public static boolean finite(short bits) {
    return exponentField(bits) != SPECIAL;
  }

  /** True if all elements of a vector are finite. */
  public static boolean finite(short[] vector) {
    for (short bits : vector) {
      if (!finite(bits)) {
        return false;
      }
    }
    return true;
  }

  /** The significand, 11 bits. */
  public static int sig(short bits) {
    int fraction = bits & (ONE - 1);
    return exponentField(bits) == 0 ? fraction : ONE + fraction;
  }

  /** The exponent, 1 to 31. */
  public static int ex(short bits) {
    return Math.max(exponentField(bits), 1);
  }

  /**
   * The number in units of 2^-24, 41 bits with sign. NaN and infinity have no such number; they
   * count as 0, and what they do to a result is decided apart from the sums.
   */
  public static long fix(short bits) {
    if (!finite(bits)) {
      return 0;
    }
    long magnitude = (long) sig(bits) << (ex(bits) - 1);
    return negative(bits) ? -magnitude : magnitude;
  }

  /** An integer that orders halves; both zeros are 0. */
  public static int rank(short bits) {
    int magnitude = bits & 0x7FFF;
    return negative(bits) ? -magnitude : magnitude;
  }

  /** The number, exactly. */
  public static double toDouble(short bits) {
    if (!finite(bits)) {
      double special = (bits & (ONE - 1)) == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
      return negative(bits) ? -special : special;
    }
    double magnitude = Math.scalb((double) sig(bits), ex(bits) - 25);
    return negative(bits) ? -magnitude : magnitude;
  }

  /** The half nearest to a number, ties to even; infinity from 65520 on. */
  public static short ofDouble(double value) {
    if (Double.isNaN(value)) {
      return NAN;
    }
    double magnitude = Math.abs(value);
    short sign = Math.copySign(1.0, value) < 0 ? SIGN : 0;
    if (magnitude >= 65520) {
      return (short) (sign | INFINITY);
    }
    int exponent = Math.max(Math.getExponent(magnitude), MIN_EXPONENT);
    int units = (int) Math.rint(Math.scalb(magnitude, FRACTION_BITS - exponent));
    return (short) (sign | encode(exponent, units));
  }

  /**
   * The half nearest to {@code numerator / denominator * 2^scale}, rounded once, ties to even. The
   * sign is that of the numerator also where the result rounds to zero; 0 gives +0.
   *
   * @param denominator positive
   */
  public static short ofRatio(BigInteger numerator, BigInteger denominator, int scale) {
    if (numerator.signum() == 0) {
      return 0;
    }
    short sign = numerator.signum() < 0 ? SIGN : 0;
    BigInteger dividend = numerator.abs().shiftLeft(Math.max(scale, 0));
    BigInteger divisor = denominator.shiftLeft(Math.max(-scale, 0));
    int exponent = dividend.bitLength() - divisor.bitLength();
    if (shifted(divisor, exponent).compareTo(shifted(dividend, -exponent)) > 0) {
      exponent--;
    }
    exponent = Math.max(exponent, MIN_EXPONENT);
    if (exponent > BIAS) {
      return (short) (sign | INFINITY);
    }
    int shift = FRACTION_BITS - exponent;
    BigInteger[] parts = shifted(dividend, shift).divideAndRemainder(shifted(divisor, -shift));
    int units = parts[0].intValueExact();
    int half = parts[1].shiftLeft(1).compareTo(shifted(divisor, -shift));
    if (half > 0 || (half == 0 && (units & 1) == 1)) {
      units++;
    }
    return (short) (sign | encode(exponent, units));
  }

  /** The bits of units * 2^(exponent - 10); units up to 2048, 1024 or more unless subnormal. */
  private static int encode(int exponent, int units) {
    return ((exponent + BIAS) << FRACTION_BITS) + units - ONE;
  }

  /** A number shifted left if the shift is positive, else the number itself. */
  private static BigInteger shifted(BigInteger value, int shift) {
    return value.shiftLeft(Math.max(shift, 0));
  }

  private static int exponentField(short bits) {
    return (bits >> FRACTION_BITS) & SPECIAL;
  }
}
