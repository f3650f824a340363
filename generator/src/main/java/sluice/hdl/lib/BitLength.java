package sluice.hdl.lib;

import static sluice.hdl.Module.mux;

import sluice.hdl.UInt;

/** The length of a number in binary: the position of its highest 1, counted from 1; 0 for 0. */
public final class BitLength {

  private BitLength() {}

  /** Hardware for the length of a number, 0 to its width. */
  public static UInt of(UInt value) {
    UInt type = UInt.upTo(value.width());
    UInt length = value.bit(0).asUInt().extend(type.width());
    for (int i = 1; i < value.width(); i++) {
      length = longer(value, i, length);
    }
    return length;
  }

  private static UInt longer(UInt value, int bit, UInt below) {
    return mux(value.bit(bit), UInt.literal(bit + 1L, below.width()), below);
  }
}
