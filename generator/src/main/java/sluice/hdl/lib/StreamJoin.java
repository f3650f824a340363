package sluice.hdl.lib;

import sluice.hdl.Bundle;
import sluice.hdl.Data;
import sluice.hdl.Module;
import sluice.hdl.Stream;

/**
 * Takes a value of each of two streams together. No latency.
 *
 * @param <A> the type of the first stream's values
 * @param <B> the type of the second stream's values
 */
public final class StreamJoin<A extends Data, B extends Data> extends Module {

  /**
   * A value of each stream.
   *
   * @param <A> the type of the first
   * @param <B> the type of the second
   */
  public record Pair<A extends Data, B extends Data>(A first, B second) implements Bundle {}

  /** Values of the first; each waits for one of the second. */
  public final Stream<A> first;

  /** Values of the second; each waits for one of the first. */
  public final Stream<B> second;

  /** A value of each together. */
  public final Stream<Pair<A, B>> out;

  /** A join of values of two types. */
  public StreamJoin(A firstType, B secondType) {
    super("join" + widthOf(firstType) + "and" + widthOf(secondType));
    describe("Takes a value of each of two streams together.");
    first = input(Stream.of(firstType));
    second = input(Stream.of(secondType));
    out = output(Stream.of(new Pair<>(firstType, secondType)));

    out.valid().set(first.valid().and(second.valid()));
    connect(out.payload(), new Pair<>(first.payload(), second.payload()));
    first.ready().set(out.ready().and(second.valid()));
    second.ready().set(out.ready().and(first.valid()));
  }
}
