package sluice.accel.topk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.accel.topk.TopKBench.Head;
import sluice.config.AcceleratorConfig;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;

/** The selection against the golden model. */
@BlockTest(TopK.class)
class TopKTest {
  private static final long SEED = 4711;

  private static TopKBench bench(AcceleratorConfig config, Stalls stalls) {
    TopK topK = new TopK(config);
    BlockBench block = BlockBench.of(topK, stalls, SEED);
    TopKBench bench = new TopKBench(config, topK, block);
    block.reset();
    return bench;
  }

  /** Buckets of a head: spread over all, over a few, all the same, rising, or at the ends. */
  private static int[] buckets(Random random, int length, int count) {
    int kind = random.nextInt(6);
    int some = random.nextInt(count);
    int[] buckets = new int[length];
    for (int t = 0; t < length; t++) {
      buckets[t] =
          switch (kind) {
            case 0 -> random.nextInt(count);
            case 1 -> Math.min(count - 1, some + random.nextInt(2));
            case 2 -> some;
            case 3 -> (int) ((long) t * count / length);
            case 4 -> count - 1 - (int) ((long) t * count / length);
            default -> random.nextBoolean() ? 0 : count - 1;
          };
    }
    return buckets;
  }

  /** A number of tokens: none, one, part of n, about n, or the most there are. */
  private static int amount(Random random, int tokens, int context) {
    return switch (random.nextInt(7)) {
      case 0, 1 -> 0;
      case 2 -> 1;
      case 3 -> Math.min(context, tokens + random.nextInt(3));
      case 4 -> context;
      default -> random.nextInt(tokens + 1);
    };
  }

  private static Head randomHead(Random random, int length, AcceleratorConfig config) {
    return new Head(
        buckets(random, length, config.buckets()),
        amount(random, length, config.context()),
        amount(random, length, config.context()),
        amount(random, length, config.context()),
        random.nextInt(4) == 0);
  }

