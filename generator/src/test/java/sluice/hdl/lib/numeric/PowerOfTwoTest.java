package sluice.hdl.lib.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.golden.Weights;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.sim.Simulator;

/** Powers of two over their whole domain, and of other sizes against the real number. */
class PowerOfTwoTest {

  /** The function in a module of its own. */
  private static final class Bench extends Module {
    final UInt x;
    final UInt power;

    Bench(PowerOfTwo function, int width) {
      super("power_bench");
      x = input(UInt.of(width));
      power = output(UInt.of(function.resultBits()));
      power.set(function.negative(x));
    }
  }

  @Test
  void everyWeightIsThatOfTheModel() {
    Bench bench = new Bench(new PowerOfTwo(6, 8, 16), 26);
    Simulator simulator = Simulator.of(bench);
    // All that give a weight, and an octave in which they have all become 0.
    for (int delta = 0; delta < 19 << 14; delta++) {
      simulator.poke(bench.x, delta);
      long power = simulator.peek(bench.power);
      if (power != Weights.weight(delta)) {
        assertThat(power).as("delta %d", delta).isEqualTo(Weights.weight(delta));
      }
    }
  }

  @Test
  void nothingIsLeftOfLargeNumbers() {
    Bench bench = new Bench(new PowerOfTwo(6, 8, 16), 26);
    Simulator simulator = Simulator.of(bench);
    Random random = new Random(4);
    for (int octave = 18; octave < 1 << 12; octave++) {
      for (int within : new int[] {0, 1, (1 << 14) - 1, random.nextInt(1 << 14)}) {
        simulator.poke(bench.x, (octave << 14) + within);
        assertThat(simulator.peek(bench.power)).isZero();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,2,8", "1,8,8,13", "3,5,20,13", "4,10,32,18", "6,2,3,10", "8,8,24,20"})
  void theErrorIsBoundedAndThePowersFall(int tableBits, int fractionBits, int unit, int width) {
    Bench bench = new Bench(new PowerOfTwo(tableBits, fractionBits, unit), width);
    Simulator simulator = Simulator.of(bench);
    double one = Math.scalb(1.0, unit);
    double chord = Math.pow(Math.log(2) / (1 << tableBits), 2) / 8;
    long before = (long) one;
    int step = Math.max(1, (1 << width) / 50_000);
    for (int x = 0; x < 1 << width; x += step) {
      simulator.poke(bench.x, x);
      long power = simulator.peek(bench.power);
      assertThat(power).isLessThanOrEqualTo(before);
      before = power;
      double exact = one * Math.pow(2, -Math.scalb((double) x, -tableBits - fractionBits));
      assertThat((double) power).as("x %d", x).isCloseTo(exact, within(1 + one * chord));
      if (x == 0) {
        assertThat(power).isEqualTo((long) one);
      }
    }
  }
}
