package sluice.hdl.lib;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.lib.numeric.LeadingShift;
import sluice.hdl.sim.Simulator;

/** Counting leading zeros, and shifting them out. */
class LeadingZerosTest {

  private static final class Counter extends Module {
    final UInt value;
    final UInt zeros;

    Counter(int width) {
      value = input(UInt.of(width));
      UInt count = LeadingZeros.of(value);
      zeros = output(UInt.of(count.width()));
      zeros.set(count);
    }
  }

  private static final class Shifter extends Module {
    final UInt value;
    final UInt shifted;
    final UInt shift;

    Shifter(int width, int most) {
      value = input(UInt.of(width));
      LeadingShift leading = LeadingShift.of(value, most, 0);
      shifted = output(UInt.of(width));
      shift = output(UInt.of(most + 1));
      shifted.set(leading.value());
      shift.set(leading.shift());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8, 11, 41, 60})
  void zerosAreCountedForEveryLength(int width) {
    Counter counter = new Counter(width);
    Simulator simulator = Simulator.of(counter);
    Random random = new Random(width);
    for (int length = 1; length <= width; length++) {
      simulator.poke(counter.value, ofLength(length, random));
      assertThat(simulator.peek(counter.zeros)).isEqualTo(width - length);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 12, 43})
  void aNumberIsShiftedByItsLeadingZerosOrByAllSteps(int width) {
    Shifter shifter = new Shifter(width, 2);
    Simulator simulator = Simulator.of(shifter);
    Random random = new Random(width);
    for (int length = 0; length <= width; length++) {
      long number = length == 0 ? 0 : ofLength(length, random);
      int expected = Math.min(width - length, 7);
      simulator.poke(shifter.value, number);
      assertThat(simulator.peek(shifter.shift)).isEqualTo(expected);
      assertThat(simulator.peek(shifter.shifted)).isEqualTo(number << expected);
    }
  }

  private static final class AnyCounter extends Module {
    final UInt value;
    final UInt leading;
    final UInt trailing;

    AnyCounter(int width) {
      value = input(UInt.of(width));
      leading = output(UInt.upTo(width));
      trailing = output(UInt.upTo(width));
      leading.set(LeadingZeros.ofAny(value));
      trailing.set(LeadingZeros.trailing(value));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9})
  void bothEndsAreCountedForEveryNumber(int width) {
    AnyCounter counter = new AnyCounter(width);
    Simulator simulator = Simulator.of(counter);
    for (int number = 0; number < 1 << width; number++) {
      simulator.poke(counter.value, number);
      assertThat(simulator.peek(counter.leading))
          .isEqualTo(Integer.numberOfLeadingZeros(number) - (32 - width));
      assertThat(simulator.peek(counter.trailing))
          .isEqualTo(number == 0 ? width : Integer.numberOfTrailingZeros(number));
    }
  }

  private static long ofLength(int length, Random random) {
    return 1L << (length - 1) | random.nextLong(1L << (length - 1));
  }
}