  private static int[] filled(int length, int bucket) {
    int[] buckets = new int[length];
    Arrays.fill(buckets, bucket);
    return buckets;
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.topk.TopKConfigs#stalled")
  void picksTheTokensOfTheGoldenModelHeadAfterHead(TopKConfigs shape, Stalls stalls) {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    AcceleratorConfig config = shape.config();
    TopKBench bench = bench(config, stalls);
    int repetitions = config.rowTokens() <= 16 ? 3 : 1;
    for (int i = 0; i < repetitions; i++) {
      for (int length : shape.lengths()) {
        bench.send(randomHead(random, length, config));
        bench.send(randomHead(random, 1 + random.nextInt(length), config));
      }
      bench.check();
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.topk.TopKConfigs#stalled")
  void denseHeadsBetweenOthersTakeAllTheirTokensAndNoRows(TopKConfigs shape, Stalls stalls) {
    AcceleratorConfig config = shape.config();
    TopKBench bench = bench(config, stalls);
    Random random = new Random(SEED);
    int length = Math.min(config.context(), 3 * config.rowTokens() - 1);
    for (int pattern = 0; pattern < 16; pattern++) {
      for (int head = 0; head < 4; head++) {
        boolean dense = (pattern >> head & 1) != 0;
        int n = 1 + random.nextInt(length);
        int[] buckets = dense ? new int[n] : buckets(random, n, config.buckets());
        bench.send(new Head(buckets, random.nextInt(n + 1), 0, 0, dense));
      }
    }
    bench.check();
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.topk.TopKConfigs#small")
  void everyBudgetOfTiedTokensTakesTheFirstInOrder(TopKConfigs shape) {
    AcceleratorConfig config = shape.config();
    TopKBench bench = bench(config, Stalls.NEVER);
    int length = Math.min(config.context(), 13);
    int[] tied = filled(length, config.buckets() / 2);
    for (int budget = 0; budget <= length; budget++) {
      bench.send(new Head(tied, budget, 0, 0), new Head(tied, budget, 2, 1));
    }
    bench.check();
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.topk.TopKConfigs#small")
  void theThresholdIsFoundInEveryBucket(TopKConfigs shape) {
    AcceleratorConfig config = shape.config();
    TopKBench bench = bench(config, Stalls.NEVER);
    int length = Math.min(config.context(), 9);
    for (int bucket = 0; bucket < Math.min(config.buckets(), 64); bucket++) {
      int[] buckets = filled(length, bucket);
      buckets[length / 2] = Math.min(config.buckets() - 1, bucket + 1);
      bench.send(new Head(buckets, 1, 0, 0), new Head(buckets, 2, 0, 0));
      bench.send(new Head(buckets, length + 1, 0, 0));
    }
    bench.check();
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.topk.TopKConfigs#small")
  void everyBoundOfTheForcedTokensIsKept(TopKConfigs shape) {
    AcceleratorConfig config = shape.config();
    TopKBench bench = bench(config, Stalls.NEVER);
    Random random = new Random(SEED);
    int length = Math.min(config.context(), 9);
    for (int sink = 0; sink <= length + 1; sink++) {
      for (int recent = 0; recent <= length + 1; recent++) {
        int[] buckets = buckets(random, length, config.buckets());
        bench.send(new Head(buckets, random.nextInt(3), sink, recent));
      }
    }
    bench.check();
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.topk.TopKConfigs#shapes")
  void headsFollowEachOtherInTheirRowsAndASweep(TopKConfigs shape) {
    AcceleratorConfig config = shape.config();
    TopKBench bench = bench(config, Stalls.NEVER);
    int rows = Math.min(config.rows(), 64);
    int lanes = config.rowTokens();
    // All lanes hit the same bucket in all cycles, and the threshold is in the last word.
    int[] lowest = new int[rows * lanes];
    for (int head = 0; head < 6; head++) {
      bench.send(new Head(lowest, lanes, 0, 0));
    }
    bench.check();
    List<Long> ends = bench.filtered();
    for (int head = 2; head < ends.size(); head++) {
      assertThat(ends.get(head) - ends.get(head - 1))
          .as("cycles of head %d", head)
          .isLessThanOrEqualTo(rows + config.buckets() / 4 + 20);
    }
    if (rows > 20) {
      assertThat(bench.phases()).as("counting and filtering at once").contains("101");
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.topk.TopKConfigs#shapes")
  void noLaneStallsWhateverBucketsItHits(TopKConfigs shape) {
    AcceleratorConfig config = shape.config();
    TopKBench bench = bench(config, Stalls.NEVER);
    int lanes = config.rowTokens();
    int rows = Math.min(config.rows(), 60);
    bench.simulator().step(config.buckets() / 4 + 20);
    for (int distance = 1; distance <= 3; distance++) {
      // The same counter, or word, comes back after as many cycles.
      int[] buckets = new int[rows * lanes];
      for (int t = 0; t < buckets.length; t++) {
        buckets[t] = t / lanes % distance * 5;
      }
      bench.send(new Head(buckets, rows * lanes / 2, 0, 0));
      bench.check();
      List<Long> cycles = bench.buckets().transferCycles();
      int last = cycles.size() - 1;
      assertThat(cycles.get(last) - cycles.get(last - rows + 1)).isEqualTo(rows - 1);
    }
  }

  /** Configurations with rows of 1 to 512 tokens and each number of words in the histogram. */
  static Stream<AcceleratorConfig> latencies() {
    int[] channels = {1, 1, 2, 8, 32};
    int[] channelBits = {64, 64, 64, 128, 256};
    int[] heavy = {32, 8, 8, 8, 8};
    int[] buckets = {16, 64, 1024, 256, 64};
    return IntStream.range(0, buckets.length)
        .mapToObj(
            i ->
                TopKConfigs.of(channels[i], channelBits[i], heavy[i], 2, 4, buckets[i], 1024, 512));
  }

  @ParameterizedTest
  @MethodSource("latencies")
  void theThresholdIsFoundAsSoonAsItSays(AcceleratorConfig config) {
    int lanes = config.rowTokens();
    TopKBench bench = bench(config, Stalls.NEVER);
    bench.simulator().step(config.buckets() / 4 + 20);
    int words = config.buckets() / 4;
    int logLanes = Integer.numberOfTrailingZeros(lanes);
    int[] bucketsOfWords = {0, 3, 4, config.buckets() / 2, config.buckets() - 1};
    for (int bucket : bucketsOfWords) {
      bench.send(new Head(filled(lanes, bucket), 1, 0, 0));
      bench.check();
      int last = bench.filters().size() - 1;
      long lastRow = bench.counted().get(last) - 1;
      // The filter begins in the cycle after the threshold is found.
      long latency = bench.filters().get(last) - 1 - lastRow;
      assertThat(latency)
          .as("R = %d, T = %d", lanes, bucket)
          .isEqualTo(words - bucket / 4 + 4 + (logLanes + 1) / 2)
          .isLessThanOrEqualTo(words + 16);
    }
  }

  @Test
  void manyStallsHoldTheFilterAndLoseNothing() {
    AcceleratorConfig config = TopKConfigs.FOUR_LANES.config();
    TopKBench bench = bench(config, Stalls.NEVER);
    Random random = new Random(SEED);
    bench.picks().stalls(1, 1);
    for (int head = 0; head < 3; head++) {
      bench.send(new Head(buckets(random, 1000, config.buckets()), 100, 4, 20));
    }
    bench.simulator().step(2000);
    // The second head is counted and searched; the third finds no bank.
    assertThat(bench.simulator().isHigh(bench.topK().filtering)).isTrue();
    assertThat(bench.counted()).hasSize(2);
    assertThat(bench.buckets().sent()).isEqualTo(500);
    bench.picks().stalls(0.9, 1);
    bench.check();
  }

  @Test
  void aResetAtAnyTimeClearsTheCounters() {
    AcceleratorConfig config = TopKConfigs.FOUR_LANES.config();
    TopKBench bench = bench(config, Stalls.NEVER);
    Random random = new Random(SEED);
    for (int cycles = 0; cycles < 80; cycles += 3) {
      bench.send(new Head(buckets(random, 80, config.buckets()), 9, 3, 3));
      bench.simulator().runUntil(bench.buckets()::isDone, 1000);
      bench.simulator().step(cycles);
      bench.reset();
      bench.send(randomHead(random, 100, config));
      bench.check();
    }
  }

  @Test
  void aHeadByItselfIsInOnePhaseAtATime() {
    AcceleratorConfig config = TopKConfigs.FOUR_LANES.config();
    TopKBench bench = bench(config, Stalls.NEVER);
    Simulator simulator = bench.simulator();
    simulator.step(40);
    assertThat(simulator.isHigh(bench.topK().idle)).isTrue();
    bench.send(new Head(new int[40], 7, 1, 1));
    bench.check();
    bench.send(new Head(new int[40], 0, 0, 0, true));
    bench.check();
    assertThat(bench.phases())
        .containsExactly("000", "100", "010", "001", "000", "010", "001", "000");
  }
}
