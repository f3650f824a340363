package sluice.hdl.lib;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.sim.Simulator;

/** Shift registers of greatest period. */
class LfsrTest {

  /** A product of polynomials over two elements, modulo one of a degree. */
  private static long product(long a, long b, long modulus, int degree) {
    long result = 0;
    for (int i = degree - 1; i >= 0; i--) {
      result <<= 1;
      result ^= (result >> degree & 1) == 1 ? modulus : 0;
      result ^= (b >> i & 1) == 1 ? a : 0;
    }
    return result;
  }

  private static long powerOfX(long exponent, long modulus, int degree) {
    long result = 1;
    for (int i = Long.SIZE - 1; i >= 0; i--) {
      result = product(result, result, modulus, degree);
      if ((exponent >> i & 1) == 1) {
        result = product(result, 2, modulus, degree);
      }
    }
    return result;
  }

  @Test
  void everyPolynomialIsPrimitive() {
    for (int width = Lfsr.LEAST; width <= Lfsr.MOST; width++) {
      long modulus = 1;
      for (int tap : Lfsr.taps(width)) {
        modulus |= 1L << tap;
      }
      long period = (1L << width) - 1;
      assertThat(powerOfX(period, modulus, width)).as("degree %d", width).isEqualTo(1);
      long rest = period;
      for (long prime = 2; rest > 1; prime++) {
        if (rest % prime == 0) {
          // A prime period has no shorter one than itself but 1.
          assertThat(powerOfX(period / prime, modulus, width))
              .as("degree %d without %d", width, prime)
              .isNotEqualTo(1);
          while (rest % prime == 0) {
            rest /= prime;
          }
        } else if (prime * prime > rest) {
          prime = rest - 1;
        }
      }
    }
  }

  /** So its period is the order of the polynomial, whose reciprocal has the same. */
  @Test
  void everyBitIsTheParityOfTheTappedBitsBefore() {
    for (int width = Lfsr.LEAST; width <= Lfsr.MOST; width++) {
      long seed = (1L << width) / 3 | 1;
      Lfsr lfsr = new Lfsr(width, seed);
      Simulator simulator = Simulator.of(lfsr);
      simulator.poke(lfsr.advance, true);
      simulator.reset();
      List<Integer> bits = new ArrayList<>();
      for (int i = width - 1; i >= 0; i--) {
        bits.add((int) (seed >> i & 1));
      }
      for (int step = 0; step < 3 * width; step++) {
        simulator.step();
        int parity = 0;
        for (int tap : Lfsr.taps(width)) {
          parity ^= bits.get(bits.size() - tap);
        }
        assertThat(simulator.peek(lfsr.value) & 1).as("%d bits", width).isEqualTo(parity);
        bits.add(parity);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8, 12})
  void everyValueButZeroComesOnceAPeriod(int width) {
    Lfsr lfsr = new Lfsr(width, 1);
    Simulator simulator = Simulator.of(lfsr);
    simulator.poke(lfsr.advance, true);
    simulator.reset();
    boolean[] seen = new boolean[1 << width];
    for (int step = 1; step < 1 << width; step++) {
      int value = (int) simulator.peek(lfsr.value);
      assertThat(seen[value]).isFalse();
      seen[value] = true;
      simulator.step();
    }
    assertThat(seen[0]).isFalse();
    assertThat(simulator.peek(lfsr.value)).isEqualTo(1);
    simulator.poke(lfsr.advance, false);
    simulator.step(3);
    assertThat(simulator.peek(lfsr.value)).isEqualTo(1);
  }
}
