package sluice.hdl.lib;

import sluice.hdl.Bool;
import sluice.hdl.Data;
import sluice.hdl.Module;
import sluice.hdl.Stream;

/**
 * A register of a stream in the direction of {@code ready} only. No latency; full rate; {@code
 * in_ready} is a register. A spare place takes the value that arrives in the cycle in which the
 * consumer stops. Paths lead from {@code in} to {@code out}; {@link RegisterSlice} cuts these too.
 *
 * @param <T> the type of a value
 */
public final class BackwardSlice<T extends Data> extends Module {
  /** The values; {@code ready} is a register. */
  public final Stream<T> in;

  /** The values, those of {@code in} in the same cycle while the spare place is empty. */
  public final Stream<T> out;

  /** A slice for values of a type. */
  public BackwardSlice(T type) {
    super("backward_slice" + widthOf(type));
    describe(
        "Register of the ready of a stream of %d bits.\nLatency: none; full rate."
            .formatted(widthOf(type)));
    in = input(Stream.of(type));
    out = output(Stream.of(type));

    Bool spareFull = register(Bool.of()).reset(false);
    T spare = register(type);
    when(out.ready(), () -> spareFull.set(false)).elseWhen(in.valid(), () -> spareFull.set(true));
    when(spareFull.not(), () -> connect(spare, in.payload()));

    in.ready().set(spareFull.not());
    out.valid().set(in.valid().or(spareFull));
    connect(out.payload(), mux(spareFull, spare, in.payload()));
  }
}
