package sluice.hdl.lib.numeric;

import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.SInt;
import sluice.hdl.UInt;

/**
 * The exact product of two floating-point numbers, or of one and an integer: {@code significand *
 * 2^shift}, in units of the product of the least subnormals. NaN and infinity count as 0.
 *
 * @param significand with its sign
 * @param shift at most {@link #mostShift}
 */
public record ExactProduct(SInt significand, UInt shift) implements Bundle {

  /** The product of two numbers, in units of {@code 2^(2 * (1 - bias - fractionBits))}. */
  public static ExactProduct of(FloatFormat format, Arithmetic arithmetic, UInt a, UInt b) {
    FloatFields left = FloatFields.of(format, a);
    FloatFields right = FloatFields.of(format, b);
    Bool special = FloatFields.isSpecial(format, a).or(FloatFields.isSpecial(format, b));
    UInt multiplicand = finite(left.significand(), special);
    Bool negative = left.negative().xor(right.negative());
    SInt significand = SignedProduct.of(arithmetic, multiplicand, right.significand(), negative);
    UInt shift = left.exponent().plus(right.exponent()).minusWrap(2);
    return new ExactProduct(significand, shift);
  }

  /**
   * The product of a number and a weight, in units of {@code 2^(1 - bias - fractionBits)}.
   *
   * @param weight unsigned
   */
  public static ExactProduct weighted(
      FloatFormat format, Arithmetic arithmetic, UInt number, UInt weight) {
    FloatFields fields = FloatFields.of(format, number);
    // The multiplier is on the longest path, the multiplicand has time.
    UInt multiplicand = finite(weight, FloatFields.isSpecial(format, number));
    SInt significand =
        SignedProduct.of(arithmetic, multiplicand, fields.significand(), fields.negative());
    return new ExactProduct(significand, fields.exponent().minusWrap(1));
  }

  /** Bits of a product of two numbers as an integer, with its sign. */
  public static int bits(FloatFormat format) {
    return 2 * format.precision() + 1 + 2 * mostShift(format);
  }

  /** Bits of a number times a weight as an integer, with its sign. */
  public static int weightedBits(FloatFormat format, int weightBits) {
    return format.precision() + weightBits + 1 + mostShift(format);
  }

  /** The largest shift that makes one finite number an integer. */
  public static int mostShift(FloatFormat format) {
    return (1 << format.exponentBits()) - 3;
  }

  /** As an integer of so many bits; what does not fit is lost. */
  public SInt integer(int width) {
    return significand.extend(width).asUInt().shiftLeft(shift, width).asSInt();
  }

  /** 0 in place of a factor of what is not finite. */
  private static UInt finite(UInt factor, Bool special) {
    return factor.and(special.not().asUInt().repeat(factor.width()));
  }
}
