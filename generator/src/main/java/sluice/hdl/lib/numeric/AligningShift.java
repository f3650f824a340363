package sluice.hdl.lib.numeric;

import static sluice.hdl.Module.mux;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.Bool;
import sluice.hdl.UInt;

/** Shifts to the right that remember whether ones were lost. */
final class AligningShift {
  private AligningShift() {}

  /**
   * A number shifted to the right.
   *
   * @param number what is left of it stays in its width
   * @return the shifted number, and below it a bit that is 1 if ones were shifted out
   */
  static UInt right(UInt number, UInt amount) {
    int width = number.width();
    int steps = Math.min(amount.width(), UInt.bitsFor(width - 1L));
    UInt value = number;
    List<Bool> lost = new ArrayList<>();
    for (int log2 = 0; log2 < steps; log2++) {
      int step = 1 << log2;
      Bool taken = amount.bit(log2);
      lost.add(taken.and(value.truncate(step).orReduce()).named("lost" + step));
      UInt shifted = value.bits(width - 1, step).extend(width);
      value = mux(taken, shifted, value).named("aligned" + step);
    }
    Bool sticky = lost.stream().reduce(Bool::or).orElseThrow().named("lost");
    if (amount.width() > steps) {
      Bool all = amount.bits(amount.width() - 1, steps).orReduce().named("beyond");
      value = value.and(all.not().asUInt().repeat(width)).named("aligned_within");
      sticky = mux(all, number.orReduce().asUInt(), sticky.asUInt()).asBool().named("sticky");
    }
    return value.concat(sticky.asUInt()).named("aligned");
  }
}
