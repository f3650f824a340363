package sluice.accel.topk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.golden.Selection;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** The selection against the golden model. */
@BlockTest(TopK.class)
class TopKTest {
  private static final long SEED = 4711;

  /** What one head asks for. */
  private record Head(int[] buckets, int budget, int sink, int recent) {
    @Override
    public String toString() {
      return "n = %d, k = %d, sink = %d, recent = %d"
          .formatted(buckets.length, budget, sink, recent);
    }
  }

  /** A simulated Top-K with its streams. */
  private static final class Bench {
    private final AcceleratorConfig config;
    private final TopK topK;
    private final Simulator simulator;
    private final StreamDriver buckets;
    private final StreamSink picks;

    Bench(AcceleratorConfig config) {
      this(config, Stalls.NEVER);
    }

    Bench(AcceleratorConfig config, Stalls stalls) {
      this.config = config;
      topK = new TopK(config);
      BlockBench bench = BlockBench.of(topK, stalls, SEED);
      simulator = bench.simulator();
      buckets = bench.drive(topK.buckets);
      picks = bench.sink(topK.picks);
      bench.reset();
    }

    private void start(Head head) {
      simulator.poke(topK.tokens, head.buckets.length);
      simulator.poke(topK.budget, head.budget);
      simulator.poke(topK.sink, head.sink);
      simulator.poke(topK.recent, head.recent);
      assertThat(simulator.isHigh(topK.done)).isTrue();
      simulator.poke(topK.start, true);
      simulator.step();
      simulator.poke(topK.start, false);
      assertThat(simulator.isHigh(topK.done)).isFalse();
    }

    private long finish(Head head) {
      return simulator.runUntil(
          () -> simulator.isHigh(topK.done), 10_000 + head.buckets.length * 100L);
    }

