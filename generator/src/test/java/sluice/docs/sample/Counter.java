package sluice.docs.sample;

import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.UInt;

/** Counts the cycles with enable, and says when the last number is reached. */
public final class Counter extends Module {
  public final Bool enable = input(Bool.of());
  public final UInt value;
  public final Bool last = output(Bool.of());

  /**
   * @param limit numbers, from 0 on
   */
  public Counter(int limit) {
    super("counter" + limit);
    describe("Counts from 0 to " + (limit - 1) + " and around.");
    value = output(UInt.index(limit));

    UInt count = register(UInt.index(limit)).reset(0);
    UInt zero = UInt.literal(0, count.width());
    last.set(count.eq(limit - 1));
    value.set(count);
    when(enable, () -> count.set(mux(last, zero, count.plusWrap(1))));
  }
}
