package sluice.hdl.lib.numeric;

import static sluice.hdl.Module.mux;

import sluice.hdl.Parameter;
import sluice.hdl.UInt;

/** The highest bits of a number that is shifted left, without those below them. */
final class NormalizingShift {
  private NormalizingShift() {}

  /**
   * The highest bits of {@code number << amount}, of which only those are computed.
   *
   * @param number what is shifted out of it is lost
   * @param kept bits of the result
   */
  static UInt top(UInt number, UInt amount, int kept) {
    Parameter.of("NormalizingShift", "kept", kept).within(1, number.width());
    UInt value = number;
    for (int log2 = amount.width() - 1; log2 >= 0; log2--) {
      int step = 1 << log2;
      int needed = Math.min(value.width(), kept + step - 1);
      int high = value.width() - 1;
      int low = high - needed + 1;
      UInt unshifted = value.bits(high, low);
      UInt shifted = shifted(value, step, needed);
      value = mux(amount.bit(log2), shifted, unshifted).named("shifted" + step);
    }
    return value;
  }

  /** The highest bits of a number after a step to the left. */
  private static UInt shifted(UInt value, int step, int needed) {
    int high = value.width() - 1 - step;
    if (high < 0) {
      return UInt.literal(0, needed);
    }
    int low = value.width() - step - needed;
    return low >= 0 ? value.bits(high, low) : value.bits(high, 0).shiftLeft(-low);
  }
}
