package sluice.hdl.lib;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.Bool;
import sluice.hdl.Data;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.Stream;

/**
 * Gives every value of a stream to several consumers, each at its own time. A value is taken from
 * the input when the last consumer takes it; no {@code valid} waits for a {@code ready}.
 *
 * @param <T> the type of a value
 */
public final class StreamFork<T extends Data> extends Module {
  /** The values; each is taken when the last consumer takes it. */
  public final Stream<T> in;

  /** A stream for each consumer, each with every value. */
  public final List<Stream<T>> outs;

  /**
   * @param consumers number of outputs, at least 2
   */
  public StreamFork(T type, int consumers) {
    super("fork" + consumers + "x" + widthOf(type));
    Parameter.of("StreamFork", "consumers", consumers).atLeast(2);
    describe("Gives every value to " + consumers + " consumers, each at its own time.");
    in = input(Stream.of(type));
    List<Stream<T>> outputs = new ArrayList<>();
    List<Bool> served = new ArrayList<>();
    List<Bool> done = new ArrayList<>();
    for (int i = 0; i < consumers; i++) {
      Stream<T> out = output(Stream.of(type), "out_" + i);
      Bool taken = register(Bool.of()).reset(false).named("taken_" + i);
      out.valid().set(in.valid().andNot(taken));
      connect(out.payload(), in.payload());
      outputs.add(out);
      served.add(taken);
      done.add(out.ready().or(taken));
    }
    outs = List.copyOf(outputs);
    Bool allDone = done.stream().reduce(Bool::and).orElseThrow();
    in.ready().set(allDone);
    for (int i = 0; i < consumers; i++) {
      served.get(i).set(in.valid().andNot(allDone).and(done.get(i)));
    }
  }
}
