package sluice.hdl.sim;

import sluice.hdl.ClockDomain;
import sluice.hdl.Module;
import sluice.hdl.UInt;

/** A counter in each of two domains. */
public final class TwoClocks extends Module {
  public final ClockDomain fast = clockDomain("fast");
  public final UInt slowCount = output(UInt.of(8));
  public final UInt fastCount = fast.output(UInt.of(8));

  public TwoClocks() {
    UInt slow = register(UInt.of(8)).reset(0);
    slow.set(slow.plusWrap(1));
    slowCount.set(slow);
    UInt quick = fast.register(UInt.of(8)).reset(0);
    quick.set(quick.plusWrap(1));
    fastCount.set(quick);
  }
}
