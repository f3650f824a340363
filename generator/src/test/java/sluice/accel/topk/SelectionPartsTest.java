package sluice.accel.topk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.golden.Selection;
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamSink;

/** The parts of Top-K, each by itself. */
@BlockTest({Filter.class, Histogram.class, BucketStore.class, ThresholdSearch.class})
class SelectionPartsTest {

  /** The bucket store beside the filter: a row comes a cycle after it is asked for. */
  private static final class Store implements Activity {
    private final Filter block;
    private final AcceleratorConfig config;
    private final Random noise = new Random(190);
    private int[] buckets = {};
    private int asked = -1;
    private int reads;

    Store(Filter block, AcceleratorConfig config) {
      this.block = block;
      this.config = config;
    }

    @Override
    public void drive(Simulator simulator) {
      int lanes = config.rowTokens();
      for (int lane = 0; lane < lanes; lane++) {
        int token = asked * lanes + lane;
        boolean known = asked >= 0 && token < buckets.length;
        simulator.poke(
            block.buckets.get(lane), known ? buckets[token] : noise.nextInt(config.buckets()));
      }
    }

    @Override
    public void sample(Simulator simulator) {
      boolean isRead = !simulator.inReset() && simulator.isHigh(block.read);
      asked = isRead ? (int) simulator.peek(block.readRow) : -1;
      reads += isRead ? 1 : 0;
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.topk.TopKConfigs#stalled")
  void theFilterPicksTheGoldenTokensAtAThreshold(TopKConfigs shape, Stalls stalls) {
    AcceleratorConfig config = shape.config();
    int lanes = config.rowTokens();
    Filter block = new Filter(config);
    BlockBench bench = BlockBench.of(block, stalls, 191);
    Simulator simulator = bench.simulator();
    Store store = simulator.attach(new Store(block, config));
    StreamSink picks = bench.sink(block.picks);
    bench.reset();
    Random random = new Random(192);
    for (int length : shape.lengths()) {
      int few = 1 + random.nextInt(4);
      int[] buckets = random.ints(length, 0, few).toArray();
      boolean dense = random.nextInt(4) == 0;
      int sink = dense ? length : random.nextInt(length + 2) / 3;
      int recent = random.nextInt(length + 2) / 3;
      Selection golden =
          Selection.select(buckets, config.buckets(), random.nextInt(length + 1), sink, recent);
      store.buckets = buckets;
      store.reads = 0;
      simulator.poke(block.dense, dense);
      bound(simulator, config, block.regions.sink(), sink);
      bound(simulator, config, block.regions.recent(), Math.max(0, length - recent));
      bound(simulator, config, block.regions.end(), length);
      simulator.poke(block.lastRow, shape.rowsOf(length) - 1);
      int threshold = golden.threshold() < 0 ? config.buckets() - 1 : golden.threshold();
      simulator.poke(block.threshold, threshold);
      simulator.poke(block.quota, golden.quota());
      int before = picks.count();
      bench.pulse(block.start);
      // The next search may have begun.
      simulator.poke(block.threshold, random.nextInt(config.buckets()));
      simulator.poke(block.quota, random.nextInt(length));
      bench.until(() -> simulator.isHigh(block.idle));
      assertThat(picks.count() - before).isEqualTo(shape.rowsOf(length));
      List<Integer> tokens = new ArrayList<>();
      for (List<BigInteger> fields : picks.receivedFields().subList(before, picks.count())) {
        for (int lane = 0; lane < lanes; lane++) {
          if (fields.get(1 + lane).signum() != 0) {
            tokens.add(fields.get(0).intValue() * lanes + lane);
          }
        }
      }
      assertThat(store.reads).isEqualTo(dense ? 0 : shape.rowsOf(length));
      List<BigInteger> last = picks.receivedFields().get(picks.count() - 1);
      assertThat(last.get(1 + lanes)).isEqualTo(BigInteger.ONE);
      assertThat(tokens)
          .as("n = %d", length)
          .isEqualTo(Arrays.stream(golden.tokens()).boxed().toList());
      assertThat(simulator.peek(block.selected)).isEqualTo(tokens.size());
    }
  }

  private static void bound(
      Simulator simulator, AcceleratorConfig config, TokenBound bound, int token) {
    int lanes = config.rowTokens();
    simulator.poke(bound.row(), token / lanes);
    simulator.poke(bound.lanes(), BigInteger.ONE.shiftLeft(token % lanes).subtract(BigInteger.ONE));
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.topk.TopKConfigs#shapes")
  void aSweepGivesTheTotalsOfAllLanesAndClearsThem(TopKConfigs shape) {
    AcceleratorConfig config = shape.config();
    int lanes = config.rowTokens();
    Histogram block = new Histogram(config);
    BlockBench bench = BlockBench.of(block, Stalls.NEVER, 193);
    Simulator simulator = bench.simulator();
    bench.reset();
    Random random = new Random(194);
    sweep(bench, block, config);
    for (int head = 0; head < 3; head++) {
      Integer[] expected = new Integer[config.buckets()];
      Arrays.fill(expected, 0);
      for (int row = 0; row < Math.min(config.rows(), 60); row++) {
        BigInteger candidates = new BigInteger(lanes, random);
        for (int lane = 0; lane < lanes; lane++) {
          int bucket = random.nextInt(head == 0 ? 2 : config.buckets());
          simulator.poke(block.buckets.get(lane), bucket);
          expected[bucket] += candidates.testBit(lane) ? 1 : 0;
        }
        simulator.poke(block.candidates, candidates);
        bench.pulse(block.count);
        // What is offered without a count does not count.
        simulator.step(random.nextInt(2));
      }
      assertThat(sweep(bench, block, config)).isEqualTo(List.of(expected));
    }
    assertThat(sweep(bench, block, config)).containsOnly(0);
  }

  /** Sweeps from word 0 up, with a gap now and then; gives the totals. */
  private static List<Integer> sweep(BlockBench bench, Histogram block, AcceleratorConfig config) {
    Simulator simulator = bench.simulator();
    List<Integer> totals = new ArrayList<>();
    int words = config.buckets() / HistogramBank.WORD_BUCKETS;
    int next = 0;
    for (int cycle = 0; totals.size() < config.buckets(); cycle++) {
      boolean sweeps = next < words && cycle % 7 != 3;
      simulator.poke(block.sweep, sweeps);
      simulator.poke(block.sweepWord, Math.min(next, words - 1));
      next += sweeps ? 1 : 0;
      if (simulator.isHigh(block.totalsValid)) {
        block.totals.forEach(total -> totals.add((int) simulator.peek(total)));
      }
      simulator.step();
    }
    simulator.poke(block.sweep, false);
    return totals;
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.topk.TopKConfigs#shapes")
  void theStoreGivesTheRowReadInTheCycleBefore(TopKConfigs shape) {
    AcceleratorConfig config = shape.config();
    BucketStore block = new BucketStore(config);
    BlockBench bench = BlockBench.of(block, Stalls.NEVER, 195);
    Simulator simulator = bench.simulator();
    bench.reset();
    Random random = new Random(196);
    int rowCount = Math.min(config.rows(), 40);
    int[][] rows = new int[2 * rowCount][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.ints(config.rowTokens(), 0, config.buckets()).toArray();
      simulator.poke(block.writeBank, i >= rowCount);
      simulator.poke(block.writeRow, i % rowCount);
      for (int lane = 0; lane < rows[i].length; lane++) {
        simulator.poke(block.writeBuckets.get(lane), rows[i][lane]);
      }
      bench.pulse(block.write);
    }
    for (int read = 0; read < 80; read++) {
      int i = random.nextInt(rows.length);
      simulator.poke(block.readBank, i >= rowCount);
      simulator.poke(block.readRow, i % rowCount);
      bench.pulse(block.read);
      for (int lane = 0; lane < rows[i].length; lane++) {
        assertThat(simulator.peek(block.buckets.get(lane))).isEqualTo(rows[i][lane]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.topk.TopKConfigs#shapes")
  void theSearchFindsTheGoldenThreshold(TopKConfigs shape) {
    AcceleratorConfig config = shape.config();
    ThresholdSearch block = new ThresholdSearch(config);
    BlockBench bench = BlockBench.of(block, Stalls.NEVER, 197);
    Simulator simulator = bench.simulator();
    int[] histogram = new int[config.buckets()];
    // The totals come as many cycles after the sweep as this.
    Deque<Integer> swept = new ArrayDeque<>(List.of(-1, -1, -1));
    simulator.attach(
        new Activity() {
          @Override
          public void drive(Simulator running) {
            int word = swept.remove();
            running.poke(block.totalsValid, word >= 0);
            for (int place = 0; place < block.totals.size(); place++) {
              int bucket = word * block.totals.size() + place;
              running.poke(block.totals.get(place), word < 0 ? 0 : histogram[bucket]);
            }
          }

          @Override
          public void sample(Simulator running) {
            boolean sweeps = !running.inReset() && running.isHigh(block.sweep);
            swept.add(sweeps ? (int) running.peek(block.sweepWord) : -1);
          }
        });
    bench.reset();
    assertThat(simulator.isHigh(block.busy)).isTrue();
    bench.until(() -> !simulator.isHigh(block.busy));
    Random random = new Random(198);
    for (int round = 0; round < 12; round++) {
      int length = 1 + random.nextInt(config.context());
      int used = 1 + random.nextInt(config.buckets());
      int[] buckets = random.ints(length, 0, used).toArray();
      Arrays.fill(histogram, 0);
      Arrays.stream(buckets).forEach(bucket -> histogram[bucket]++);
      int budget = 1 + random.nextInt(length);
      Selection golden = Selection.select(buckets, config.buckets(), budget, 0, 0);
      simulator.poke(block.budget, budget);
      bench.pulse(block.start);
      assertThat(simulator.isHigh(block.found)).isFalse();
      bench.until(() -> simulator.isHigh(block.found));
      assertThat(simulator.peek(block.threshold)).isEqualTo(golden.threshold());
      assertThat(simulator.peek(block.quota)).isEqualTo(golden.quota());
      bench.until(() -> !simulator.isHigh(block.busy));
    }
  }
}
