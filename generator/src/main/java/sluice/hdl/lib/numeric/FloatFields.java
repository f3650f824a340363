package sluice.hdl.lib.numeric;

import static sluice.hdl.Module.mux;
import static sluice.hdl.lib.numeric.Labels.named;

import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.SInt;
import sluice.hdl.UInt;

/**
 * A floating-point number taken apart. A finite one is {@code (-1)^negative * significand *
 * 2^(exponent - bias - fractionBits)}; subnormals are no special case.
 *
 * @param negative the sign bit
 * @param exponent the exponent field, but 1 where that is 0
 * @param significand the hidden bit and the fraction
 * @param normal the hidden bit: whether the exponent field is not 0
 * @param zero whether it is +0 or -0
 * @param infinite whether it is an infinity
 * @param nan whether it is a NaN
 */
public record FloatFields(
    Bool negative, UInt exponent, UInt significand, Bool normal, Bool zero, Bool infinite, Bool nan)
    implements Bundle {

  /**
   * Takes a number apart.
   *
   * @param number as wide as the format
   */
  public static FloatFields of(FloatFormat format, UInt number) {
    format.require("FloatFields", "number", number);
    return apart(format, number);
  }

  /**
   * Takes a number apart, with names for what comes of it.
   *
   * @param name what the names begin with
   */
  static FloatFields of(FloatFormat format, UInt number, String name) {
    FloatFields fields = apart(format, number);
    return new FloatFields(
        fields.negative,
        named(fields.exponent, name + "_exponent"),
        named(fields.significand, name + "_significand"),
        named(fields.normal, name + "_normal"),
        named(fields.zero, name + "_zero"),
        named(fields.infinite, name + "_infinite"),
        named(fields.nan, name + "_nan"));
  }

  private static FloatFields apart(FloatFormat format, UInt number) {
    int fractionBits = format.fractionBits();
    UInt fraction = number.truncate(fractionBits);
    UInt field = number.bits(format.bits() - 2, fractionBits);
    Bool normal = field.orReduce();
    Bool special = field.andReduce();
    Bool plain = fraction.isZero();
    return new FloatFields(
        number.bit(format.bits() - 1),
        field.bits(format.exponentBits() - 1, 1).concat(field.bit(0).or(normal.not()).asUInt()),
        normal.asUInt().concat(fraction),
        normal,
        normal.not().and(plain),
        special.and(plain),
        special.and(plain.not()));
  }

  /** Whether a number is an infinity or a NaN. */
  public static Bool isSpecial(FloatFormat format, UInt number) {
    format.require("FloatFields", "number", number);
    return number.bits(format.bits() - 2, format.fractionBits()).andReduce();
  }

  /**
   * An integer that orders numbers, as wide as they are; both zeros are 0. NaN and infinity lie
   * beyond all others of their sign.
   */
  public static SInt rank(FloatFormat format, UInt number) {
    format.require("FloatFields", "number", number);
    int bits = format.bits();
    UInt magnitude = number.truncate(bits - 1).extend(bits);
    UInt negated = UInt.literal(0, bits).minusWrap(magnitude);
    return mux(number.bit(bits - 1), negated, magnitude).asSInt();
  }

  /** Whether it is a NaN that makes any operation invalid: the highest bit of its fraction is 0. */
  public Bool signaling() {
    return nan.andNot(significand.bit(significand.width() - 2));
  }

  /** Whether it is an infinity or a NaN. */
  Bool special() {
    return infinite.or(nan);
  }
}
