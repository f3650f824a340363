package sluice.hdl.lib.numeric;

import static sluice.hdl.Module.mux;

import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Parameter;
import sluice.hdl.SInt;
import sluice.hdl.UInt;

/**
 * The parts of a half (IEEE 754 binary16). A finite one is {@code (-1)^negative * significand *
 * 2^(exponent - 25)}; subnormals are no special case.
 *
 * @param negative the sign bit
 * @param significand 11 bits, the hidden one among them; as it stands also for NaN and infinity
 * @param exponent 1 to 31, 5 bits
 * @param special whether it is NaN or infinity
 */
public record HalfFields(Bool negative, UInt significand, UInt exponent, Bool special)
    implements Bundle {

  /** Bits of a half. */
  public static final int BITS = 16;

  /** Bits of a significand with its sign. */
  public static final int SIGNED_BITS = 12;

  /** The type. */
  public static HalfFields type() {
    return new HalfFields(Bool.of(), UInt.of(11), UInt.of(5), Bool.of());
  }

  /**
   * Takes a half apart.
   *
   * @param half 16 bits
   */
  public static HalfFields of(UInt half) {
    requireHalf(half);
    UInt field = half.bits(14, 10);
    Bool normal = field.orReduce();
    return new HalfFields(
        half.bit(15),
        normal.asUInt().concat(half.bits(9, 0)),
        field.bits(4, 1).concat(field.bit(0).or(normal.not()).asUInt()),
        isSpecial(half));
  }

  /** Whether a half is NaN or infinity. */
  public static Bool isSpecial(UInt half) {
    requireHalf(half);
    return half.bits(14, 10).andReduce();
  }

  /** An integer that orders halves, -32767 to 32767, 16 bits; both zeros are 0. */
  public static SInt rank(UInt half) {
    requireHalf(half);
    UInt magnitude = half.bits(14, 0).extend(16);
    UInt negated = UInt.literal(0, 16).minusWrap(magnitude);
    return mux(half.bit(15), negated, magnitude).asSInt();
  }

  private static void requireHalf(UInt half) {
    Parameter.of("HalfFields", "the width of half", half.width()).within(BITS, BITS);
  }

  /** Whether it is +0 or -0. */
  public Bool isZero() {
    return significand.isZero();
  }

  /** The significand with its sign; 0 for NaN and infinity, which take no part in sums. */
  public SInt finiteSignificand() {
    UInt magnitude = mux(special, UInt.literal(0, significand.width()), significand);
    UInt positive = magnitude.extend(SIGNED_BITS);
    UInt negated = UInt.literal(0, SIGNED_BITS).minusWrap(magnitude);
    return mux(negative, negated, positive).asSInt();
  }

  /**
   * The shift, 0 to 30, that makes the significand an integer in units of 2^-24: {@code exponent -
   * 1}.
   */
  public UInt scale() {
    return exponent.minusWrap(1);
  }
}