    /** Runs one head and compares its picks; returns the cycles it took. */
    private long check(Head head, Random random) {
      int lanes = config.rowTokens();
      int rows = (head.buckets.length + lanes - 1) / lanes;
      int before = picks.count();
      Rows.send(buckets, head.buckets, lanes, () -> random.nextInt(config.buckets()));
      start(head);
      long cycles = finish(head);
      List<Integer> picked = new ArrayList<>();
      List<Integer> rowIndices = new ArrayList<>();
      picks.receivedFields().stream()
          .skip(before)
          .forEach(
              fields -> {
                int row = fields.get(0).intValue();
                rowIndices.add(row);
                for (int lane = 0; lane < lanes; lane++) {
                  if (fields.get(lane + 1).signum() != 0) {
                    picked.add(row * lanes + lane);
                  }
                }
              });
      Selection golden =
          Selection.select(head.buckets, config.buckets(), head.budget, head.sink, head.recent);
      assertThat(picked)
          .as(head.toString())
          .containsExactlyElementsOf(Arrays.stream(golden.tokens()).boxed().toList());
      assertThat(rowIndices)
          .as(head.toString())
          .containsExactlyElementsOf(IntStream.range(0, rows).boxed().toList());
      assertThat(simulator.peek(topK.selected)).as(head.toString()).isEqualTo(picked.size());
      return cycles;
    }
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
        amount(random, length, config.context()));
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.topk.TopKConfigs#stalled")
  void picksTheTokensOfTheGoldenModelHeadAfterHead(TopKConfigs shape, Stalls stalls) {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    AcceleratorConfig config = shape.config();
    Bench bench = new Bench(config, stalls);
    int repetitions = config.rowTokens() <= 16 ? 3 : 1;
    for (int i = 0; i < repetitions; i++) {
      for (int length : shape.lengths()) {
        bench.check(randomHead(random, length, config), random);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.topk.TopKConfigs#small")
  void everyBudgetOfTiedTokensTakesTheFirstInOrder(TopKConfigs shape) {
    AcceleratorConfig config = shape.config();
    Bench bench = new Bench(config);
    Random random = new Random(SEED);
    int length = Math.min(config.context(), 13);
    int[] tied = new int[length];
    Arrays.fill(tied, config.buckets() / 2);
    for (int budget = 0; budget <= length; budget++) {
      bench.check(new Head(tied, budget, 0, 0), random);
      bench.check(new Head(tied, budget, 2, 1), random);
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.topk.TopKConfigs#small")
  void everyBoundOfTheForcedTokensIsKept(TopKConfigs shape) {
    AcceleratorConfig config = shape.config();
    Bench bench = new Bench(config);
    Random random = new Random(SEED);
    int length = Math.min(config.context(), 9);
    for (int sink = 0; sink <= length + 1; sink++) {
      for (int recent = 0; recent <= length + 1; recent++) {
        bench.check(
            new Head(buckets(random, length, config.buckets()), random.nextInt(3), sink, recent),
            random);
      }
    }
  }

  @Test
  void aHeadTakesItsRowsTwiceAndTheSearch() {
    AcceleratorConfig config = TopKConfigs.FOUR_LANES.config();
    Bench bench = new Bench(config);
    bench.simulator.step(config.buckets() + 10);
    int[] top = new int[config.context()];
    Arrays.fill(top, config.buckets() - 1);
    long short1 = bench.check(new Head(Arrays.copyOf(top, 512), 5, 0, 0), new Random(1));
    long long1 = bench.check(new Head(top, 5, 0, 0), new Random(1));
    assertThat(long1 - short1).isEqualTo(2 * 128);
    assertThat(short1).isLessThan(2 * 128 + 20);
    int[] bottom = new int[512];
    long searched = bench.check(new Head(bottom, 5, 0, 0), new Random(1));
    assertThat(searched - short1).isEqualTo(config.buckets() - 1);
  }

  @Test
  void manyStallsHoldTheFilterAndLoseNothing() {
    AcceleratorConfig config = TopKConfigs.FOUR_LANES.config();
    Bench bench = new Bench(config);
    Random random = new Random(SEED);
    bench.picks.stalls(1, 1);
    Head head = new Head(buckets(random, 1000, config.buckets()), 100, 4, 20);
    Rows.send(bench.buckets, head.buckets, 4, () -> 0);
    bench.start(head);
    bench.simulator.step(1000);
    assertThat(bench.simulator.isHigh(bench.topK.filtering)).isTrue();
    bench.picks.stalls(0.9, 1);
    bench.finish(head);
    bench.picks.stalls(0, 1);
    assertThat(bench.simulator.peek(bench.topK.selected)).isEqualTo(124);
    assertThat(bench.picks.count()).isEqualTo(250);
  }

  @Test
  void aResetAtAnyTimeClearsTheCounters() {
    AcceleratorConfig config = TopKConfigs.FOUR_LANES.config();
    Bench bench = new Bench(config);
    Random random = new Random(SEED);
    for (int cycles = 0; cycles < 160; cycles += 7) {
      Rows.send(bench.buckets, buckets(random, 80, config.buckets()), 4, () -> 0);
      bench.start(new Head(new int[80], 9, 3, 3));
      bench.simulator.runUntil(bench.buckets::isDone, 1000);
      bench.simulator.step(cycles);
      bench.simulator.reset();
      bench.check(randomHead(random, 100, config), random);
    }
  }

  @Test
  void theBlockIsInOnePhaseAtATime() {
    AcceleratorConfig config = TopKConfigs.FOUR_LANES.config();
    Bench bench = new Bench(config);
    TopK topK = bench.topK;
    Simulator simulator = bench.simulator;
    Head head = new Head(new int[40], 7, 1, 1);
    Rows.send(bench.buckets, head.buckets, 4, () -> 0);
    bench.start(head);
    List<String> phases = new ArrayList<>();
    while (!simulator.isHigh(topK.done)) {
      String phase =
          "%d%d%d"
              .formatted(
                  simulator.peek(topK.counting),
                  simulator.peek(topK.searching),
                  simulator.peek(topK.filtering));
      if (phases.isEmpty() || !phases.get(phases.size() - 1).equals(phase)) {
        phases.add(phase);
      }
      simulator.step();
    }
    assertThat(phases).containsExactly("100", "010", "001");
  }
}
