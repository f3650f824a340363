package sluice.hdl.lib;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.sim.Simulator;

/** Rotations by a signal, counts of ones and prefixes against plain Java. */
class BitOperationsTest {

  private static final class Rotations extends Module {
    final UInt value;
    final UInt amount;
    final UInt left;
    final UInt right;
    final UInt ones;

    Rotations(int width, int amountWidth) {
      value = input(UInt.of(width));
      amount = input(UInt.of(amountWidth));
      left = output(UInt.of(width));
      right = output(UInt.of(width));
      ones = output(UInt.upTo(width));
      left.set(value.rotateLeft(amount));
      right.set(value.rotateRight(amount));
      ones.set(value.popCount());
    }
  }

  private static BigInteger rotated(BigInteger value, int width, int left) {
    BigInteger result = BigInteger.ZERO;
    for (int i = 0; i < width; i++) {
      if (value.testBit(i)) {
        result = result.setBit(Math.floorMod(i + left, width));
      }
    }
    return result;
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,3", "5,3", "8,3", "8,5", "13,6", "32,5", "70,7", "100,9"})
  void rotationsAreModuloTheWidthAndOnesAreCounted(int width, int amountWidth) {
    Rotations circuit = new Rotations(width, amountWidth);
    Simulator simulator = Simulator.of(circuit);
    Random random = new Random(width);
    for (int amount = 0; amount < 1 << amountWidth; amount++) {
      BigInteger value =
          amount == 0
              ? BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE)
              : new BigInteger(width, random);
      simulator.poke(circuit.value, value);
      simulator.poke(circuit.amount, amount);
      assertThat(simulator.peekBig(circuit.left)).isEqualTo(rotated(value, width, amount));
      assertThat(simulator.peekBig(circuit.right)).isEqualTo(rotated(value, width, -amount));
      assertThat(simulator.peek(circuit.ones)).isEqualTo(value.bitCount());
    }
  }

  @Test
  void constantsAreCountedAndTurnedWhileTheCircuitIsBuilt() {
    UInt constant = UInt.literal(0b1011, 5);
    assertThat(constant.popCount().width()).isEqualTo(3);
    assertThat(constant.rotateLeft(UInt.literal(2)).width()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 8, 9, 31})
  void scansCombineInOrderWithLeastDepth(int count) {
    record Part(String text, int depth) {
      Part then(Part later) {
        return new Part(text + later.text, Math.max(depth, later.depth) + 1);
      }
    }
    List<Part> letters = new ArrayList<>();
    String text = "";
    for (int i = 0; i < count; i++) {
      letters.add(new Part(String.valueOf((char) ('A' + i)), 0));
      text += (char) ('A' + i);
    }
    List<Part> inclusive = PrefixScan.inclusive(letters, Part::then);
    List<Part> exclusive = PrefixScan.exclusive(letters, new Part("", 0), Part::then);
    assertThat(inclusive).hasSize(count);
    assertThat(exclusive).hasSize(count);
    for (int i = 0; i < count; i++) {
      assertThat(inclusive.get(i).text()).isEqualTo(text.substring(0, i + 1));
      assertThat(exclusive.get(i).text()).isEqualTo(text.substring(0, i));
      assertThat(1 << inclusive.get(i).depth()).isLessThan(2 * count);
    }
  }

  private static final class Minima extends Module {
    final Vec<UInt> values = input(Vec.of(6, UInt.of(5)));
    final Vec<UInt> least = output(Vec.of(6, UInt.of(5)));

    Minima() {
      List<UInt> minima = PrefixScan.inclusive(values.elements(), UInt::min);
      connect(least, Vec.from(minima));
    }
  }

  @Test
  void theLeastOfEachBeginning() {
    Minima circuit = new Minima();
    Simulator simulator = Simulator.of(circuit);
    Random random = new Random(3);
    for (int run = 0; run < 50; run++) {
      int expected = 31;
      List<Integer> values = random.ints(6, 0, 32).boxed().toList();
      for (int i = 0; i < 6; i++) {
        simulator.poke(circuit.values.get(i), values.get(i));
      }
      for (int i = 0; i < 6; i++) {
        expected = Math.min(expected, values.get(i));
        assertThat(simulator.peek(circuit.least.get(i))).isEqualTo(expected);
      }
    }
  }
}
