package sluice.hdl.lib.crossing;

import sluice.hdl.Bool;
import sluice.hdl.ClockDomain;
import sluice.hdl.Data;
import sluice.hdl.Module;
import sluice.hdl.Stream;

/**
 * A stream from one clock domain to another, one value at a time: the source holds the value still
 * and toggles a request, the target takes it and sends the toggle back. For wide values that come
 * seldom; a value takes stages + 1 cycles of the target's clock to {@code out}, or one more, and
 * the next is accepted when the answer has come back, after stages cycles of the source's clock, or
 * one more. Each value arrives once, in order, whatever the clocks.
 *
 * @param <T> the type of a value
 */
public final class HandshakeCrossing<T extends Data> extends Module {
  /** The domain that values come from. */
  public final ClockDomain source = clockDomain("source");

  /** The domain that values go to. */
  public final ClockDomain target = clockDomain("target");

  /** The values, in the domain {@code source}. */
  public final Stream<T> in;

  /** The values in the same order, in the domain {@code target}. */
  public final Stream<T> out;

  /**
   * @param stages of the synchronizers, at least 2
   */
  public HandshakeCrossing(T type, int stages) {
    super("handshake_crossing" + stages + "x" + widthOf(type));
    Synchronizer.requireStages("HandshakeCrossing", stages);
    describe(
        "Stream of "
            + widthOf(type)
            + " bits from one clock to another, one value at a time, through "
            + stages
            + " stages each way.");
    in = source.input(Stream.of(type));
    out = target.output(Stream.of(type));

    Bool request = source.register(Bool.of()).reset(false);
    T held = source.register(type);
    Synchronizer<Bool> requests = target.instance(new Synchronizer<>(Bool.of(), stages));
    Synchronizer<Bool> answers = source.instance(new Synchronizer<>(Bool.of(), stages));
    in.ready().set(request.xor(answers.out).not());
    Bool accept = in.fires();
    when(
        accept,
        () -> {
          request.set(request.not());
          connect(held, in.payload());
        });

    Bool answer = target.register(Bool.of()).reset(false);
    Bool full = target.register(Bool.of()).reset(false);
    Bool arrives = requests.out.xor(answer).andNot(full);
    T value = target.captured(held, arrives);
    when(
            arrives,
            () -> {
              answer.set(requests.out);
              full.set(true);
            })
        .elseWhen(out.ready(), () -> full.set(false));
    out.valid().set(full);
    connect(out.payload(), value);

    requests.in.set(request);
    answers.in.set(answer);
  }
}
