package sluice.hdl.lib.numeric;

import static sluice.hdl.Module.mux;

import java.math.BigInteger;
import sluice.hdl.Bool;
import sluice.hdl.Parameter;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.lib.LeadingZeros;

/**
 * Conversions between floating-point formats and integers, rounded to nearest even. All are
 * combinational.
 */
public final class FloatConvert {
  private FloatConvert() {}

  /** A number in another format. */
  public static FloatResult convert(FloatFormat from, FloatFormat to, UInt number) {
    from.require("FloatConvert", "number", number);
    FloatFields fields = FloatFields.of(from, number, "in");
    FloatRounding rounded =
        to.bias() >= from.bias() ? widened(from, to, fields) : narrowed(from, to, fields);
    return rounded.result(
        to, fields.negative(), fields.infinite(), fields.nan(), fields.signaling());
  }

  /** To a format with at least the same exponents: what was subnormal may become normal. */
  private static FloatRounding widened(FloatFormat from, FloatFormat to, FloatFields fields) {
    int precision = from.precision();
    long offset = (long) to.bias() - from.bias() - 1;
    int bits = Math.max(to.exponentBits(), UInt.bitsFor(precision)) + 1;
    UInt exponent =
        fields
            .exponent()
            .extend(bits)
            .plusWrap(SInt.literal(offset, bits).asUInt())
            .named("exponent");
    UInt significand = fields.significand();
    if (to.bias() == from.bias()) {
      return rounded(to, exponent, significand);
    }
    UInt leading = significand;
    if (offset < precision) {
      UInt marker = UInt.literal(BigInteger.ONE.shiftLeft(precision - 1), precision);
      leading = significand.or(marker.shiftRight(exponent));
    }
    UInt shift = LeadingZeros.of(leading).named("shift");
    UInt normalized = NormalizingShift.top(significand, shift, precision).named("normalized");
    UInt ofNormalized = exponent.minusWrap(shift.extend(bits));
    UInt field = mux(fields.zero(), UInt.literal(0, bits), ofNormalized).named("field");
    return rounded(to, field, normalized);
  }

  /** To a format with fewer exponents: what was normal may become subnormal. */
  private static FloatRounding narrowed(FloatFormat from, FloatFormat to, FloatFields fields) {
    int bits = from.exponentBits() + 1;
    long offset = (long) from.bias() - to.bias() + 1;
    UInt exponent = fields.exponent().extend(bits).minusWrap(SInt.literal(offset, bits).asUInt());
    Bool least = exponent.bit(bits - 1).named("least");
    UInt below = SInt.literal(offset, bits).asUInt().minusWrap(fields.exponent().extend(bits));
    UInt amount = below.and(least.asUInt().repeat(bits)).truncate(bits - 1).named("amount");
    int kept = Math.max(to.precision() + FloatRounding.EXTRA_BITS, from.precision());
    UInt frame = fields.significand().shiftLeft(kept - from.precision());
    UInt field = mux(least, UInt.literal(0, bits), exponent).truncate(bits - 1).named("field");
    return rounded(to, field, AligningShift.right(frame, amount));
  }

  /** Rounds a significand of any width. */
  private static FloatRounding rounded(FloatFormat to, UInt exponent, UInt significand) {
    int kept = to.precision() + FloatRounding.EXTRA_BITS;
    int width = significand.width();
    if (width <= kept) {
      return FloatRounding.of(
          to, exponent, significand.shiftLeft(kept - width), Bool.literal(false));
    }
    return FloatRounding.of(
        to,
        exponent,
        significand.bits(width - 1, width - kept),
        significand.truncate(width - kept).orReduce());
  }

  /** A signed integer as a floating-point number. */
  public static FloatResult fromSigned(FloatFormat to, SInt integer) {
    return fromMagnitude(to, integer.isNegative(), integer.abs().named("magnitude"));
  }

  /** An unsigned integer as a floating-point number. */
  public static FloatResult fromUnsigned(FloatFormat to, UInt integer) {
    return fromMagnitude(to, Bool.literal(false), integer);
  }

