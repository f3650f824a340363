package sluice.hdl.lib.numeric;

import sluice.hdl.Bool;
import sluice.hdl.UInt;

/**
 * Names for values that may turn out to be constants, which have none: one operand is a constant,
 * or a conversion loses nothing.
 */
final class Labels {
  private Labels() {}

  static Bool named(Bool value, String name) {
    return value.isConstant() ? value : value.named(name);
  }

  static UInt named(UInt value, String name) {
    return value.isConstant() ? value : value.named(name);
  }
}
