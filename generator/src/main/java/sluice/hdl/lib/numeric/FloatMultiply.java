package sluice.hdl.lib.numeric;

import static sluice.hdl.Module.mux;
import static sluice.hdl.lib.numeric.Labels.named;

import java.math.BigInteger;
import sluice.hdl.Bool;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.lib.LeadingZeros;

/**
 * Products of floating-point numbers, rounded once to nearest even.
 *
 * <p>Significands are multiplied as they are, subnormal or not. The product is shifted once: past
 * the leading zeros of a subnormal operand, which are counted beside the multiplication, or less if
 * the result is subnormal, or to the right.
 */
public final class FloatMultiply {
  private FloatMultiply() {}

  /** {@code a * b}, combinational. */
  public static FloatResult of(FloatFormat format, UInt a, UInt b) {
    format.require("FloatMultiply", "a", a);
    format.require("FloatMultiply", "b", b);
    FloatFields left = FloatFields.of(format, a, "a");
    FloatFields right = FloatFields.of(format, b, "b");
    int precision = format.precision();
    // Zeros in front of the product, which a shift by as much leaves in the upper bits.
    int room = precision + FloatRounding.EXTRA_BITS;
    DaddaTree tree = new DaddaTree("product", 2 * precision);
    tree.addProduct(0, left.significand(), right.significand());
    UInt product = tree.sum().named("product");

    int bits = 1 + UInt.bitsFor(Math.max(3L * format.bias(), format.bias() + precision + 2L));
    Bool zero = left.zero().or(right.zero());
    UInt exponents = left.exponent().plus(right.exponent()).extend(bits).named("exponents");
    UInt zeros = leadingZeros(left, right).extend(bits).named("zeros");
    // One less than the exponent that the product has if it is 2 or more, when it is normal.
    UInt margin =
        exponents
            .plusWrap(zeros.not())
            .minusWrap(UInt.literal(format.bias(), bits))
            .named("margin");
    Bool subnormal = margin.bit(bits - 1).or(zero).named("subnormal");
    UInt toNormal = zeros.plusWrap(UInt.literal(room, bits));
    UInt toLeast = leastShift(format, exponents, room);
    UInt shift =
        mux(subnormal, toLeast, toNormal)
            .truncate(UInt.bitsFor(room + precision - 1L))
            .named("shift");

    UInt window = NormalizingShift.top(product.extend(2 * precision + room), shift, room + 1);
    Bool top = window.bit(room);
    Bool asItIs = top.or(subnormal).named("as_it_is");
    UInt number = mux(asItIs, window.bits(room, 1), window.truncate(room)).named("number");
    UInt ones =
        UInt.literal(
            BigInteger.ONE.shiftLeft(2 * precision).subtract(BigInteger.ONE), 2 * precision);
    UInt mask = ones.shiftRight(shift).named("below_window");
    Bool sticky =
        product
            .and(mask.shiftRight(1).extend(2 * precision))
            .orReduce()
            .or(asItIs.and(window.bit(0)))
            .named("sticky");
    // The hidden bit counts as one even where the product is below 2, whose exponent is one less.
    UInt exponent =
        mux(subnormal, UInt.literal(0, bits), margin.plusWrap(top.asUInt())).named("exponent");
    FloatRounding rounded = FloatRounding.of(format, exponent.truncate(bits - 1), number, sticky);

    Bool infinite = named(left.infinite().or(right.infinite()), "infinite");
    Bool undefined =
        left.infinite().and(right.zero()).or(right.infinite().and(left.zero())).named("undefined");
    return rounded.result(
        format,
        left.negative().xor(right.negative()),
        infinite,
        left.nan().or(right.nan()).or(undefined).named("nan"),
        left.signaling().or(right.signaling()).or(undefined));
  }

  /** The leading zeros of the operand that is subnormal; of two, the product is next to nothing. */
  private static UInt leadingZeros(FloatFields left, FloatFields right) {
    UInt significand =
        mux(left.normal(), right.significand(), left.significand()).named("subnormal_operand");
    return LeadingZeros.of(significand);
  }

  /** The shift that brings the product to the units of subnormal numbers. */
  private static UInt leastShift(FloatFormat format, UInt exponents, int room) {
    int bits = exponents.width();
    int offset = room - format.bias();
    UInt shift = exponents.plusWrap(SInt.literal(offset, bits).asUInt());
    // Where it could be negative, nothing but a sticky bit is left of the product.
    if (offset + 2 >= 0) {
      return shift;
    }
    return shift.and(shift.bit(bits - 1).not().asUInt().repeat(bits));
  }
}
