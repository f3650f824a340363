package sluice.accel.topk;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * The selected tokens of one row.
 *
 * @param row index of the row
 * @param picked whether each lane's token is selected, [R]
 * @param last whether this is the head's last row
 */
public record PickRow(UInt row, Vec<Bool> picked, Bool last) implements Bundle {

  /** The type for an accelerator. */
  public static PickRow type(AcceleratorConfig config) {
    return new PickRow(
        new SignalTypes(config).row(), Vec.of(config.rowTokens(), Bool.of()), Bool.of());
  }
}
