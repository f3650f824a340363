package sluice.accel.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.hdl.UInt;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;

/** Sums of amounts since the last clear. */
@BlockTest(PerformanceCounters.class)
class PerformanceCountersTest {

  @Test
  void everyCounterAddsItsOwnAmountsSinceTheClear() {
    Map<String, UInt> types = new LinkedHashMap<>();
    types.put("EVENTS", UInt.of(1));
    types.put("BEATS", UInt.of(5));
    types.put("BYTES", UInt.of(31));
    PerformanceCounters block = new PerformanceCounters(types);
    BlockBench bench = BlockBench.of(block, Stalls.NEVER, 141);
    Simulator simulator = bench.simulator();
    bench.reset();
    Random random = new Random(142);
    Map<String, Long> totals = new LinkedHashMap<>();
    for (int cycle = 0; cycle < 500; cycle++) {
      boolean clear = random.nextInt(60) == 0;
      simulator.poke(block.clear, clear);
      for (Map.Entry<String, UInt> counter : types.entrySet()) {
        long amount = random.nextLong(1L << counter.getValue().width());
        simulator.poke(block.amount(counter.getKey()), amount);
        long before = totals.getOrDefault(counter.getKey(), 0L);
        // A counter has 32 bits.
        totals.put(counter.getKey(), clear ? 0 : before + amount & 0xFFFF_FFFFL);
      }
      simulator.step();
      totals.forEach(
          (name, total) -> assertThat(simulator.peek(block.total(name))).as(name).isEqualTo(total));
    }
  }
}
