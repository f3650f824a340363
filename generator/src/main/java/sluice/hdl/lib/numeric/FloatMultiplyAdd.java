package sluice.hdl.lib.numeric;

import static sluice.hdl.Module.mux;
import static sluice.hdl.lib.numeric.Labels.named;

import java.math.BigInteger;
import sluice.hdl.Bool;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.lib.LeadingZeros;

/**
 * Fused multiply-add: {@code a * b + c}, rounded once to nearest even.
 *
 * <p>The addend lies in a frame of {@code 3p + 6} bits ({@code p} is the precision), shifted to the
 * right from its upper end by as much as the product's exponent exceeds its own, and enters the
 * tree that sums the partial products. An addend that would lie further up stays at the end: the
 * product is only a sticky bit to it there. A negative difference is not negated: it is normalized
 * as it is, and what negation would add is added by the rounding.
 */
public final class FloatMultiplyAdd {

  /** Bits of the frame below the product: two guard bits and a sticky one. */
  private static final int BELOW = 3;

  private final FloatFormat format;
  private final int precision;

  /** Bits of the frame: a carry, the addend, two bits, the product, and those below. */
  private final int width;

  private final FloatFields a;
  private final FloatFields b;
  private final FloatFields c;
  private final Bool productNegative;
  private final Bool difference;

  private FloatMultiplyAdd(FloatFormat format, UInt a, UInt b, UInt c) {
    this.format = format;
    this.precision = format.precision();
    this.width = 3 * precision + 3 + BELOW;
    this.a = FloatFields.of(format, a, "a");
    this.b = FloatFields.of(format, b, "b");
    this.c = FloatFields.of(format, c, "c");
    productNegative = this.a.negative().xor(this.b.negative()).named("product_negative");
    difference = productNegative.xor(this.c.negative()).named("difference");
  }

  /** {@code a * b + c}, combinational. */
  public static FloatResult of(FloatFormat format, UInt a, UInt b, UInt c) {
    format.require("FloatMultiplyAdd", "a", a);
    format.require("FloatMultiplyAdd", "b", b);
    format.require("FloatMultiplyAdd", "c", c);
    return new FloatMultiplyAdd(format, a, b, c).result();
  }

  private FloatResult result() {
    Bool productZero = a.zero().or(b.zero()).named("product_zero");
    // By how much the addend is shifted, if that is not negative.
    int bits = exponentBits();
    long offset = format.fractionBits() + 5L - format.bias();
    DaddaTree tree = new DaddaTree("distance", bits);
    tree.add(0, a.exponent());
    tree.add(0, b.exponent());
    tree.add(0, c.exponent().extend(bits).not());
    addConstant(tree, offset, bits);
    UInt distance = tree.sum().named("distance");
    Bool atTop = distance.bit(bits - 1).or(productZero).named("at_top");
    UInt ofProduct =
        a.exponent()
            .plus(b.exponent())
            .extend(bits)
            .plusWrap(SInt.literal(offset - 1, bits).asUInt())
            .named("exponent_of_product");
    // Of a number whose highest one is where the addend's hidden bit is before it is shifted.
    UInt base = mux(atTop, c.exponent().extend(bits), ofProduct).truncate(bits - 1).named("base");

    UInt amount =
        distance.truncate(bits - 1).and(atTop.not().asUInt().repeat(bits - 1)).named("alignment");
    UInt atUpperEnd = c.significand().shiftLeft(width - 2 - precision);
    UInt addend = AligningShift.right(named(atUpperEnd, "addend"), amount);
    UInt sum = sum(addend);
    // Only a difference can be negative; it is then in ones' complement but for the last bit.
    Bool negative = difference.and(sum.bit(width - 1)).named("negative");
    return rounded(sum, negative, base);
  }

  /** Bits of exponents with their sign: up to twice the largest and the frame. */
  private int exponentBits() {
    return 2 + UInt.bitsFor(Math.max((2L << format.exponentBits()), width));
  }

