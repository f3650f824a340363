package sluice.accel.topk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.golden.Selection.Buckets;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** Bucketing against the golden model. */
@BlockTest(Bucketing.class)
class BucketingTest {
  private static final long SEED = 77;

  private static int most(AcceleratorConfig config) {
    return config.heavyChannels() * ((1 << (config.queryBits() - 1)) - 1) * config.thresholds();
  }

  private static void check(
      AcceleratorConfig config, Stalls stalls, int lo, int hi, Random random) {
    Bucketing bucketing = new Bucketing(config);
    BlockBench bench = BlockBench.of(bucketing, stalls, SEED);
    Simulator simulator = bench.simulator();
    StreamDriver pooled = bench.drive(bucketing.pooled);
    StreamSink buckets = bench.sink(bucketing.buckets);
    Buckets golden = Buckets.covering(lo, hi, config.buckets());
    simulator.poke(bucketing.lowest, lo);
    simulator.poke(bucketing.shift, golden.shift());
    bench.reset();
    int lanes = config.rowTokens();
    int[] scores = random.ints(20L * lanes, lo, hi + 1).toArray();
    scores[0] = lo;
    scores[lanes] = hi;
    Rows.send(pooled, scores, lanes, () -> 0);
    bench.until(() -> buckets.count() == 20);
    assertThat(Rows.receive(buckets, 0, scores.length, 0))
        .as("lo = %d, hi = %d", lo, hi)
        .isEqualTo(Arrays.stream(scores).map(golden::of).toArray());
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.topk.TopKConfigs#stalled")
  void everyScoreFallsIntoItsBucket(TopKConfigs shape, Stalls stalls) {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    AcceleratorConfig config = shape.config();
    int most = most(config);
    check(config, stalls, -most, most, random);
    check(config, stalls, 0, most, random);
    check(config, stalls, -most, 0, random);
    check(config, stalls, 3, 3, random);
    check(config, stalls, -most, -most, random);
    check(config, stalls, most, most, random);
    for (int i = 0; i < 5; i++) {
      int lo = -random.nextInt(most + 1);
      check(config, stalls, lo, lo + random.nextInt(most - lo + 1), random);
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
