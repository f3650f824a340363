package sluice.hdl.lib;

import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.SInt;
import sluice.hdl.UInt;

/**
 * The fields of a half (IEEE 754 binary16). A finite one is {@code (-1)^negative * significand *
 * 2^(exponent - 25)}; subnormals are ordinary, with exponent 1.
 *
 * @param negative the sign bit
 * @param exponent 1 to 31, 5 bits
 * @param significand 11 bits, the hidden bit included
 * @param special whether it is NaN or infinity
 */
public record HalfFields(Bool negative, UInt exponent, UInt significand, Bool special)
    implements Bundle {

  private static final int FRACTION_BITS = 10;
  private static final int SIGN_BIT = 15;

  /** Takes 16 bits apart. */
  public static HalfFields of(UInt half) {
    UInt fraction = half.bits(FRACTION_BITS - 1, 0);
    UInt field = half.bits(SIGN_BIT - 1, FRACTION_BITS);
    Bool normal = field.orReduce();
    UInt exponent = field.bits(4, 1).concat(field.bit(0).or(normal.not()).asUInt());
    UInt significand = normal.asUInt().concat(fraction);
    return new HalfFields(half.bit(SIGN_BIT), exponent, significand, isSpecial(half));
  }

  /** Whether a half is NaN or infinity. */
  public static Bool isSpecial(UInt half) {
    return half.bits(SIGN_BIT - 1, FRACTION_BITS).andReduce();
  }

  /** An integer that orders halves, -32767 to 32767; both zeros are 0. */
  public static SInt rank(UInt half) {
    SInt magnitude = half.bits(SIGN_BIT - 1, 0).toSInt();
    SInt negated = magnitude.negate().truncate(SIGN_BIT + 1);
    return sluice.hdl.Module.mux(half.bit(SIGN_BIT), negated, magnitude);
  }
}
