package sluice.hdl.lib.numeric;

import sluice.hdl.Bundle;
import sluice.hdl.UInt;

/**
 * What an operation gives.
 *
 * @param value a number of a floating-point format, an integer's bits, or a truth value of one bit
 * @param flags what the operation raises; logic for flags that nobody uses is left out
 */
public record FloatResult(UInt value, FloatFlags flags) implements Bundle {

  /**
   * The type.
   *
   * @param bits bits of the value
   */
  public static FloatResult type(int bits) {
    return new FloatResult(UInt.of(bits), FloatFlags.type());
  }
}
