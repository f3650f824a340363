package sluice.hdl.lib;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.Bool;
import sluice.hdl.Data;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * Passes on the stream that a signal selects; the others wait. Once a value is offered it stays
 * until it is taken: a change of {@code index} meanwhile counts from the next value on. No latency.
 *
 * @param <T> the type of a value
 */
public final class StreamMux<T extends Data> extends Module {
  /** Which input; one beyond the last selects the last. */
  public final UInt index;

  /** The streams to select from, in the order of {@code index}. */
  public final List<Stream<T>> ins;

  /** The values of the selected stream. */
  public final Stream<T> out;

  /**
   * @param producers number of inputs, at least 2
   */
  public StreamMux(T type, int producers) {
    super("stream_mux" + producers + "x" + widthOf(type));
    Parameter.of("StreamMux", "producers", producers).atLeast(2);
    describe("Passes on the one of " + producers + " streams that is selected.");
    index = input(UInt.index(producers));
    List<Stream<T>> inputs = new ArrayList<>();
    for (int i = 0; i < producers; i++) {
      inputs.add(input(Stream.of(type), "in_" + i));
    }
    ins = List.copyOf(inputs);
    out = output(Stream.of(type));

    Bool waiting = register(Bool.of()).reset(false);
    UInt held = register(index);
    UInt choice = mux(waiting, held, index);
    held.set(choice);
    List<Bool> valids = new ArrayList<>();
    List<T> payloads = new ArrayList<>();
    for (int i = 0; i < producers; i++) {
      Stream<T> in = ins.get(i);
      Bool chosen = i == producers - 1 ? choice.ge(i) : choice.eq(i);
      in.ready().set(out.ready().and(chosen));
      valids.add(in.valid());
      payloads.add(in.payload());
    }
    out.valid().set(Vec.from(valids).get(choice));
    connect(out.payload(), Vec.from(payloads).get(choice));
    waiting.set(out.valid().andNot(out.ready()));
  }
}
