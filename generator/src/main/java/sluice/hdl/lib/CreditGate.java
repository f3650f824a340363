package sluice.hdl.lib;

import sluice.hdl.Bool;
import sluice.hdl.Data;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.Stream;
import sluice.hdl.UInt;

/**
 * Lets a value pass for each credit: at most {@code limit} are under way until credits come back.
 * No latency; a credit that comes back counts from the next cycle on.
 *
 * @param <T> the type of a value
 */
public final class CreditGate<T extends Data> extends Module {
  /** The values; wait while as many as allowed are under way. */
  public final Stream<T> in;

  /** The same values. */
  public final Stream<T> out;

  /** A value that had passed is done: gives its credit back. Never without one under way. */
  public final Bool giveBack = input(Bool.of());

  /** Values under way. */
  public final UInt underWay;

  /**
   * @param limit most values under way, at least 1
   */
  public CreditGate(T type, int limit) {
    super("credit_gate" + limit + "x" + widthOf(type));
    Parameter.of("CreditGate", "limit", limit).atLeast(1);
    describe("Lets values pass while fewer than " + limit + " are under way.");
    in = input(Stream.of(type));
    out = output(Stream.of(type));
    underWay = output(UInt.upTo(limit));

    UInt taken = register(UInt.upTo(limit)).reset(0);
    Bool open = taken.ne(limit);
    Bool passes = out.fires();
    when(passes.andNot(giveBack), () -> taken.set(taken.plusWrap(1)))
        .elseWhen(giveBack.andNot(passes), () -> taken.set(taken.minusWrap(1)));

    out.valid().set(in.valid().and(open));
    connect(out.payload(), in.payload());
    in.ready().set(out.ready().and(open));
    underWay.set(taken);
  }
}
