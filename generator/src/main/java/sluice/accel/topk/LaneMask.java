package sluice.accel.topk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/** One bit for every lane of a row; bit l is lane l. */
final class LaneMask {
  private LaneMask() {}

  /** The mask of a truth value for each lane, lane 0 first. */
  static UInt of(List<Bool> lanes) {
    List<Bool> highestFirst = new ArrayList<>(lanes);
    Collections.reverse(highestFirst);
    return Module.pack(Vec.from(highestFirst));
  }
}
