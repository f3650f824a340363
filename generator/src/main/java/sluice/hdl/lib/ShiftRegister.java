package sluice.hdl.lib;

import sluice.hdl.Bool;
import sluice.hdl.UInt;

/** Registers that hold a flag's past: bit {@code i} is what it was {@code i + 1} cycles ago. */
public final class ShiftRegister {
  private ShiftRegister() {}

  /**
   * What the register takes next: all bits a place higher, the highest one lost.
   *
   * @param entering becomes the lowest bit
   */
  public static UInt next(UInt register, Bool entering) {
    UInt lowest = entering.asUInt();
    return register.width() == 1 ? lowest : register.truncate(register.width() - 1).concat(lowest);
  }
}
