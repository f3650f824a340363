package sluice.hdl.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.StateRegister;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/** Operations on numbers against Java's, for all corner values and random ones. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {SimulatorOptions.INTERPRETED, SimulatorOptions.COMPILED})
class ArithmeticTest {
  @Parameter private String engine;

  private SimulatorOptions options() {
    return SimulatorOptions.standard().withEngine(engine);
  }

  private static final int WIDTH = 10;

  /** All operations side by side. */
  private static final class Operations extends Module {
    final UInt a = input(UInt.of(WIDTH));
    final UInt b = input(UInt.of(WIDTH));
    final UInt least = output(UInt.of(WIDTH));
    final UInt most = output(UInt.of(WIDTH));
    final UInt saturated = output(UInt.of(6));
    final UInt reversed = output(UInt.of(WIDTH));
    final UInt turned = output(UInt.of(WIDTH));
    final UInt turnedBack = output(UInt.of(WIDTH));
    final UInt repeated = output(UInt.of(3 * WIDTH));
    final UInt replaced = output(UInt.of(WIDTH));
    final UInt oneBit = output(UInt.of(WIDTH));
    final SInt signedLeast = output(SInt.of(WIDTH));
    final SInt signedMost = output(SInt.of(WIDTH));
    final SInt signedSaturated = output(SInt.of(4));
    final SInt signedDifference = output(SInt.of(WIDTH));
    final SInt signedProduct = output(SInt.of(WIDTH + 3));
    final Vec<Bool> comparisons = output(Vec.of(5, Bool.of()));

    Operations() {
      SInt x = a.asSInt();
      SInt y = b.asSInt();
      least.set(a.min(b));
      most.set(a.max(b));
      saturated.set(a.saturate(6));
      reversed.set(a.reverse());
      turned.set(a.rotateLeft(3));
      turnedBack.set(a.rotateRight(13));
      repeated.set(a.repeat(3));
      replaced.set(a.withBits(4, b.truncate(3)));
      oneBit.set(a.withBit(b.truncate(4), b.bit(9)));
      signedLeast.set(x.min(y));
      signedMost.set(x.max(y));
      signedSaturated.set(x.saturate(4));
      signedDifference.set(x.minusWrap(y));
      signedProduct.set(x.times(-3));
      comparisons.get(0).set(x.ne(-7));
      comparisons.get(1).set(x.lt(-7));
      comparisons.get(2).set(x.gt(-7));
      comparisons.get(3).set(x.le(-7));
      comparisons.get(4).set(x.ge(-7));
    }
  }

  private Operations circuit;
  private Simulator simulator;

  @BeforeEach
  void build() {
    circuit = new Operations();
    simulator = Simulator.of(circuit, options());
  }

  private static long signed(long bits) {
    return bits << Long.SIZE - WIDTH >> Long.SIZE - WIDTH;
  }

  private static long turnedLeft(long bits, int amount) {
    return (bits << amount | bits >> WIDTH - amount) & (1 << WIDTH) - 1;
  }

  private void compare(long a, long b) {
    simulator.poke(circuit.a, a);
    simulator.poke(circuit.b, b);
    long x = signed(a);
    long y = signed(b);
    assertThat(simulator.peek(circuit.least)).isEqualTo(Math.min(a, b));
    assertThat(simulator.peek(circuit.most)).isEqualTo(Math.max(a, b));
    assertThat(simulator.peek(circuit.saturated)).isEqualTo(Math.min(a, 63));
    assertThat(simulator.peek(circuit.reversed)).isEqualTo(Long.reverse(a) >>> Long.SIZE - WIDTH);
    assertThat(simulator.peek(circuit.turned)).isEqualTo(turnedLeft(a, 3));
    assertThat(simulator.peek(circuit.turnedBack)).isEqualTo(turnedLeft(a, WIDTH - 3));
    assertThat(simulator.peek(circuit.repeated)).isEqualTo(a | a << WIDTH | a << 2 * WIDTH);
    assertThat(simulator.peek(circuit.replaced)).isEqualTo(a & ~0x70 | (b & 7) << 4);
    long mask = 1L << (b & 15) & (1 << WIDTH) - 1;
    assertThat(simulator.peek(circuit.oneBit)).isEqualTo(b >> 9 == 1 ? a | mask : a & ~mask);
    assertThat(signed(simulator.peek(circuit.signedLeast))).isEqualTo(Math.min(x, y));
    assertThat(signed(simulator.peek(circuit.signedMost))).isEqualTo(Math.max(x, y));
    assertThat(simulator.peek(circuit.signedSaturated) << 60 >> 60)
        .isEqualTo(Math.max(-8, Math.min(7, x)));
    assertThat(signed(simulator.peek(circuit.signedDifference))).isEqualTo(signed(x - y));
    assertThat(simulator.peek(circuit.signedProduct) << 51 >> 51).isEqualTo(-3 * x);
    boolean[] expected = {x != -7, x < -7, x > -7, x <= -7, x >= -7};
    for (int i = 0; i < expected.length; i++) {
      assertThat(simulator.isHigh(circuit.comparisons.get(i))).isEqualTo(expected[i]);
    }
  }

  @Test
  void cornersAndRandomNumbers() {
    long[] corners = {0, 1, 2, 7, 8, 62, 63, 64, 511, 512, 513, 1015, 1016, 1017, 1018, 1022, 1023};
    for (long a : corners) {
      for (long b : corners) {
        compare(a, b);
      }
    }
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      compare(random.nextInt(1 << WIDTH), random.nextInt(1 << WIDTH));
    }
  }

  private record Settings(UInt level, SInt offset, Vec<Bool> flags) implements Bundle {}

  private static final class Initial extends Module {
    final Settings seen = output(new Settings(UInt.of(8), SInt.of(6), Vec.of(2, Bool.of())));

    Initial() {
      Settings settings =
          register(
              seen,
              new Settings(
                  UInt.literal(200),
                  SInt.literal(-5),
                  Vec.from(List.of(Bool.literal(true), Bool.literal(false)))));
      connect(seen, settings);
    }
  }

  @Test
  void aBundleOfRegistersHasABundleOfResetValues() {
    Initial initial = new Initial();
    Simulator registers = Simulator.of(initial, options());
    registers.reset();
    assertThat(registers.peek(initial.seen.level())).isEqualTo(200);
    assertThat(registers.peek(initial.seen.offset()) << 58 >> 58).isEqualTo(-5);
    assertThat(registers.isHigh(initial.seen.flags().get(0))).isTrue();
    assertThat(registers.isHigh(initial.seen.flags().get(1))).isFalse();
  }

  private enum Step {
    FIRST,
    SECOND,
    THIRD
  }

  private static final class Machine extends Module {
    final Bool go = input(Bool.of());
    final UInt at = output(UInt.of(2));

    Machine() {
      StateRegister<Step> step = stateRegister(Step.class, Step.FIRST);
      step.on(Step.FIRST, () -> when(go, () -> step.set(Step.SECOND)))
          .on(Step.SECOND, () -> step.set(Step.THIRD))
          .otherwise(() -> step.set(Step.FIRST));
      at.set(step.encoded());
    }
  }

  @Test
  void otherStatesAreServedTogether() {
    Machine machine = new Machine();
    Simulator states = Simulator.of(machine, options());
    states.reset();
    states.poke(machine.go, true);
    for (int expected : new int[] {0, 1, 2, 0, 1}) {
      assertThat(states.peek(machine.at)).isEqualTo(expected);
      states.step();
    }
  }
}
