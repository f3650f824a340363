package sluice.accel.topk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.hdl.sim.Simulator;

/** Counting and clearing in one lane. */
@BlockTest(HistogramBank.class)
class HistogramBankTest {
  private static final int WORD = HistogramBank.WORD_BUCKETS;

  /**
   * @param spread how many buckets are in use; few make accesses collide
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6, 64})
  void everyAccessSeesAllThoseBefore(int spread) {
    System.out.println("seed " + spread);
    Random random = new Random(spread);
    AcceleratorConfig config = TopKConfigs.FOUR_LANES.config();
    HistogramBank bank = new HistogramBank(config);
    Simulator simulator = Simulator.of(bank);
    simulator.reset();
    for (int bucket = 0; bucket < config.buckets(); bucket += WORD) {
      access(simulator, bank, bucket, true);
    }
    long[] counters = new long[config.buckets()];
    for (int i = 0; i < 3000; i++) {
      if (random.nextInt(4) == 0) {
        simulator.poke(bank.access, false);
        simulator.poke(bank.bucket, random.nextInt(spread));
        simulator.step();
        continue;
      }
      int bucket = random.nextInt(spread);
      int first = bucket / WORD * WORD;
      boolean clear = counters[bucket] == config.rows() || random.nextInt(20) == 0;
      assertThat(access(simulator, bank, bucket, clear))
          .isEqualTo(Arrays.copyOfRange(counters, first, first + WORD));
      if (clear) {
        Arrays.fill(counters, first, first + WORD, 0);
      } else {
        counters[bucket]++;
      }
    }
  }

  /** One access; returns the counters of the word before it. */
  private static long[] access(Simulator simulator, HistogramBank bank, int bucket, boolean clear) {
    simulator.poke(bank.access, true);
    simulator.poke(bank.clear, clear);
    simulator.poke(bank.bucket, bucket);
    simulator.step();
    return bank.counts.elements().stream().mapToLong(simulator::peek).toArray();
  }
}
