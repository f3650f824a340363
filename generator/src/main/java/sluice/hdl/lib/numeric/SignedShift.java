package sluice.hdl.lib.numeric;

import sluice.hdl.SInt;
import sluice.hdl.UInt;

/** Shifts of signed numbers by a signal. */
public final class SignedShift {
  private SignedShift() {}

  /**
   * A number shifted left.
   *
   * @param width bits of the result; what does not fit is lost
   */
  public static SInt left(SInt value, UInt amount, int width) {
    return value.extend(width).asUInt().shiftLeft(amount, width).asSInt();
  }
}
