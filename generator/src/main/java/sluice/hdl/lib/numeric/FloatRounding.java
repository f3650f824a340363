package sluice.hdl.lib.numeric;

import static sluice.hdl.Module.mux;
import static sluice.hdl.lib.numeric.Labels.named;

import sluice.hdl.Bool;
import sluice.hdl.UInt;

/**
 * Rounds a normalized number to nearest even, and puts it together. A number whose hidden bit is 0
 * is subnormal; the hidden bit is added to the exponent, and so is the carry of the rounding, which
 * makes every transition right: from subnormal to normal, to the next power of two, to infinity.
 *
 * @param encoded exponent and fraction with what they overflow into
 * @param beyond whether it has to become infinity, which its encoding is not
 * @param infinite whether it is beyond the largest number
 * @param tiny whether it is below the normal numbers if rounded with an unbounded exponent
 * @param inexact whether bits were lost
 */
record FloatRounding(UInt encoded, Bool beyond, Bool infinite, Bool tiny, Bool inexact) {

  /** Bits of what is rounded below the fraction: a half of its last place, and a quarter. */
  static final int EXTRA_BITS = 2;

  /**
   * Rounds.
   *
   * @param exponent the exponent field of a number whose hidden bit is 0, less 1 for one whose
   *     hidden bit is 1; 0 where the hidden bit is 0
   * @param number the hidden bit, the fraction, and {@link #EXTRA_BITS} more
   * @param sticky whether there are ones below the number
   */
  static FloatRounding of(FloatFormat format, UInt exponent, UInt number, Bool sticky) {
    UInt significand = number.bits(number.width() - 1, EXTRA_BITS);
    Bool half = number.bit(1);
    Bool quarter = number.bit(0);
    Bool below = quarter.or(sticky);
    Bool roundUp = named(half.and(significand.bit(0).or(below)), "round_up");
    return of(format, exponent, significand, half, quarter, sticky, roundUp);
  }

  /**
   * Puts a number together that is rounded elsewhere.
   *
   * @param significand the hidden bit and the fraction
   * @param half the bit below the significand
   * @param quarter the bit below that
   * @param sticky whether there are ones below that
   * @param roundUp whether the significand is incremented
   */
  static FloatRounding of(
      FloatFormat format,
      UInt exponent,
      UInt significand,
      Bool half,
      Bool quarter,
      Bool sticky,
      Bool roundUp) {
    int fractionBits = format.fractionBits();
    Bool hidden = significand.bit(fractionBits);
    UInt fraction = significand.truncate(fractionBits);
    UInt field = exponent.plus(hidden.asUInt());
    UInt encoded = field.concat(fraction).plusWrap(roundUp.asUInt()).named("rounded");
    int fieldBits = format.exponentBits();
    UInt encodedField = encoded.bits(fractionBits + fieldBits - 1, fractionBits);
    Bool infinite = encodedField.andReduce();
    if (field.width() > fieldBits) {
      infinite =
          infinite.or(encoded.bits(encoded.width() - 1, fractionBits + fieldBits).orReduce());
    }
    // With one more bit of precision it would be rounded to the least normal number.
    Bool nextIsNormal = fraction.andReduce().and(half).and(quarter);
    named(infinite, "too_large");
    return new FloatRounding(
        encoded,
        infinite,
        infinite,
        named(hidden.not().andNot(nextIsNormal), "tiny"),
        named(half.or(quarter).or(sticky), "lost_bits"));
  }

  /**
   * The same of a number that is less than twice the largest power of two before it is rounded: it
   * is rounded to infinity's own encoding, if at all.
   */
  FloatRounding withinExponents() {
    return new FloatRounding(encoded, Bool.literal(false), infinite, tiny, inexact);
  }

  /**
   * The result with its flags.
   *
   * @param negative the sign, of a zero and an infinity too
   * @param special whether the result is infinite in any case
   * @param nan whether the result is a NaN in any case
   * @param invalid whether the operation is invalid
   */
  FloatResult result(FloatFormat format, Bool negative, Bool special, Bool nan, Bool invalid) {
    UInt infinity = UInt.literal(format.infinity(), format.bits() - 1);
    UInt magnitude = mux(special.or(beyond), infinity, encoded.truncate(format.bits() - 1));
    UInt number = negative.asUInt().concat(magnitude);
    UInt value = mux(nan, UInt.literal(format.nan(), format.bits()), number);
    Bool finite = named(special.or(nan).not(), "finite");
    Bool overflow = finite.and(infinite);
    Bool lost = finite.and(inexact.or(infinite));
    return new FloatResult(
        value,
        new FloatFlags(
            invalid, Bool.literal(false), overflow, finite.and(tiny).and(inexact), lost));
  }
}
