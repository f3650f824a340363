package sluice.docs.sample;

import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.UInt;

/** Counts the cycles with a hit, up to a limit. */
public final class HitCounter extends Module {
  public final Bool hit = input(Bool.of());
  public final UInt count;
  public final Bool full = output(Bool.of());

  /**
   * @param limit where the counter stays
   */
  public HitCounter(int limit) {
    super("hit_counter" + limit);
    describe("Counts hits up to " + limit + " and stays there.");
    count = output(UInt.upTo(limit));

    UInt hits = register(UInt.upTo(limit)).reset(0);
    Bool atLimit = hits.eq(limit);
    when(hit.andNot(atLimit), () -> hits.set(hits.plusWrap(1)));
    count.set(hits);
    full.set(atLimit);
  }
}
