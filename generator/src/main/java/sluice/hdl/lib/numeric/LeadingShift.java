package sluice.hdl.lib.numeric;

import static sluice.hdl.Module.mux;

import sluice.hdl.Bool;
import sluice.hdl.Parameter;
import sluice.hdl.UInt;

/**
 * A number shifted left past its leading zeros, within the cycle: in steps of falling powers of
 * two, each taken if that many bits at the top are zero. By all steps from {@code 2^k} down to 1, a
 * number is shifted by its leading zeros, or by {@code 2^(k+1) - 1} if it has more.
 *
 * @param value the shifted number, as wide as before
 * @param shift by how much, in units of the smallest step
 */
public record LeadingShift(UInt value, UInt shift) {

  /**
   * Shifts a number.
   *
   * @param most log2 of the largest step
   * @param least log2 of the smallest step; further steps may be taken later
   */
  public static LeadingShift of(UInt number, int most, int least) {
    int largest = UInt.bitsFor(number.width() - 1L) - 1;
    Parameter.of("LeadingShift", "the width of number", number.width()).atLeast(2);
    Parameter.of("LeadingShift", "most", most).within(0, largest);
    Parameter.of("LeadingShift", "least", least).within(0, most);
    UInt value = number;
    UInt shift = null;
    for (int log2 = most; log2 >= least; log2--) {
      int step = 1 << log2;
      int width = value.width();
      Bool zeros = value.bits(width - 1, width - step).isZero().named("zeros" + step);
      UInt shifted = value.truncate(width - step).shiftLeft(step);
      value = mux(zeros, shifted, value).named("shifted" + step);
      shift = shift == null ? zeros.asUInt() : shift.concat(zeros.asUInt());
    }
    return new LeadingShift(value, shift);
  }
}