  private static FloatResult fromMagnitude(FloatFormat to, Bool negative, UInt magnitude) {
    Parameter.of("FloatConvert", "the width of integer", magnitude.width()).within(2, 1024);
    return finite(to, negative, ofNormals(to, magnitude, 0));
  }

  /**
   * A fixed-point number as a floating-point number: {@code (-1)^negative * magnitude *
   * 2^exponent}.
   *
   * @param negative the sign, of a zero too
   * @param magnitude at least 2 bits
   * @param exponent of the lowest bit, -2048 to 2048
   */
  public static FloatResult fromFixed(FloatFormat to, Bool negative, UInt magnitude, int exponent) {
    Parameter.of("FloatConvert", "the width of magnitude", magnitude.width()).within(2, 1024);
    Parameter.of("FloatConvert", "exponent", exponent).within(-2048, 2048);
    boolean normal = exponent >= leastExponent(to);
    return finite(
        to,
        negative,
        normal
            ? ofNormals(to, magnitude, exponent)
            : ofAny(to, magnitude, exponent, Bool.literal(false)));
  }

  /**
   * A fixed-point number that goes on below its lowest bit, as a floating-point number.
   *
   * @param negative the sign, of what is rounded to zero too
   * @param magnitude at least 2 bits
   * @param exponent of the lowest bit: at most half of the least subnormal, {@code -bias -
   *     fractionBits}; for an exact flag {@code underflow} one less
   * @param sticky whether the exact number is above the magnitude by less than its lowest bit
   */
  public static FloatResult fromFixed(
      FloatFormat to, Bool negative, UInt magnitude, int exponent, Bool sticky) {
    Parameter.of("FloatConvert", "the width of magnitude", magnitude.width()).within(2, 1024);
    Parameter.of("FloatConvert", "exponent", exponent)
        .within(-2048, -to.bias() - (long) to.fractionBits());
    return finite(to, negative, ofAny(to, magnitude, exponent, sticky));
  }

  private static FloatResult finite(FloatFormat to, Bool negative, FloatRounding rounded) {
    Bool no = Bool.literal(false);
    return rounded.result(to, negative, no, no, no);
  }

  /** The exponent of the least normal number. */
  private static int leastExponent(FloatFormat format) {
    return 1 - format.bias();
  }

  /** Rounds what is 0 or normal: the lowest bit is at least the least normal number. */
  private static FloatRounding ofNormals(FloatFormat to, UInt magnitude, int exponent) {
    int width = magnitude.width();
    long ofHighest = to.bias() + width - 2L + exponent;
    int bits = Math.max(to.exponentBits(), UInt.bitsFor(ofHighest + 1));
    UInt shift = LeadingZeros.of(magnitude).named("shift");
    Bool zero = magnitude.isZero().named("zero");
    UInt normalized = NormalizingShift.top(magnitude, shift, width).named("normalized");
    UInt ofNormalized = UInt.literal(ofHighest, bits).minusWrap(shift.resize(bits));
    UInt field = mux(zero, UInt.literal(0, bits), ofNormalized).named("field");
    return rounded(to, field, normalized);
  }

  /**
   * Rounds a number of any size. It is shifted past its leading zeros, but not beyond where the
   * subnormal numbers have theirs: zeros are put in front, so that this is by as much as all steps
   * together.
   */
  private static FloatRounding ofAny(FloatFormat to, UInt magnitude, int exponent, Bool sticky) {
    int highest = exponent + magnitude.width() - 1;
    int steps = highest > leastExponent(to) ? UInt.bitsFor(highest - leastExponent(to)) : 0;
    int most = (1 << steps) - 1;
    int significant = leastExponent(to) - exponent + 1;
    int kept = to.precision() + FloatRounding.EXTRA_BITS;
    // Zeros behind a number that ends before the bits that decide of the rounding.
    UInt frame = magnitude.shiftLeft(Math.max(0, kept - significant));
    frame = frame.extend(most + Math.max(significant, kept));
    UInt field = UInt.literal(0, to.exponentBits());
    if (steps > 0) {
      LeadingShift shifted = LeadingShift.of(frame, steps - 1, 0);
      frame = shifted.value();
      field = shifted.shift().not().extend(Math.max(steps, to.exponentBits())).named("field");
    }
    int width = frame.width();
    Bool below = sticky;
    if (width > kept) {
      below = frame.truncate(width - kept).orReduce().or(sticky);
    }
    FloatRounding rounded =
        FloatRounding.of(
            to, field, frame.bits(width - 1, width - kept), Labels.named(below, "below"));
    return highest <= to.bias() ? rounded.withinExponents() : rounded;
  }