  /** The product plus or minus the addend, in the frame; negative if its highest bit is set. */
  private UInt sum(UInt addend) {
    UInt low = addend.truncate(BELOW);
    DaddaTree tree = new DaddaTree("frame", width - BELOW);
    tree.addProduct(0, a.significand(), b.significand());
    UInt high = addend.bits(addend.width() - 1, BELOW);
    UInt inverted = high.xor(difference.asUInt().repeat(high.width())).named("signed_addend");
    tree.add(0, inverted);
    tree.add(high.width(), difference);
    tree.add(0, difference.and(low.isZero()).named("carry_from_below"));
    UInt negated = UInt.literal(0, BELOW).minusWrap(low);
    return tree.sum().concat(mux(difference, negated, low)).named("sum");
  }

  private FloatResult rounded(UInt sum, Bool negative, UInt base) {
    UInt magnitude = sum.xor(negative.asUInt().repeat(width));
    UInt marker =
        UInt.literal(BigInteger.ONE.shiftLeft(width - 1), width).shiftRight(base).named("marker");
    UInt leading = magnitude.or(marker).named("leading");
    UInt shift = LeadingZeros.of(leading).named("shift");
    int kept = precision + FloatRounding.EXTRA_BITS;
    UInt window = NormalizingShift.top(sum, shift, kept).named("normalized");

    // Ones below the window: those which lie as far below the leading one.
    Bool rest =
        fromFirst(leading.bits(width - 1, kept))
            .and(sum.truncate(width - kept))
            .orReduce()
            .named("rest");
    UInt significand =
        window
            .bits(kept - 1, FloatRounding.EXTRA_BITS)
            .xor(negative.asUInt().repeat(precision))
            .named("significand");
    Bool half = window.bit(1);
    Bool quarter = window.bit(0);
    Bool below = quarter.or(rest).named("below_half");
    // Rounded as it would be after negation, which would carry where there is nothing below.
    Bool positiveUp = half.and(window.bit(2).or(below));
    Bool negativeUp = half.not().or(below.or(window.bit(2)).not());
    Bool up = mux(negative, negativeUp.asUInt(), positiveUp.asUInt()).asBool().named("round_up");
    half = half.xor(negative.and(below)).named("half");
    quarter = quarter.xor(negative.and(rest)).named("quarter");

    Bool zero = sum.isZero().named("zero");
    int bits = Math.max(base.width(), shift.width());
    UInt exponent =
        mux(zero, UInt.literal(0, bits), base.extend(bits).minusWrap(shift.extend(bits)))
            .named("exponent");
    FloatRounding rounding =
        FloatRounding.of(format, exponent, significand, half, quarter, rest, up);

    Bool productInfinite = named(a.infinite().or(b.infinite()), "product_infinite");
    Bool infinite = productInfinite.or(c.infinite()).named("infinite");
    Bool undefined = a.infinite().and(b.zero()).or(b.infinite().and(a.zero())).named("undefined");
    Bool opposite =
        productInfinite
            .and(c.infinite())
            .and(difference)
            .andNot(a.nan().or(b.nan()))
            .named("opposite");
    Bool signOfAddend = c.infinite().or(negative).andNot(productInfinite);
    Bool cancelled = zero.and(difference).andNot(infinite);
    Bool sign =
        mux(signOfAddend, c.negative().asUInt(), productNegative.asUInt())
            .asBool()
            .andNot(cancelled)
            .named("sign");
    Bool invalid = a.signaling().or(b.signaling()).or(c.signaling()).or(undefined).or(opposite);
    Bool nan = a.nan().or(b.nan()).or(c.nan()).or(undefined).or(opposite).named("nan");
    return rounding.result(format, sign, infinite, nan, invalid);
  }

  /** A number with ones from its first one on: each one spreads to the right. */
  private static UInt fromFirst(UInt number) {
    UInt value = number;
    for (int step = 1; step < number.width(); step *= 2) {
      value = value.or(value.shiftRight(step).extend(number.width())).named("ones" + 2 * step);
    }
    return value;
  }

  private static void addConstant(DaddaTree tree, long value, int bits) {
    for (int i = 0; i < bits; i++) {
      if ((value >> i & 1) != 0) {
        tree.add(i, Bool.literal(true));
      }
    }
  }
}
