package sluice.hdl.lib;

import static sluice.hdl.UInt.bitsFor;

import sluice.hdl.Bool;
import sluice.hdl.Data;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.Stream;
import sluice.hdl.UInt;

/**
 * Lets at most one value pass in any number of successive cycles. No latency for a value that
 * arrives when as many cycles are over.
 *
 * @param <T> the type of a value
 */
public final class Throttle<T extends Data> extends Module {
  /** The values; wait while the interval lasts. */
  public final Stream<T> in;

  /** The same values, at most one an interval. */
  public final Stream<T> out;

  /**
   * @param interval least cycles from one value to the next, at least 2
   */
  public Throttle(T type, int interval) {
    super("throttle" + interval + "x" + widthOf(type));
    Parameter.of("Throttle", "interval", interval).atLeast(2);
    describe("Lets at most one value pass in any " + interval + " cycles.");
    in = input(Stream.of(type));
    out = output(Stream.of(type));

    UInt pauseLeft = register(UInt.of(bitsFor(interval - 1L))).reset(0);
    Timer pause = new Timer(pauseLeft);
    Bool open = pause.isRunning().not();
    when(out.fires(), () -> pause.start(interval - 1L));
    out.valid().set(in.valid().and(open));
    connect(out.payload(), in.payload());
    in.ready().set(out.ready().and(open));
  }
}