  /**
   * A floating-point number as a signed integer. What is too large becomes the largest integer of
   * its sign, and a NaN the largest of all; both are invalid.
   *
   * @param bits bits of the integer
   * @return the integer's bits, in two's complement
   */
  public static FloatResult toSigned(FloatFormat from, UInt number, int bits) {
    return toInteger(from, number, bits, true);
  }

  /**
   * A floating-point number as an unsigned integer. What is too large becomes the largest integer,
   * and so does a NaN; what is rounded to less than 0 becomes 0. All of these are invalid.
   *
   * @param bits bits of the integer
   */
  public static FloatResult toUnsigned(FloatFormat from, UInt number, int bits) {
    return toInteger(from, number, bits, false);
  }

  private static FloatResult toInteger(FloatFormat from, UInt number, int bits, boolean signed) {
    from.require("FloatConvert", "number", number);
    Parameter.of("FloatConvert", "bits", bits).within(2, 1024);
    FloatFields fields = FloatFields.of(from, number, "in");
    // The integer and a half, with the significand at the upper end.
    int width = Math.max(bits + 1, from.precision());
    UInt frame = fields.significand().shiftLeft(width - from.precision());
    long most = from.bias() + bits - 1L;
    int amountBits = 1 + UInt.bitsFor(Math.max(most, (1L << from.exponentBits()) - 1));
    UInt amount =
        UInt.literal(most, amountBits)
            .minusWrap(fields.exponent().extend(amountBits))
            .named("amount");
    Bool beyond = amount.bit(amountBits - 1).or(fields.special()).named("too_large");
    UInt shifted = AligningShift.right(frame, amount.truncate(amountBits - 1));
    int low = shifted.width() - bits;
    UInt integer = shifted.bits(shifted.width() - 1, low);
    Bool half = shifted.bit(low - 1);
    Bool below = shifted.truncate(low - 1).orReduce();
    Bool up = half.and(integer.bit(0).or(below)).named("round_up");
    UInt magnitude = integer.plus(up.asUInt()).named("magnitude");

    Bool negative = fields.negative();
    Bool outside;
    UInt value;
    BigInteger largest;
    UInt saturated;
    if (signed) {
      largest = BigInteger.ONE.shiftLeft(bits - 1).subtract(BigInteger.ONE);
      // The least integer has the only magnitude with the highest bit.
      Bool high = magnitude.bit(bits - 1);
      Bool least = high.and(magnitude.truncate(bits - 1).isZero()).and(negative);
      outside = magnitude.bit(bits).or(high.andNot(least));
      value =
          mux(
              negative,
              UInt.literal(0, bits).minusWrap(magnitude.truncate(bits)),
              magnitude.truncate(bits));
      UInt smallest = UInt.literal(largest.add(BigInteger.ONE), bits);
      saturated = mux(negative.andNot(fields.nan()), smallest, UInt.literal(largest, bits));
    } else {
      largest = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
      outside = magnitude.bit(bits).or(negative.andNot(magnitude.isZero()));
      value = magnitude.truncate(bits);
      saturated =
          mux(negative.andNot(fields.nan()), UInt.literal(0, bits), UInt.literal(largest, bits));
    }
    Bool invalid = beyond.or(outside).named("invalid");
    Bool no = Bool.literal(false);
    return new FloatResult(
        mux(invalid, saturated, value),
        new FloatFlags(invalid, no, no, no, half.or(below).andNot(invalid)));
  }
}
