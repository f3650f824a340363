package sluice.hdl.lib.numeric;

import static sluice.hdl.Module.mux;
import static sluice.hdl.UInt.literal;
import static sluice.hdl.lib.numeric.Labels.named;

import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Parameter;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.lib.LeadingZeros;

/**
 * The ratio of two integers as a floating-point number, {@code dividend / divisor * 2^scale},
 * rounded once to nearest even: subnormals, overflow to infinity and the five flags are as in IEEE
 * 754, where the operands are exact numbers. By 0, a dividend of 0 is invalid and gives NaN, and
 * any other raises {@code divideByZero} and gives infinity.
 *
 * <p>Both operands are shifted past their leading zeros, so that their ratio is between 1/2 and 2.
 * Of that, {@link #digits} bits are divided, as many as decide of the rounding; the remainder only
 * tells whether it is exact. A ratio below the normal numbers is shifted back before it is rounded.
 *
 * @param format of the result
 * @param dividendBits bits of the dividend's magnitude
 * @param divisorBits bits of the divisor's magnitude
 * @param scale log2 of what the quotient of the integers is multiplied by
 */
public record FloatRatio(FloatFormat format, int dividendBits, int divisorBits, int scale) {

  /**
   * A ratio to be computed.
   *
   * @param negative its sign; 0 by anything keeps it
   */
  public record Operands(Bool negative, UInt dividend, UInt divisor) implements Bundle {}

  /**
   * What a ratio of shifted operands has to be known of to round it.
   *
   * @param margin exponent of the shifted ratio's first digit, less that of the least normal number
   * @param sticky whether there is more of the dividend than is divided
   */
  record Kind(Bool negative, SInt margin, Bool sticky, Bool zeroDividend, Bool zeroDivisor)
      implements Bundle {}

  /** Checks the sizes. */
  public FloatRatio {
    Parameter.of("FloatRatio", "dividendBits", dividendBits).within(2, 1024);
    Parameter.of("FloatRatio", "divisorBits", divisorBits).within(2, 1024);
    Parameter.of("FloatRatio", "scale", scale).within(-4096, 4096);
  }

  /** The type of operands. */
  public Operands type() {
    return new Operands(Bool.of(), UInt.of(dividendBits), UInt.of(divisorBits));
  }

  /** Bits of the quotient that are computed: those that are rounded, and one above them. */
  public int digits() {
    return format.precision() + FloatRounding.EXTRA_BITS + 1;
  }

  /** The ratio of magnitudes with a sign of their own; combinational. */
  public FloatResult of(Bool negative, UInt dividend, UInt divisor) {
    Parameter.of("FloatRatio", "the width of dividend", dividend.width())
        .within(dividendBits, dividendBits);
    Parameter.of("FloatRatio", "the width of divisor", divisor.width())
        .within(divisorBits, divisorBits);
    SerialDivider.Operands<Kind> shifted = shifted(new Operands(negative, dividend, divisor));
    UInt remainder = shifted.dividend().bits(divisorBits + digits() - 1, digits());
    UInt quotient = null;
    for (int place = digits() - 1; place >= 0; place--) {
      DivisionStep step =
          DivisionStep.of(
                  remainder, shifted.dividend().bit(place), shifted.divisor(), Bool.literal(false))
              .named("digit" + place, "remainder" + place);
      remainder = step.remainder();
      quotient = quotient == null ? step.digit().asUInt() : quotient.concat(step.digit().asUInt());
    }
    return rounded(quotient, remainder, shifted.tag());
  }

  /** The ratio of two unsigned integers; combinational. */
  public FloatResult ofUnsigned(UInt dividend, UInt divisor) {
    return of(Bool.literal(false), dividend, divisor);
  }

  /** The ratio of two signed integers; combinational. 0 has the sign that is opposite, too. */
  public FloatResult ofSigned(SInt dividend, SInt divisor) {
    Bool negative = dividend.isNegative().xor(divisor.isNegative());
    return of(negative, dividend.abs(), divisor.abs());
  }

