package sluice.docs.sample;

import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.UInt;

/** Counts the cycles in which an event occurs, up to a limit. */
public final class EventCounter extends Module {
  public final Bool event = input(Bool.of());
  public final UInt count;
  public final Bool full = output(Bool.of());

  /**
   * @param limit where the counter stays
   */
  public EventCounter(int limit) {
    super("event_counter" + limit);
    describe("Counts events up to " + limit + " and stays there.");
    count = output(UInt.upTo(limit));

    UInt events = register(UInt.upTo(limit)).reset(0);
    Bool atLimit = events.eq(limit);
    when(event.andNot(atLimit), () -> events.set(events.plusWrap(1)));
    count.set(events);
    full.set(atLimit);
  }
}
