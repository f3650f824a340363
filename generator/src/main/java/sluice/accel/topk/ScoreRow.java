package sluice.accel.topk;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.SInt;
import sluice.hdl.Vec;

/**
 * The scores of one row, on its way through the pooling steps.
 *
 * @param scores one score a lane, [R]
 * @param first whether this is the head's first row
 * @param last whether this is the head's last row
 */
record ScoreRow(Vec<SInt> scores, Bool first, Bool last) implements Bundle {

  static ScoreRow type(AcceleratorConfig config) {
    SInt score = new SignalTypes(config).predicted();
    return new ScoreRow(Vec.of(config.rowTokens(), score), Bool.of(), Bool.of());
  }
}
