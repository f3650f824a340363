package sluice.hdl.lib.numeric;

import java.math.BigInteger;

/**
 * IEEE 754 restated with integers, for formats that have no vectors; no NaN, no infinity. Exact
 * values are integers in units of {@code 2^-unit}.
 */
record FloatReference(BigInteger value, int unit) {

  private static final int FAR_BELOW = 64;

  /** The unit of the least number of a format. */
  private static int least(FloatFormat format) {
    return format.bias() - 1 + format.fractionBits();
  }

  /** Whether the bits are a finite number. */
  static boolean isFinite(FloatFormat format, long bits) {
    return (bits & format.infinity().longValue()) != format.infinity().longValue();
  }

  /** The exact value of a finite number. */
  static FloatReference of(FloatFormat format, long bits) {
    long field = bits >> format.fractionBits() & (1L << format.exponentBits()) - 1;
    long fraction = bits & (1L << format.fractionBits()) - 1;
    long significand = field == 0 ? fraction : fraction | 1L << format.fractionBits();
    BigInteger magnitude = BigInteger.valueOf(significand).shiftLeft((int) Math.max(field, 1) - 1);
    boolean negative = bits >> format.bits() - 1 == 1;
    return new FloatReference(negative ? magnitude.negate() : magnitude, least(format));
  }

  private FloatReference in(int finer) {
    return new FloatReference(value.shiftLeft(finer - unit), finer);
  }

  FloatReference plus(FloatReference other) {
    int finer = Math.max(unit, other.unit);
    return new FloatReference(in(finer).value.add(other.in(finer).value), finer);
  }

  FloatReference times(FloatReference other) {
    return new FloatReference(value.multiply(other.value), unit + other.unit);
  }

  /**
   * {@code dividend / divisor * 2^scale}, of numbers above 0: cut off far below what decides of any
   * rounding, and above that by less than the last bit if it goes on.
   */
  static FloatReference ratio(BigInteger dividend, BigInteger divisor, int scale) {
    int unit = FAR_BELOW + divisor.bitLength();
    BigInteger[] quotient = dividend.shiftLeft(unit).divideAndRemainder(divisor);
    BigInteger sticky = BigInteger.valueOf(quotient[1].signum());
    return new FloatReference(quotient[0].shiftLeft(1).or(sticky), unit + 1 - scale);
  }

  /** Whether it is below the normal numbers after rounding with an unbounded exponent. */
  boolean isTiny(FloatFormat format) {
    BigInteger magnitude = value.abs();
    int last = magnitude.bitLength() - format.precision();
    BigInteger fine = last <= 0 ? magnitude.shiftLeft(1 - last) : magnitude;
    int places = Math.max(last, 1);
    BigInteger kept = fine.shiftRight(places);
    BigInteger lost = fine.subtract(kept.shiftLeft(places));
    int half = lost.compareTo(BigInteger.ONE.shiftLeft(places - 1));
    if (half > 0 || half == 0 && kept.testBit(0)) {
      kept = kept.add(BigInteger.ONE);
    }
    // Its lowest bit counts 2^(last - unit).
    return kept.bitLength() - 1 + last - unit < 1 - format.bias();
  }

  /** The flags of its rounding: overflow 4, underflow 2, inexact 1. */
  int flags(FloatFormat format) {
    long nearest = nearest(format);
    boolean overflow = nearest == format.infinity().longValue();
    boolean inexact = overflow || !isMagnitude(format, nearest);
    return (overflow ? 4 : 0) | (inexact && isTiny(format) ? 2 : 0) | (inexact ? 1 : 0);
  }

  /** Whether a magnitude of a format is the exact one. */
  boolean isMagnitude(FloatFormat format, long bits) {
    FloatReference other = of(format, bits);
    int finer = Math.max(unit, other.unit);
    return in(finer).value.abs().equals(other.in(finer).value);
  }

  /** The magnitude of the nearest number of a format, without its sign. */
  long nearest(FloatFormat format) {
    FloatReference fine = in(Math.max(unit, least(format)));
    BigInteger magnitude = fine.value.abs();
    int lowest = fine.unit - least(format);
    int last = Math.max(magnitude.bitLength() - format.precision(), lowest);
    BigInteger kept = magnitude.shiftRight(last);
    int half =
        magnitude
            .subtract(kept.shiftLeft(last))
            .shiftLeft(1)
            .compareTo(BigInteger.ONE.shiftLeft(last));
    long rounded = kept.longValue() + (half > 0 || half == 0 && kept.testBit(0) ? 1 : 0);
    long encoded = ((long) (last - lowest) << format.fractionBits()) + rounded;
    return Math.min(encoded, format.infinity().longValue());
  }
}