  /** The first part: shifted operands of a division whose quotient has {@link #digits}. */
  SerialDivider.Operands<Kind> shifted(Operands operands) {
    UInt zerosAbove = LeadingZeros.of(operands.dividend()).named("dividend_zeros");
    UInt zerosOfDivisor = LeadingZeros.of(operands.divisor()).named("divisor_zeros");
    UInt dividend =
        NormalizingShift.top(operands.dividend(), zerosAbove, dividendBits)
            .named("shifted_dividend");
    UInt divisor =
        NormalizingShift.top(operands.divisor(), zerosOfDivisor, divisorBits)
            .named("shifted_divisor");
    // The first digit of the quotient counts what both highest bits count.
    int drop = dividendBits - divisorBits - (digits() - 1);
    UInt entering = drop > 0 ? dividend.bits(dividendBits - 1, drop) : dividend.shiftLeft(-drop);
    Bool sticky = drop > 0 ? dividend.truncate(drop).orReduce() : Bool.literal(false);
    int bits = kindType().margin().width();
    SInt margin =
        SInt.literal(middle(), bits)
            .plusWrap(zerosOfDivisor.toSInt().resize(bits))
            .minusWrap(zerosAbove.toSInt().resize(bits))
            .named("margin");
    return new SerialDivider.Operands<>(
        entering.extend(divisorBits + digits()),
        divisor,
        new Kind(
            operands.negative(),
            margin,
            named(sticky, "dropped"),
            operands.dividend().isZero().named("zero_dividend"),
            operands.divisor().isZero().named("zero_divisor")));
  }

  /** The type of what travels beside the division. */
  Kind kindType() {
    return new Kind(
        Bool.of(), SInt.range(leastMargin(), mostMargin()), Bool.of(), Bool.of(), Bool.of());
  }

  /** The margin of a ratio of operands without leading zeros. */
  private long middle() {
    return (long) dividendBits - divisorBits + scale - (1 - format.bias());
  }

  private long leastMargin() {
    return middle() - (dividendBits - 1);
  }

  private long mostMargin() {
    return middle() + (divisorBits - 1);
  }

  /** The last part: rounds the quotient. */
  FloatResult rounded(UInt quotient, UInt remainder, Kind kind) {
    int kept = digits() - 1;
    SInt margin = kind.margin();
    Bool least = leastMargin() > 0 ? Bool.literal(false) : margin.le(0).named("least");
    Bool top = quotient.bit(kept).named("top");
    // The first digit counts where it is 1, and in the units of subnormal numbers.
    Bool asItIs = top.or(least).named("as_it_is");
    UInt aligned = aligned(quotient, margin);
    UInt number = mux(asItIs, aligned.bits(kept + 1, 2), aligned.bits(kept, 1)).named("number");
    Bool sticky =
        aligned
            .bit(0)
            .or(asItIs.and(aligned.bit(1)))
            .or(kind.sticky())
            .or(remainder.orReduce())
            .named("sticky");

    int bits = Math.max(format.exponentBits(), UInt.bitsFor(Math.max(0, mostMargin())));
    UInt normal = margin.resize(bits + 1).asUInt().minusWrap(top.not().asUInt()).truncate(bits);
    UInt exponent = mux(least.or(kind.zeroDividend()), literal(0, bits), normal).named("exponent");
    FloatRounding rounding = FloatRounding.of(format, exponent, number, sticky);
    if (dividendBits - 1L + scale <= format.bias()) {
      rounding = rounding.withinExponents();
    }
    Bool undefined = kind.zeroDividend().and(kind.zeroDivisor()).named("undefined");
    FloatResult result =
        rounding.result(format, kind.negative(), kind.zeroDivisor(), undefined, undefined);
    FloatFlags flags = result.flags();
    return new FloatResult(
        result.value(),
        new FloatFlags(
            undefined,
            kind.zeroDivisor().andNot(kind.zeroDividend()),
            flags.overflow(),
            flags.underflow(),
            flags.inexact()));
  }

  /** The quotient in the units of subnormal numbers where it is below the normal ones. */
  private UInt aligned(UInt quotient, SInt margin) {
    if (leastMargin() >= 0) {
      return quotient.shiftLeft(1);
    }
    int bits = UInt.bitsFor(-leastMargin());
    UInt below = margin.negate().asUInt().resize(bits);
    UInt amount = below.and(margin.isNegative().asUInt().repeat(bits)).named("amount");
    return AligningShift.right(quotient, amount);
  }
}
