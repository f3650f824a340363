package sluice.accel.topk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.config.AcceleratorConfig;
import sluice.golden.Selection.Buckets;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** Bucketing against the golden model. */
class BucketingTest {
  private static final long SEED = 77;

  private static int most(AcceleratorConfig config) {
    return config.heavyChannels() * ((1 << (config.queryBits() - 1)) - 1) * config.thresholds();
  }

  private static void check(AcceleratorConfig config, int lo, int hi, Random random) {
    Bucketing bucketing = new Bucketing(config);
    Simulator simulator = Simulator.of(bucketing);
    StreamDriver pooled = simulator.drive(bucketing.pooled).stalls(0.3, random.nextLong());
    StreamSink buckets = simulator.sink(bucketing.buckets).stalls(0.4, random.nextLong());
    Buckets golden = Buckets.covering(lo, hi, config.buckets());
    simulator.poke(bucketing.lowest, lo);
    simulator.poke(bucketing.shift, golden.shift());
    simulator.reset();
    int lanes = config.rowTokens();
    int[] scores = random.ints(20L * lanes, lo, hi + 1).toArray();
    scores[0] = lo;
    scores[lanes] = hi;
    Rows.send(pooled, scores, lanes, () -> 0);
    simulator.runUntil(() -> buckets.count() == 20, 1000);
    assertThat(Rows.receive(buckets, 0, scores.length, 0))
        .as("lo = %d, hi = %d", lo, hi)
        .isEqualTo(Arrays.stream(scores).map(golden::of).toArray());
  }

  @ParameterizedTest
  @EnumSource
  void everyScoreFallsIntoItsBucket(TopKConfigs shape) {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    AcceleratorConfig config = shape.config();
    int most = most(config);
    check(config, -most, most, random);
    check(config, 0, most, random);
    check(config, -most, 0, random);
    check(config, 3, 3, random);
    check(config, -most, -most, random);
    check(config, most, most, random);
    for (int i = 0; i < 5; i++) {
      int lo = -random.nextInt(most + 1);
      check(config, lo, lo + random.nextInt(most - lo + 1), random);
    }
  }

  @Test
  void aRowIsTakenInEveryCycle() {
    Bucketing bucketing = new Bucketing(TopKConfigs.FOUR_LANES.config());
    Simulator simulator = Simulator.of(bucketing);
    StreamDriver pooled = simulator.drive(bucketing.pooled);
    StreamSink buckets = simulator.sink(bucketing.buckets);
    simulator.reset();
    Rows.send(pooled, new int[400], 4, () -> 0);
    assertThat(simulator.runUntil(() -> buckets.count() == 100, 1000)).isEqualTo(102);
  }
}
