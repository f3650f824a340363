package sluice.accel.attention;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.SInt;
import sluice.hdl.Vec;

/**
 * The scores of a token.
 *
 * @param scores in units of 2^-14, [G]
 * @param invalid whether an element of the key is NaN or infinity
 */
public record ScoreResult(Vec<SInt> scores, Bool invalid) implements Bundle {

  /** The type for a configuration. */
  public static ScoreResult type(AcceleratorConfig config) {
    return new ScoreResult(new SignalTypes(config).scores(), Bool.of());
  }
}
