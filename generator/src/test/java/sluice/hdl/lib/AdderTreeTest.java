package sluice.hdl.lib;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.UInt;
import sluice.hdl.sim.Simulator;

/** Exact sums, one a cycle. */
class AdderTreeTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 16, 17, 100})
  void sumsComeInOrderAfterTheLatency(int count) {
    System.out.println("seed " + count);
    Random random = new Random(count);
    AdderTree tree = new AdderTree(count, UInt.of(9));
    Simulator simulator = Simulator.of(tree);
    simulator.reset();
    Deque<Long> expected = new ArrayDeque<>();
    for (int i = 0; i < tree.latency(); i++) {
      expected.add(-1L);
    }
    for (int cycle = 0; cycle < 200; cycle++) {
      boolean valid = cycle % 50 < 40 && random.nextInt(4) > 0;
      long sum = 0;
      for (UInt value : tree.values) {
        int number = random.nextInt(3) == 0 ? 511 : random.nextInt(512);
        simulator.poke(value, number);
        sum += number;
      }
      simulator.poke(tree.valid, valid);
      boolean busy = expected.stream().anyMatch(s -> s >= 0);
      expected.add(valid ? sum : -1L);
      long now = expected.remove();
      assertThat(simulator.isHigh(tree.sumValid)).isEqualTo(now >= 0);
      assertThat(simulator.isHigh(tree.busy)).isEqualTo(busy);
      if (now >= 0) {
        assertThat(simulator.peek(tree.sum)).isEqualTo(now);
      }
      simulator.step();
    }
  }
}
