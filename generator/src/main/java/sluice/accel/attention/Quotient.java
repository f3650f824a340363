package sluice.accel.attention;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.SInt;
import sluice.hdl.UInt;

/**
 * One element of the output before its division.
 *
 * @param sum of weights times values over all slices, in units of 2^-40
 * @param weights sum of the weights over all slices, in units of 2^-16; at 0 the sum is 0
 * @param invalid makes the output NaN
 */
public record Quotient(SInt sum, UInt weights, Bool invalid) implements Bundle {

  /** The type for a configuration. */
  public static Quotient type(AcceleratorConfig config) {
    SignalTypes types = new SignalTypes(config);
    int growth = Integer.numberOfTrailingZeros(config.channels());
    return new Quotient(
        SInt.of(types.weightedSum().width() + growth), types.totalWeight(), Bool.of());
  }
}
