package sluice.hdl.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.Bool;
import sluice.hdl.Encoding;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.StateRegister;
import sluice.hdl.UInt;

/** Registers, conditions, memories and hierarchy. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {SimulatorOptions.INTERPRETED, SimulatorOptions.COMPILED})
class StateSimulationTest {
  @Parameter private String engine;

  private SimulatorOptions options() {
    return SimulatorOptions.standard().withEngine(engine);
  }

  /** Registers that swap, count and keep. */
  private static final class Registers extends Module {
    final UInt in;
    final UInt left;
    final UInt right;
    final UInt untouched;
    final UInt later;

    Registers(int width) {
      in = input(UInt.of(width));
      left = register(UInt.of(width)).reset(1);
      right = register(UInt.of(width)).reset(0);
      untouched = register(UInt.of(width));
      left.set(right);
      right.set(left);
      later = delayed(in);
      UInt all = output(UInt.of(4 * width), "all");
      all.set(left.concat(right).concat(untouched).concat(later));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64, 65, 200})
  void allRegistersChangeAtOnce(int width) {
    Registers registers = new Registers(width);
    Simulator simulator = Simulator.of(registers, options());
    simulator.reset();
    for (int i = 0; i < 4; i++) {
      assertThat(simulator.peekBig(registers.left)).isEqualTo(1 - i % 2);
      assertThat(simulator.peekBig(registers.right)).isEqualTo(i % 2);
      simulator.step();
    }
  }

  @Test
  void aRegisterWithoutResetStartsWithSeededRandomBitsAndKeepsThem() {
    Registers registers = new Registers(200);
    Simulator simulator = Simulator.of(registers, options().withSeed(5));
    BigInteger start = simulator.peekBig(registers.untouched);
    assertThat(start.bitCount()).isBetween(50, 150);
    simulator.reset();
    assertThat(simulator.peekBig(registers.untouched)).isEqualTo(start);
    assertThat(Simulator.of(registers, options().withSeed(5)).peekBig(registers.untouched))
        .isEqualTo(start);
    assertThat(Simulator.of(registers, options().withSeed(6)).peekBig(registers.untouched))
        .isNotEqualTo(start);
  }

  @Test
  void aDelayedValueComesOneCycleLater() {
    Registers registers = new Registers(8);
    Simulator simulator = Simulator.of(registers, options());
    simulator.poke(registers.in, 17);
    simulator.step();
    simulator.poke(registers.in, 18);
    assertThat(simulator.peek(registers.later)).isEqualTo(17);
    simulator.step();
    assertThat(simulator.peek(registers.later)).isEqualTo(18);
  }

  @Test
  void resetTakesEffectAtAnEdgeAndOnlyOnRegistersWithAResetValue() {
    Registers registers = new Registers(8);
    Simulator simulator = Simulator.of(registers, options());
    simulator.reset();
    simulator.step();
    simulator.setReset(true);
    assertThat(simulator.peek(registers.right)).isEqualTo(1);
    simulator.poke(registers.in, 9);
    simulator.step();
    assertThat(simulator.peek(registers.right)).isEqualTo(0);
    assertThat(simulator.peek(registers.later)).isEqualTo(9);
  }

  /** Every way in which conditions combine. */
  private static final class Conditions extends Module {
    final UInt select;
    final Bool a;
    final Bool b;
    final UInt chosen;
    final UInt overridden;
    final UInt kept;

    Conditions() {
      select = input(UInt.of(3));
      a = input(Bool.of());
      b = input(Bool.of());
      chosen = output(UInt.of(8));
      when(select.eq(0), () -> chosen.set(10))
          .elseWhen(select.eq(1).or(select.eq(2)), () -> chosen.set(11))
          .elseWhen(select.eq(2), () -> chosen.set(12))
          .otherwise(() -> chosen.set(13));

      overridden = output(UInt.of(8));
      overridden.set(1);
      when(
          a,
          () -> {
            overridden.set(2);
            when(b, () -> overridden.set(3));
          });
      when(
          b.and(select.eq(7)),
          () -> {
            when(a, () -> overridden.set(4)).elseWhen(select.bit(0), () -> overridden.set(5));
          });

      kept = register(UInt.of(8)).reset(100);
      when(a, () -> kept.set(kept.plusWrap(1)));
      when(b, () -> kept.set(0));
    }
  }

  @Test
  void theFirstConditionThatHoldsDecides() {
    Conditions conditions = new Conditions();
    Simulator simulator = Simulator.of(conditions, options());
    int[] expected = {10, 11, 11, 13, 13, 13, 13, 13};
    for (int select = 0; select < 8; select++) {
      simulator.poke(conditions.select, select);
      assertThat(simulator.peek(conditions.chosen)).isEqualTo(expected[select]);
    }
  }

  @Test
  void aLaterOrInnerAssignmentOverridesWhereItsConditionHolds() {
    Conditions conditions = new Conditions();
    Simulator simulator = Simulator.of(conditions, options());
    for (int select = 0; select < 8; select++) {
      for (int flags = 0; flags < 4; flags++) {
        boolean a = (flags & 1) != 0;
        boolean b = (flags & 2) != 0;
        int expected = a ? b ? 3 : 2 : 1;
        if (b && select == 7) {
          expected = a ? 4 : 5;
        }
        simulator.poke(conditions.select, select);
        simulator.poke(conditions.a, a);
        simulator.poke(conditions.b, b);
        assertThat(simulator.peek(conditions.overridden)).isEqualTo(expected);
      }
    }
  }

  @Test
  void aRegisterThatNoConditionAssignsKeepsItsValue() {
    Conditions conditions = new Conditions();
    Simulator simulator = Simulator.of(conditions, options());
    simulator.reset();
    simulator.step(3);
    assertThat(simulator.peek(conditions.kept)).isEqualTo(100);
    simulator.poke(conditions.a, true);
    simulator.step(3);
    assertThat(simulator.peek(conditions.kept)).isEqualTo(103);
    simulator.poke(conditions.b, true);
    simulator.step();
    assertThat(simulator.peek(conditions.kept)).isZero();
  }

  /** A counter of two digits: a child counts one digit. */
  private static final class Clock extends Module {
    final Digit ones;
    final Digit tens;
    final SInt offset;
    final SInt shifted;
    final Bool always;

    Clock() {
      always = input(Bool.of());
      offset = input(SInt.of(9));
      ones = instance(new Digit());
      tens = instance(new Digit());
      ones.enable.set(always);
      tens.enable.set(ones.carry);
      shifted = output(SInt.of(10));
      shifted.set(tens.value.times(10).plus(ones.value).toSInt().plus(offset).truncate(10));
    }

    private static final class Digit extends Module {
      final Bool enable;
      final Bool carry;
      final UInt value;

      Digit() {
        enable = input(Bool.of());
        carry = output(Bool.of());
        value = output(UInt.of(4));
        UInt digit = register(UInt.of(4)).reset(0);
        Bool last = digit.eq(9);
        carry.set(last.and(enable));
        value.set(digit);
        when(enable, () -> digit.set(mux(last, UInt.literal(0, 4), digit.plusWrap(1))));
      }
    }
  }

  @Test
  void signalsOfChildrenArePeekedByObjectAndByName() {
    Clock clock = new Clock();
    Simulator simulator = Simulator.of(clock, options());
    simulator.poke(clock.offset, -100);
    simulator.reset();
    simulator.poke(clock.always, true);
    simulator.step(42);
    assertThat(simulator.cycle()).isEqualTo(46);
    assertThat(simulator.peek(clock.tens.value)).isEqualTo(4);
    assertThat(simulator.peek("ones.digit")).isEqualTo(2);
    assertThat(simulator.peekSigned(clock.shifted)).isEqualTo(42 - 100);
    assertThat(simulator.peekBigSigned(clock.shifted)).isEqualTo(42 - 100);
    assertThat(simulator.signalNames()).contains("always", "ones.digit", "tens.carry", "shifted");
    assertThatThrownBy(() -> simulator.peek("digit"))
        .hasMessage("no signal digit; there is ones.digit, tens.digit");
    assertThatThrownBy(() -> simulator.poke(clock.tens.enable, true))
        .hasMessage("tens.enable is no input of the top module");
  }

  private enum Light {
    RED,
    GREEN,
    YELLOW
  }

  private static final class Crossing extends Module {
    final UInt state;

    Crossing(Encoding encoding) {
      StateRegister<Light> light = stateRegister(Light.class, Light.YELLOW, encoding);
      light
          .on(Light.RED, () -> light.set(Light.GREEN))
          .on(Light.GREEN, () -> light.set(Light.YELLOW))
          .on(Light.YELLOW, () -> light.set(Light.RED));
      state = output(UInt.of(encoding.width(3)));
      state.set(light.encoded());
    }
  }

  @ParameterizedTest
  @CsvSource({"BINARY,0,1,2", "ONE_HOT,1,2,4", "GRAY,0,1,3"})
  void aStateMachineWalksItsStates(Encoding encoding, long red, long green, long yellow) {
    Crossing crossing = new Crossing(encoding);
    Simulator simulator = Simulator.of(crossing, options());
    simulator.reset();
    for (long expected : List.of(yellow, red, green, yellow)) {
      assertThat(simulator.peek(crossing.state)).isEqualTo(expected);
      simulator.step();
    }
  }

  @Test
  void whatDoesNotFitIsNotPoked() {
    Conditions conditions = new Conditions();
    Simulator simulator = Simulator.of(conditions, options());
    assertThatThrownBy(() -> simulator.poke(conditions.select, 8))
        .hasMessage("8 does not fit into 3 bits");
    assertThatThrownBy(() -> simulator.poke(conditions.select, -1))
        .hasMessage("-1 does not fit into 3 bits");
  }

  private static final class Unwritten extends Module {
    Unwritten() {
      Memory<UInt> table = memory(UInt.of(8), 4);
      Bool enable = input(Bool.of());
      UInt data = output(UInt.of(8));
      data.set(table.read(UInt.literal(0, 2), enable));
    }
  }

  @Test
  void aWrongCircuitIsNotSimulated() {
    assertThatThrownBy(() -> Simulator.of(new Unwritten(), options()))
        .isInstanceOf(sluice.hdl.check.ElaborationException.class);
  }
}
