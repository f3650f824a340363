package sluice.hdl.lib;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Data;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * Sends each value to the consumer that it names. No latency.
 *
 * @param <T> the type of a value
 */
public final class Demultiplexer<T extends Data> extends Module {

  /**
   * A value and where it goes.
   *
   * @param to the consumer's index; an index beyond the last goes to the last
   * @param <T> the type of the value
   */
  public record Addressed<T extends Data>(UInt to, T value) implements Bundle {}

  /** Values, each with its consumer. */
  public final Stream<Addressed<T>> in;

  /** A stream for each consumer, in the order of indices. */
  public final List<Stream<T>> outs;

  /**
   * @param consumers number of outputs, at least 2
   */
  public Demultiplexer(T type, int consumers) {
    super("demultiplexer" + consumers + "x" + widthOf(type));
    Parameter.of("Demultiplexer", "consumers", consumers).atLeast(2);
    describe("Sends each value to the one of " + consumers + " consumers that it names.");
    in = input(Stream.of(new Addressed<>(UInt.index(consumers), type)));
    List<Stream<T>> outputs = new ArrayList<>();
    List<Bool> readies = new ArrayList<>();
    UInt to = in.payload().to();
    for (int i = 0; i < consumers; i++) {
      Stream<T> out = output(Stream.of(type), "out_" + i);
      Bool chosen = i == consumers - 1 ? to.ge(i) : to.eq(i);
      out.valid().set(in.valid().and(chosen));
      connect(out.payload(), in.payload().value());
      outputs.add(out);
      readies.add(out.ready());
    }
    outs = List.copyOf(outputs);
    in.ready().set(Vec.from(readies).get(to));
  }
}
