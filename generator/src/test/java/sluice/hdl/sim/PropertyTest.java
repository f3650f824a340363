package sluice.hdl.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.Balanced;
import sluice.hdl.Bool;
import sluice.hdl.Depth;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.StreamContract;
import sluice.hdl.UInt;

/** Properties are looked at in every cycle of a simulation. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {SimulatorOptions.INTERPRETED, SimulatorOptions.COMPILED})
class PropertyTest {
  @Parameter private String engine;

  private SimulatorOptions options() {
    return SimulatorOptions.standard().withEngine(engine);
  }

  /** A counter that has to stay below a limit. */
  private static final class Counter extends Module {
    final Bool enable = input(Bool.of());
    final Bool odd = input(Bool.of());
    final UInt value = output(UInt.of(4));

    Counter(int limit) {
      UInt count = register(UInt.of(4)).reset(0);
      value.set(count);
      when(
              enable,
              () -> {
                count.set(count.plusWrap(1));
                cover(count.eq(3), "passes 3");
                when(odd, () -> always(count.bit(0), "an odd count")); // odd
              })
          .elseWhen(odd, () -> cover(count.eq(3), "rests at 3"))
          .otherwise(() -> assume(count.ne(9), "nobody stops at 9"));
      always(count.lt(limit), "a count stays below the limit");
    }
  }

  private static final class Around extends Module {
    final Counter first;

    Around() {
      first = instance(new Counter(5));
      first.enable.set(true);
      first.odd.set(false);
      output(UInt.of(4), "value").set(first.value);
    }
  }

  @Test
  void aFailedAssertionIsToldWithCyclePlaceAndLine() {
    Simulator simulator = Simulator.of(new Around(), options());
    simulator.reset();
    simulator.step(5);
    assertThatThrownBy(simulator::step)
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching(
            "assertion failed in cycle 9 in first: a count stays below the limit"
                + " \\(PropertyTest\\.java:\\d+\\)");
  }

  @Test
  void conditionsAroundAPropertyCount() {
    Counter counter = new Counter(15);
    Simulator simulator = Simulator.of(counter, options());
    simulator.reset();
    simulator.poke(counter.odd, true);
    simulator.step(3);
    simulator.poke(counter.odd, false);
    simulator.poke(counter.enable, true);
    simulator.step();
    simulator.poke(counter.odd, true);
    simulator.step();
    assertThatThrownBy(simulator::step).hasMessageContaining(": an odd count (PropertyTest.java:");
  }

  @Test
  void aFailedAssumptionIsCalledSo() {
    Counter counter = new Counter(15);
    Simulator simulator = Simulator.of(counter, options());
    simulator.reset();
    simulator.poke(counter.enable, true);
    simulator.step(9);
    simulator.poke(counter.enable, false);
    assertThatThrownBy(simulator::step)
        .hasMessageContaining("assumption failed in cycle 13: nobody stops at 9 (");
  }

  @Test
  void coveredConditionsAreCounted() {
    Counter counter = new Counter(15);
    Simulator simulator = Simulator.of(counter, options());
    simulator.reset();
    assertThat(simulator.covers()).extracting(Cover::cycles).containsExactly(0L, 0L);
    simulator.poke(counter.enable, true);
    simulator.step(3);
    simulator.poke(counter.enable, false);
    simulator.poke(counter.odd, true);
    simulator.step(7);
    assertThat(simulator.covers()).extracting(Cover::cycles).containsExactly(0L, 7L);
    simulator.poke(counter.enable, true);
    simulator.step();
    assertThat(simulator.covers()).extracting(Cover::cycles).containsExactly(1L, 7L);
    assertThat(simulator.covers())
        .extracting(Cover::text)
        .containsExactly("passes 3", "rests at 3");
  }

  @Test
  void nothingIsLookedAtDuringResetNorBeforeTheFirst() {
    Counter counter = new Counter(0);
    Simulator simulator = Simulator.of(counter, options());
    simulator.step(3);
    simulator.reset();
    assertThatThrownBy(simulator::step).hasMessageContaining("in cycle 7:");
  }

  /** Properties of logic that needs no reset. */
  private static final class Plain extends Module {
    final UInt a = input(UInt.of(4));

    Plain() {
      output(UInt.of(4), "b").set(a);
      always(a.lt(9), "below 9");
    }
  }

  @Test
  void aCircuitWithoutResetIsLookedAtFromTheStart() {
    Plain plain = new Plain();
    Simulator simulator = Simulator.of(plain, options());
    simulator.step();
    simulator.poke(plain.a, 9);
    assertThatThrownBy(simulator::step).hasMessageContaining("in cycle 1: below 9 (");
  }

  /** Passes a stream on as it comes from outside. */
  private static final class Wires extends Module {
    final Stream<UInt> in = input(Stream.of(UInt.of(8)));
    final Stream<UInt> out = output(Stream.of(UInt.of(8)));

    Wires(boolean assumed) {
      in.to(out);
      if (assumed) {
        StreamContract.assume(in);
      } else {
        StreamContract.check(out); // check
      }
    }
  }

  private Simulator offered(Wires wires) {
    Simulator simulator = Simulator.of(wires, options());
    simulator.reset();
    simulator.poke(wires.in.valid(), true);
    simulator.poke(wires.in.payload(), 5);
    simulator.step(3);
    return simulator;
  }

  @Test
  void aStreamThatTakesAnOfferBackBreaksItsContract() {
    Wires wires = new Wires(false);
    Simulator simulator = offered(wires);
    simulator.poke(wires.in.valid(), false);
    assertThatThrownBy(simulator::step)
        .hasMessageContaining(": an offered value is not taken back (PropertyTest.java:");
  }

  @Test
  void aStreamThatChangesAnOfferBreaksItsContract() {
    Wires wires = new Wires(true);
    Simulator simulator = offered(wires);
    simulator.poke(wires.in.payload(), 6);
    assertThatThrownBy(simulator::step)
        .hasMessageContaining("assumption failed in cycle 7: an offered value does not change (");
  }

  @Test
  void aStreamMayOfferAnotherValueWhenTheFirstIsTaken() {
    Wires wires = new Wires(false);
    Simulator simulator = offered(wires);
    simulator.poke(wires.out.ready(), true);
    simulator.step();
    simulator.poke(wires.in.payload(), 6);
    simulator.step();
    simulator.poke(wires.in.valid(), false);
    simulator.step();
    assertThat(simulator.cycle()).isEqualTo(10);
  }

  /** A sum of two stages, with a property of its operands. */
  private static final class Staged extends Module {
    final UInt a = input(UInt.of(4));
    final UInt sum = output(UInt.of(9));

    Staged() {
      sum.set(Balanced.pipeline(a, Depth.stages(2), this::sum).output());
    }

    private UInt sum(UInt in) {
      UInt square = in.times(in);
      always(square.lt(100).and(in.lt(10)), "a small operand");
      return square.plus(in);
    }
  }

  @Test
  void aPropertyOfABalancedFunctionSpeaksOfTheInputs() {
    Staged staged = new Staged();
    Simulator simulator = Simulator.of(staged, options());
    simulator.poke(staged.a, 9);
    simulator.step(3);
    assertThat(simulator.peek(staged.sum)).isEqualTo(90);
    simulator.poke(staged.a, 10);
    assertThatThrownBy(simulator::step).hasMessageContaining("in cycle 3: a small operand (");
  }
}
