package sluice.hdl.lib.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.Bool;
import sluice.hdl.SInt;
import sluice.hdl.sim.Simulator;

/** Products and sums that lose nothing, with all registers held while {@code enable} is low. */
class ExactProductsTest {

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 8, 13, 32})
  void aTreeAddsAnyNumberOfTerms(int count) {
    SignedAdderTree tree = new SignedAdderTree(count, 9);
    Simulator simulator = Simulator.of(tree);
    Random random = new Random(count);
    for (int round = 0; round < 50; round++) {
      long expected = 0;
      for (SInt term : tree.terms) {
        long value = round == 0 ? -256 : random.nextInt(512) - 256;
        simulator.poke(term, value);
        expected += value;
      }
      advance(simulator, tree.enable, SignedAdderTree.latency(count));
      assertThat(simulator.peekSigned(tree.sum)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "18, 24, 16, OPERATORS", "18, 24, 16, GATES",
    "34, 5, 8, OPERATORS", "34, 5, 8, GATES",
    "85, 24, 32, OPERATORS", "85, 24, 32, GATES",
    "89, 24, 8, OPERATORS", "89, 24, 8, GATES",
    "3, 2, 2, OPERATORS", "3, 2, 2, GATES"
  })
  void aSerialProductComesDigitByDigit(
      int wideBits, int factorBits, int digitBits, Arithmetic arithmetic) {
    SerialProduct unit = new SerialProduct(wideBits, factorBits, digitBits, arithmetic);
    Simulator simulator = Simulator.of(unit);
    Random random = new Random(wideBits);
    BigInteger limit = BigInteger.ONE.shiftLeft(wideBits - 1);
    BigInteger mask = BigInteger.ONE.shiftLeft(digitBits).subtract(BigInteger.ONE);
    Deque<BigInteger> expected = new ArrayDeque<>();
    int enabled = 0;
    for (int round = 0; round < 100; round++) {
      BigInteger wide = new BigInteger(wideBits, random).subtract(limit);
      BigInteger factor = new BigInteger(factorBits, random);
      if (round < 4) {
        wide = round < 2 ? limit.negate() : limit.subtract(BigInteger.ONE);
        factor =
            round % 2 == 0 ? BigInteger.ONE.shiftLeft(factorBits).subtract(BigInteger.ONE) : factor;
      }
      // Sometimes not all digits are wanted, sometimes copies of the sign.
      int digits = 1 + random.nextInt(2 + (wideBits + factorBits) / digitBits);
      BigInteger product = wide.multiply(factor);
      for (int k = 0; k < digits; k++) {
        simulator.poke(unit.load, k == 0);
        simulator.poke(unit.wide, k == 0 ? wide : new BigInteger(wideBits - 1, random));
        simulator.poke(unit.factor, k == 0 ? factor : new BigInteger(factorBits, random));
        expected.add(product.shiftRight(k * digitBits).and(mask));
        while (random.nextInt(4) == 0) {
          simulator.poke(unit.enable, false);
          simulator.step();
        }
        simulator.poke(unit.enable, true);
        simulator.step();
        if (++enabled >= SerialProduct.LATENCY) {
          assertThat(simulator.peekBig(unit.digit)).isEqualTo(expected.remove());
        }
      }
    }
  }

  /** Lets all registers advance some times, and stand still once. */
  private static void advance(Simulator simulator, Bool enable, int cycles) {
    simulator.poke(enable, true);
    simulator.step(cycles - 1);
    simulator.poke(enable, false);
    simulator.step();
    simulator.poke(enable, true);
    simulator.step();
  }
}
