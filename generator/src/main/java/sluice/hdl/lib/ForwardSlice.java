package sluice.hdl.lib;

import sluice.hdl.Bool;
import sluice.hdl.Data;
import sluice.hdl.Module;
import sluice.hdl.Stream;

/**
 * Registers of a stream in the direction of its values only. One cycle from input to output; full
 * rate; {@code out_valid} and the payload of {@code out} are registers. A path leads from {@code
 * out_ready} to {@code in_ready}; {@link RegisterSlice} cuts that too, and costs a second place.
 *
 * @param <T> the type of a value
 */
public final class ForwardSlice<T extends Data> extends Module {
  /** The values; {@code ready} depends on that of {@code out} within the cycle. */
  public final Stream<T> in;

  /** The values a cycle later; {@code valid} and the payload are registers. */
  public final Stream<T> out;

  /** A slice for values of a type. */
  public ForwardSlice(T type) {
    super("forward_slice" + widthOf(type));
    describe(
        "Registers of a stream of %d bits, not of its ready.\nLatency: 1 cycle; full rate."
            .formatted(widthOf(type)));
    in = input(Stream.of(type));
    out = output(Stream.of(type));

    Bool full = register(Bool.of()).reset(false);
    T value = register(type);
    Bool advance = full.not().or(out.ready());
    when(
        advance,
        () -> {
          full.set(in.valid());
          connect(value, in.payload());
        });
    in.ready().set(advance);
    out.valid().set(full);
    connect(out.payload(), value);
  }
}
