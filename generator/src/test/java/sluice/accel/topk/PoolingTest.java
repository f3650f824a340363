package sluice.accel.topk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.SInt;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** Pooling against the golden model. */
@BlockTest(Pooling.class)
class PoolingTest {
  private static final long SEED = 20240611;
  private static final int[] WINDOWS = {1, 3, 5, 7};

  /** A simulated pooling block with its streams. */
  private static final class Bench {
    private final AcceleratorConfig config;
    private final Pooling pooling;
    private final Simulator simulator;
    private final StreamDriver rows;
    private final StreamSink pooled;

    Bench(AcceleratorConfig config) {
      this(config, Stalls.NEVER);
    }

    Bench(AcceleratorConfig config, Stalls stalls) {
      this.config = config;
      pooling = new Pooling(config);
      BlockBench bench = BlockBench.of(pooling, stalls, SEED);
      simulator = bench.simulator();
      rows = bench.drive(pooling.rows);
      pooled = bench.sink(pooling.pooled);
      bench.reset();
    }

    private void start(int tokens, int window) {
      simulator.poke(pooling.tokens, tokens);
      simulator.poke(pooling.window, window);
      simulator.poke(pooling.start, true);
      simulator.step();
      simulator.poke(pooling.start, false);
    }

    /** Pools one head; returns the pooled scores. */
    private int[] pool(int[] scores, int window, Random random) {
      int lanes = config.rowTokens();
      int firstRow = pooled.count();
      int rowCount = (scores.length + lanes - 1) / lanes;
      start(scores.length, window);
      Rows.send(rows, scores, lanes, () -> score(random, config));
      simulator.runUntil(() -> pooled.count() == firstRow + rowCount, 10_000 + rowCount * 100L);
      simulator.step(5);
      assertThat(pooled.count()).isEqualTo(firstRow + rowCount);
      return Rows.receive(pooled, firstRow, scores.length, scoreType(config).width());
    }
  }

  private static SInt scoreType(AcceleratorConfig config) {
    return new SignalTypes(config).predicted();
  }

  /** A score, often one of the extremes. */
  private static int score(Random random, AcceleratorConfig config) {
    int most = config.heavyChannels() * ((1 << (config.queryBits() - 1)) - 1) * config.thresholds();
    return switch (random.nextInt(8)) {
      case 0 -> most;
      case 1 -> -most;
      default -> random.nextInt(2 * most + 1) - most;
    };
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.topk.TopKConfigs#stalled")
  void everyScoreBecomesTheLargestOfItsWindow(TopKConfigs shape, Stalls stalls) {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    AcceleratorConfig config = shape.config();
    Bench bench = new Bench(config, stalls);
    for (int length : shape.lengths()) {
      for (int window : WINDOWS) {
        int[] scores = random.ints(length, 0, 1).map(zero -> score(random, config)).toArray();
        assertThat(bench.pool(scores, window, random))
            .as("n = %d, w = %d", length, window)
            .isEqualTo(sluice.golden.Pooling.pool(scores, window));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.topk.TopKConfigs#shapes")
  void aSingleHighScoreSpreadsToItsWindowAndNoFurther(TopKConfigs shape) {
    AcceleratorConfig config = shape.config();
    Bench bench = new Bench(config);
    int length = Math.min(config.context(), 20);
    for (int window : WINDOWS) {
      for (int peak = 0; peak < length; peak++) {
        int[] scores = new int[length];
        Arrays.fill(scores, -5);
        scores[peak] = 7;
        int[] pooled = bench.pool(scores, window, new Random(peak));
        for (int token = 0; token < length; token++) {
          boolean near = Math.abs(token - peak) <= (window - 1) / 2;
          assertThat(pooled[token]).as("token %d, w = %d", token, window).isEqualTo(near ? 7 : -5);
        }
      }
    }
  }

  @Test
  void aHeadMayBeginWhileTheLastRowsOfTheOneBeforeAreStillHeld() {
    AcceleratorConfig config = TopKConfigs.FOUR_LANES.config();
    Bench bench = new Bench(config);
    Random random = new Random(SEED);
    int[] first = random.ints(10, -9, 10).toArray();
    int[] second = random.ints(6, -9, 10).toArray();
    bench.pooled.stalls(1, 0);
    bench.start(first.length, 7);
    Rows.send(bench.rows, first, 4, () -> score(random, config));
    bench.simulator.runUntil(bench.rows::isDone, 100);
    bench.start(second.length, 7);
    Rows.send(bench.rows, second, 4, () -> score(random, config));
    bench.simulator.step(20);
    bench.pooled.stalls(0, 0);
    bench.simulator.runUntil(() -> bench.pooled.count() == 5, 100);
    int bits = scoreType(config).width();
    assertThat(Rows.receive(bench.pooled, 0, 10, bits))
        .isEqualTo(sluice.golden.Pooling.pool(first, 7));
    assertThat(Rows.receive(bench.pooled, 3, 6, bits))
        .isEqualTo(sluice.golden.Pooling.pool(second, 7));
  }

  @Test
  void aRowIsTakenInEveryCycle() {
    Bench bench = new Bench(TopKConfigs.FOUR_LANES.config());
    bench.start(400, 5);
    Rows.send(bench.rows, new int[400], 4, () -> 0);
    assertThat(bench.simulator.runUntil(() -> bench.pooled.count() == 100, 1000)).isEqualTo(104);
  }

  @Test
  void noRowIsTakenBeforeTheStart() {
    Bench bench = new Bench(TopKConfigs.FOUR_LANES.config());
    Rows.send(bench.rows, new int[8], 4, () -> 0);
    bench.simulator.step(20);
    assertThat(bench.rows.sent()).isZero();
  }
}
