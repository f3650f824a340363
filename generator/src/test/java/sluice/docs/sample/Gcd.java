package sluice.docs.sample;

import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.StateRegister;
import sluice.hdl.Stream;
import sluice.hdl.UInt;

/** The greatest common divisor of two positive numbers, by subtraction. */
public final class Gcd extends Module {

  private enum State {
    IDLE,
    SUBTRACT,
    DONE
  }

  /** Two positive numbers. */
  public record Pair(UInt a, UInt b) implements Bundle {}

  public final Stream<Pair> pairs;
  public final Stream<UInt> divisors;

  public Gcd(int width) {
    describe("Greatest common divisor of numbers of " + width + " bits: a subtraction a cycle.");
    pairs = input(Stream.of(new Pair(UInt.of(width), UInt.of(width))));
    divisors = output(Stream.of(UInt.of(width)));

    StateRegister<State> state = stateRegister(State.class, State.IDLE);
    UInt larger = register(UInt.of(width));
    UInt smaller = register(UInt.of(width));
    Bool swap = larger.lt(smaller);
    state
        .on(
            State.IDLE,
            () ->
                when(
                    pairs.valid(),
                    () -> {
                      larger.set(pairs.payload().a());
                      smaller.set(pairs.payload().b());
                      state.set(State.SUBTRACT);
                    }))
        .on(
            State.SUBTRACT,
            () -> {
              when(
                      swap,
                      () -> {
                        larger.set(smaller);
                        smaller.set(larger);
                      })
                  .otherwise(() -> larger.set(larger.minusWrap(smaller)));
              when(larger.eq(smaller), () -> state.set(State.DONE));
            })
        .on(State.DONE, () -> when(divisors.ready(), () -> state.set(State.IDLE)));

    pairs.ready().set(state.is(State.IDLE));
    divisors.valid().set(state.is(State.DONE));
    divisors.payload().set(smaller);
  }
}
