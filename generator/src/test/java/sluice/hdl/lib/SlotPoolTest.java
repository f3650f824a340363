package sluice.hdl.lib;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.sim.Simulator;

@Tag("block")
class SlotPoolTest {

  @ParameterizedTest
  @ValueSource(ints = {5, 1, 2, 8, 13})
  void aNumberIsLentToOneUserAtATime(int slots) {
    SlotPool pool = new SlotPool(slots);
    Simulator simulator = Simulator.of(pool);
    Random random = new Random(slots);
    List<Long> lent = new ArrayList<>();
    simulator.reset();
    int most = 0;
    int takenInAll = 0;
    for (int cycle = 0; cycle < 400; cycle++) {
      // Long phases in which more is taken, or more comes back.
      boolean take = random.nextInt(8) < (cycle / 50 % 2 == 0 ? 7 : 2);
      boolean back = !lent.isEmpty() && random.nextInt(8) < (cycle / 50 % 2 == 0 ? 2 : 7);
      simulator.poke(pool.free.ready(), take);
      simulator.poke(pool.release, back);
      long returned = back ? lent.get(random.nextInt(lent.size())) : 0;
      simulator.poke(pool.released, returned);
      assertThat(simulator.isHigh(pool.free.valid())).isEqualTo(lent.size() < slots);
      assertThat(simulator.peek(pool.lent)).isEqualTo(lent.size());
      long offered = simulator.peek(pool.free.payload());
      boolean taken = take && simulator.isHigh(pool.free.valid());
      simulator.step();
      if (taken) {
        assertThat(offered).isBetween(0L, slots - 1L);
        assertThat(lent).doesNotContain(offered);
        lent.add(offered);
        takenInAll++;
      }
      if (back) {
        lent.remove(returned);
      }
      most = Math.max(most, lent.size());
    }
    assertThat(most).isEqualTo(slots);
    assertThat(takenInAll).isGreaterThan(2 * slots);
  }
}
