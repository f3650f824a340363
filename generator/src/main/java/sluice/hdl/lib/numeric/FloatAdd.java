package sluice.hdl.lib.numeric;

import static sluice.hdl.Module.mux;
import static sluice.hdl.lib.numeric.Labels.named;

import java.math.BigInteger;
import sluice.hdl.Bool;
import sluice.hdl.UInt;
import sluice.hdl.lib.LeadingZeros;

/**
 * Sums and differences of floating-point numbers, rounded once to nearest even.
 *
 * <p>The smaller number is aligned to the larger with two more bits and a sticky one; that is exact
 * enough, since a difference that loses more than one leading bit has lost none at the other end.
 * The sum is shifted left to its first one, but no further than the exponent goes: a bit is set
 * where the exponent would be used up, so that no comparison is needed.
 */
public final class FloatAdd {
  private FloatAdd() {}

  /** {@code a + b}, combinational. */
  public static FloatResult add(FloatFormat format, UInt a, UInt b) {
    format.require("FloatAdd", "a", a);
    format.require("FloatAdd", "b", b);
    return new Sum(format, a, b).result();
  }

  /** {@code a - b}, combinational. */
  public static FloatResult subtract(FloatFormat format, UInt a, UInt b) {
    format.require("FloatAdd", "b", b);
    int top = format.bits() - 1;
    return add(format, a, b.bit(top).not().asUInt().concat(b.truncate(top)));
  }

  /** One sum, with what its steps share. */
  private static final class Sum {
    /** What the smaller number is shifted into below its significand. */
    private static final int GUARD_BITS = 2;

    private final FloatFormat format;
    private final FloatFields a;
    private final FloatFields b;
    private final Bool difference;
    private final Bool swap;
    private final UInt largerExponent;
    private final UInt larger;
    private final UInt smaller;

    Sum(FloatFormat format, UInt first, UInt second) {
      this.format = format;
      a = FloatFields.of(format, first, "a");
      b = FloatFields.of(format, second, "b");
      difference = a.negative().xor(b.negative()).named("difference");
      int magnitudeBits = format.bits() - 1;
      swap = second.truncate(magnitudeBits).gt(first.truncate(magnitudeBits)).named("swap");
      largerExponent = mux(swap, b.exponent(), a.exponent()).named("larger_exponent");
      larger = mux(swap, b.significand(), a.significand()).named("larger");
      smaller = mux(swap, a.significand(), b.significand()).named("smaller");
    }

    FloatResult result() {
      int precision = format.precision();
      UInt addend = aligned();
      // A carry, the significand, guard bits and a sticky bit.
      int width = 1 + precision + GUARD_BITS + 1;
      UInt larger = this.larger.shiftLeft(GUARD_BITS + 1).extend(width);
      UInt inverted = addend.extend(width).xor(difference.asUInt().repeat(width));
      UInt sum = larger.plusWrap(inverted).plusWrap(difference.asUInt()).named("sum");

      UInt marker =
          UInt.literal(BigInteger.ONE.shiftLeft(width - 1), width).shiftRight(largerExponent);
      UInt leading = sum.or(marker.named("marker")).named("leading");
      UInt shift = LeadingZeros.of(leading).named("shift");
      int shiftBits = shift.width();
      UInt shifted = NormalizingShift.top(sum, shift, width).named("normalized");
      Bool zero = sum.isZero().named("cancelled");
      int bits = Math.max(format.exponentBits(), shiftBits);
      UInt exponent = largerExponent.extend(bits).minusWrap(shift.extend(bits));
      int kept = precision + FloatRounding.EXTRA_BITS;
      FloatRounding rounded =
          FloatRounding.of(
              format,
              mux(zero, UInt.literal(0, bits), exponent).named("exponent"),
              shifted.bits(width - 1, width - kept),
              shifted.truncate(width - kept).orReduce());

      Bool opposite = a.infinite().and(b.infinite()).and(difference).named("opposite");
      Bool nan = a.nan().or(b.nan()).or(opposite).named("nan");
      Bool negative = mux(swap, b.negative().asUInt(), a.negative().asUInt()).asBool();
      // An exact difference of zero is positive.
      return rounded.result(
          format,
          negative.andNot(difference.and(zero)).named("sign"),
          named(a.infinite().or(b.infinite()), "infinite"),
          nan,
          a.signaling().or(b.signaling()).or(opposite));
    }

    /** The smaller significand in the larger's units, with guard bits and a sticky one. */
    private UInt aligned() {
      UInt distance =
          mux(swap, b.exponent().minusWrap(a.exponent()), a.exponent().minusWrap(b.exponent()))
              .named("distance");
      return AligningShift.right(smaller.shiftLeft(GUARD_BITS).named("addend"), distance);
    }
  }
}
