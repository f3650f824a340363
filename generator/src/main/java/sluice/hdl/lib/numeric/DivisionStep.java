package sluice.hdl.lib.numeric;

import static sluice.hdl.Module.mux;

import sluice.hdl.Bool;
import sluice.hdl.SInt;
import sluice.hdl.UInt;

/**
 * One digit of a restoring division: the divisor is subtracted from what is left of the dividend,
 * if it fits. A divisor of 0 always does: then all digits are 1, and the dividend's bits go through
 * the remainder as they are.
 *
 * @param digit of the quotient
 * @param remainder less than the divisor; a bit wider than before, at most as wide as the divisor
 */
record DivisionStep(Bool digit, UInt remainder) {

  /** The first step, which has no remainder before it. */
  static DivisionStep first(Bool next, UInt divisor, Bool beyond) {
    return of(next.asUInt(), divisor, beyond);
  }

  /**
   * A further step.
   *
   * @param remainder of the step before; as wide as the divisor, or shorter
   * @param next the dividend's next bit
   * @param beyond whether the divisor has ones above its lowest bits, one more than the remainder
   *     has; false where it has none there
   */
  static DivisionStep of(UInt remainder, Bool next, UInt divisor, Bool beyond) {
    return of(remainder.concat(next.asUInt()), divisor, beyond);
  }

  private static DivisionStep of(UInt trial, UInt divisor, Bool beyond) {
    int width = Math.min(trial.width(), divisor.width());
    UInt low = trial.truncate(width);
    SInt difference = low.minus(divisor.truncate(width));
    Bool digit = difference.isNegative().or(beyond).not();
    if (trial.width() > width) {
      // What is a bit longer than the divisor is more.
      digit = trial.bit(width).or(digit);
    }
    UInt remainder = mux(digit, difference.asUInt().truncate(width), low);
    return new DivisionStep(digit, remainder);
  }

  /** The same with names for its values. */
  DivisionStep named(String digitName, String remainderName) {
    return new DivisionStep(Labels.named(digit, digitName), Labels.named(remainder, remainderName));
  }
}
