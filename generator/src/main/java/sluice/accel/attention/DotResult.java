package sluice.accel.attention;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.SInt;
import sluice.hdl.Vec;

/**
 * The dot products of a key with every query head.
 *
 * @param sums exact, in units of 2^-48, [G]
 * @param invalid whether an element of the key is NaN or infinity
 */
public record DotResult(Vec<SInt> sums, Bool invalid) implements Bundle {

  /** The type for a configuration. */
  public static DotResult type(AcceleratorConfig config) {
    return new DotResult(Vec.of(config.groupQueries(), new SignalTypes(config).dot()), Bool.of());
  }
}
