package sluice.hdl.lib.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
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
  @CsvSource({"18,24", "34,5", "35,24", "85,24", "89,24"})
  void aWideProductIsTheSumOfItsLimbs(int wideBits, int factorBits) {
    WideProduct multiplier = new WideProduct(wideBits, factorBits);
    Simulator simulator = Simulator.of(multiplier);
    Random random = new Random(wideBits);
    BigInteger limit = BigInteger.ONE.shiftLeft(wideBits - 1);
    for (int round = 0; round < 100; round++) {
      BigInteger wide = new BigInteger(wideBits, random).subtract(limit);
      BigInteger factor = new BigInteger(factorBits, random);
      if (round < 4) {
        wide = round < 2 ? limit.negate() : limit.subtract(BigInteger.ONE);
        factor =
            round % 2 == 0 ? BigInteger.ONE.shiftLeft(factorBits).subtract(BigInteger.ONE) : factor;
      }
      simulator.poke(multiplier.wide, wide);
      simulator.poke(multiplier.factor, factor);
      advance(simulator, multiplier.enable, WideProduct.latency(wideBits));
      assertThat(simulator.peekBigSigned(multiplier.product)).isEqualTo(wide.multiply(factor));
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
