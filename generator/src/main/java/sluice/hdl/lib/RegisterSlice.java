package sluice.hdl.lib;

import sluice.hdl.Bool;
import sluice.hdl.Data;
import sluice.hdl.Module;
import sluice.hdl.Stream;

/**
 * Registers between two ends of a stream, in both directions. One cycle from input to output; full
 * rate; {@code in_ready}, {@code out_valid} and the payload of {@code out} are registers, so that
 * no path leads through. A spare place takes the value that arrives in the cycle in which the
 * consumer stops.
 *
 * @param <T> the type of a value
 */
public final class RegisterSlice<T extends Data> extends Module {
  /** The values; {@code ready} is a register. */
  public final Stream<T> in;

  /** The values a cycle later; {@code valid} and the payload are registers. */
  public final Stream<T> out;

  /** A slice for values of a type. */
  public RegisterSlice(T type) {
    super("register_slice" + widthOf(type));
    describe(
        "Registers in both directions of a stream of "
            + widthOf(type)
            + " bits. Latency: 1 cycle; full rate.");
    in = input(Stream.of(type));
    out = output(Stream.of(type));

    Bool full = register(Bool.of()).reset(false);
    T value = register(type);
    Bool spareFull = register(Bool.of()).reset(false);
    T spare = register(type);

    Bool advance = full.not().or(out.ready());
    when(
        advance,
        () -> {
          full.set(in.valid().or(spareFull));
          connect(value, mux(spareFull, spare, in.payload()));
        });
    when(advance, () -> spareFull.set(false)).elseWhen(in.valid(), () -> spareFull.set(true));
    when(spareFull.not(), () -> connect(spare, in.payload()));

    always(full.or(spareFull.not()), "the spare place is taken only when the other is");

    in.ready().set(spareFull.not());
    out.valid().set(full);
    connect(out.payload(), value);
  }
}
