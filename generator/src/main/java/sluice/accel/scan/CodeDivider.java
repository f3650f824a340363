package sluice.accel.scan;

import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.UInt;

/**
 * Divides for query codes: {@code |code| = floor((2 M a + amax) / (2 amax))}, 0 where amax is 0,
 * with M the largest code. One code a cycle; a restoring division with a stage for every bit of the
 * quotient.
 */
final class CodeDivider extends Module {

  /** Whether there is an element to divide. */
  final Bool valid;

  /** Its sign. */
  final Bool negative;

  /** Its weighted and aligned magnitude, a: at most amax. */
  final UInt magnitude;

  /** amax; stable while a division is under way. */
  final UInt largest;

  /** Whether {@code code} holds one: as many cycles after {@code valid} as a code has bits. */
  final Bool codeValid;

  final SInt code;

  /** Whether a division is under way. */
  final Bool busy;

  CodeDivider(AcceleratorConfig config) {
    int magnitudeBits = config.queryBits() - 1;
    long most = (1L << magnitudeBits) - 1;
    describe(
        """
        |code| = floor((2 M a + amax) / (2 amax)) with M = %d: one code a cycle.
        Latency: %d cycles."""
            .formatted(most, config.queryBits()));
    valid = input(Bool.of());
    negative = input(Bool.of());
    magnitude = input(WeightedElement.type().significand());
    largest = input(magnitude);
    codeValid = output(Bool.of());
    code = output(SInt.of(config.queryBits()));
    busy = output(Bool.of());

    UInt stages = register(UInt.of(config.queryBits())).reset(0);
    UInt shifted = stages.concat(valid.asUInt());
    stages.set(shifted.truncate(stages.width()));
    codeValid.set(stages.bit(stages.width() - 1));
    busy.set(stages.orReduce());

    Bool someNonzero = largest.orReduce();
    UInt divisor = largest.shiftLeft(1);
    UInt dividend = magnitude.times(2 * most).plus(largest);
    // The quotient is at most M, so the dividend is below the divisor shifted by all its bits.
    int bits = magnitudeBits;
    UInt remainder = delayed(dividend.truncate(divisor.width() + bits)).named("remainder_" + bits);
    Bool sign = delayed(negative).named("sign_" + bits);
    UInt quotient = null;
    for (int bit = bits - 1; bit >= 0; bit--) {
      UInt subtrahend = divisor.shiftLeft(bit);
      Bool fits = remainder.ge(subtrahend).and(someNonzero).named("fits_" + bit);
      UInt rest = mux(fits, remainder.minusWrap(subtrahend), remainder).named("rest_" + bit);
      UInt found = quotient == null ? fits.asUInt() : quotient.concat(fits.asUInt());
      quotient = delayed(found).named("quotient_" + bit);
      remainder = delayed(rest.truncate(divisor.width() + bit)).named("remainder_" + bit);
      sign = delayed(sign).named("sign_" + bit);
    }
    UInt positive = quotient.extend(config.queryBits());
    UInt negated = UInt.literal(0, positive.width()).minusWrap(positive);
    code.set(mux(sign, negated, positive).asSInt());
  }
}
