package sluice.hdl;

import java.util.function.Function;

/**
 * A stream of values with a hand-shake.
 *
 * <ol>
 *   <li>A value is transferred in every cycle in which {@code valid} and {@code ready} are both
 *       high.
 *   <li>Once {@code valid} is high, it stays high and the payload stays stable until the transfer.
 *   <li>{@code valid} never waits for {@code ready}; {@code ready} may wait for {@code valid}.
 *   <li>{@code valid} is low during reset.
 * </ol>
 *
 * In the Verilog, a stream {@code words} is {@code words_valid}, {@code words_ready} and {@code
 * words_data}, or {@code words_<component>} for each component of a bundle; a {@linkplain #compact
 * compact} stream leaves out the underscores, as AXI does ({@code awvalid}).
 *
 * @param <T> the type of the payload
 */
public final class Stream<T extends Data> implements Data {
  private final Bool valid;
  private final Bool ready;
  private final T payload;
  private final boolean compact;

  Stream(Bool valid, Bool ready, T payload, boolean compact) {
    this.valid = valid;
    this.ready = ready;
    this.payload = payload;
    this.compact = compact;
  }

  /** The type of a stream. */
  public static <T extends Data> Stream<T> of(T payload) {
    return new Stream<>(Bool.of(), Bool.of(), payload, false);
  }

  /** The type of a stream whose Verilog names have no underscores, as in AXI. */
  public static <T extends Data> Stream<T> compact(T payload) {
    return new Stream<>(Bool.of(), Bool.of(), payload, true);
  }

  /** A stream made of existing signals; the consumer's {@code ready} is assigned to the wire. */
  public static <T extends Data> Stream<T> from(Bool valid, T payload, Bool readyWire) {
    return new Stream<>(valid, readyWire, payload, false);
  }

  /** High in the cycles in which the producer offers a value; flows with the payload. */
  public Bool valid() {
    return valid;
  }

  /** High in the cycles in which the consumer would take a value; flows against the payload. */
  public Bool ready() {
    return ready;
  }

  /** The value that is offered, defined while {@link #valid} is high. */
  public T payload() {
    return payload;
  }

  boolean isCompact() {
    return compact;
  }

  /** High in the cycles in which a value is transferred. */
  public Bool fires() {
    return valid.and(ready);
  }

  /** Passes this stream on to a consumer's port or wire. */
  public void to(Stream<T> consumer) {
    consumer.valid.set(valid);
    Module.connect(consumer.payload, payload);
    ready.set(consumer.ready);
  }

  /** The same stream with another payload, computed from this one's. */
  public <U extends Data> Stream<U> map(Function<T, U> function) {
    return new Stream<>(valid, ready, function.apply(payload), false);
  }

  /** The same stream, held back while a condition is false; the condition may not fall again. */
  public Stream<T> holdUnless(Bool condition) {
    Trace trace = Trace.here();
    Bool consumerReady = consumerReady(trace);
    ready.set(consumerReady.and(condition));
    return new Stream<>(offered(trace, condition), consumerReady, payload, false);
  }

  /** The stream without the values for which a condition on the payload is false. */
  public Stream<T> filter(Function<T, Bool> condition) {
    Trace trace = Trace.here();
    Bool keep = condition.apply(payload);
    Bool consumerReady = consumerReady(trace);
    ready.set(consumerReady.or(keep.not()));
    return new Stream<>(offered(trace, keep), consumerReady, payload, false);
  }

  private Bool consumerReady(Trace trace) {
    return valid.module().wire(Bool.of()).mergeable(trace, "_ready");
  }

  private Bool offered(Trace trace, Bool condition) {
    return valid.and(condition).mergeable(trace, "_valid");
  }
}
