package sluice.hdl.lib;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.sim.Simulator;

/** Counts of the ones below each bit, a word a cycle. */
class PrefixCountTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 13, 16, 64, 100, 256})
  void everyBitGetsTheNumberOfOnesBelowIt(int count) {
    System.out.println("seed " + count);
    Random random = new Random(count);
    PrefixCount prefix = new PrefixCount(count);
    Simulator simulator = Simulator.of(prefix);
    Deque<BigInteger> words = new ArrayDeque<>();
    for (int cycle = 0; cycle < 60; cycle++) {
      BigInteger word =
          switch (cycle % 4) {
            case 0 -> BigInteger.ONE.shiftLeft(count).subtract(BigInteger.ONE);
            case 1 -> BigInteger.ONE.shiftLeft(random.nextInt(count));
            default -> new BigInteger(count, random);
          };
      simulator.poke(prefix.bits, word);
      words.add(word);
      if (words.size() > prefix.latency()) {
        BigInteger then = words.remove();
        for (int i = 0; i < count; i++) {
          BigInteger lower = then.mod(BigInteger.ONE.shiftLeft(i));
          assertThat(simulator.peek(prefix.below.get(i))).isEqualTo(lower.bitCount());
        }
        assertThat(simulator.peek(prefix.total)).isEqualTo(then.bitCount());
      }
      simulator.step();
    }
  }
}
