package sluice.accel.topk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockTest;
import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.golden.Selection;
import sluice.golden.Selection.Buckets;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** Pooling, buckets and selection in a chain, from predicted scores to picks. */
@BlockTest({})
class ScoresToPicksTest {

  /** The blocks in a chain. */
  private static final class Chain extends Module {
    final Bool start;
    final UInt tokens;
    final UInt window;
    final Stream<TopK.Head> heads;
    final SInt lowest;
    final UInt shift;
    final Stream<Vec<SInt>> rows;
    final Stream<PickRow> picks;
    final Bool filtered;

    Chain(AcceleratorConfig config) {
      SignalTypes types = new SignalTypes(config);
      start = input(Bool.of());
      tokens = input(types.tokens());
      window = input(UInt.of(3));
      heads = input(Stream.of(TopK.Head.type(config)));
      lowest = input(types.predicted());
      shift = input(types.bucketShift());
      rows = input(Stream.of(Vec.of(config.rowTokens(), types.predicted())));
      picks = output(Stream.of(PickRow.type(config)));
      filtered = output(Bool.of());

      Pooling pooling = instance(new Pooling(config));
      Bucketing bucketing = instance(new Bucketing(config));
      TopK topK = instance(new TopK(config));
      pooling.start.set(start);
      pooling.tokens.set(tokens);
      pooling.window.set(window);
      rows.to(pooling.rows);
      bucketing.lowest.set(lowest);
      bucketing.shift.set(shift);
      pooling.pooled.to(bucketing.pooled);
      heads.to(topK.heads);
      bucketing.buckets.to(topK.buckets);
      topK.picks.to(picks);
      filtered.set(topK.filtered);
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.topk.TopKConfigs#shapes")
  void scoresBecomeThePicksOfTheGoldenModel(TopKConfigs shape) {
    long seed = 99;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    AcceleratorConfig config = shape.config();
    int lanes = config.rowTokens();
    Chain chain = new Chain(config);
    Simulator simulator = Simulator.of(chain);
    StreamDriver rows = simulator.drive(chain.rows);
    StreamDriver heads = simulator.drive(chain.heads);
    StreamSink picks = simulator.sink(chain.picks);
    simulator.reset();
    int[] lengths = shape.lengths();
    for (int head = 0; head < (lanes > 16 ? 6 : 20); head++) {
      int length = head < lengths.length ? lengths[head] : 1 + random.nextInt(config.context());
      int lo = -random.nextInt(25);
      int hi = lo + random.nextInt(25 - lo);
      int[] scores = random.ints(length, lo, hi + 1).toArray();
      int window = 1 + 2 * random.nextInt(4);
      int budget = random.nextInt(length + 1);
      int sink = random.nextInt(5);
      int recent = random.nextInt(5);
      Buckets buckets = Buckets.covering(lo, hi, config.buckets());

      simulator.poke(chain.tokens, length);
      simulator.poke(chain.window, window);
      simulator.poke(chain.lowest, lo);
      simulator.poke(chain.shift, buckets.shift());
      rows.stalls(random.nextInt(3) / 4.0, random.nextLong());
      picks.stalls(random.nextInt(3) / 4.0, random.nextLong());
      int before = picks.count();
      heads.send(length, sink, recent, budget, 0);
      Rows.send(rows, scores, lanes, () -> random.nextInt(49) - 24);
      simulator.poke(chain.start, true);
      simulator.step();
      simulator.poke(chain.start, false);
      simulator.runUntil(() -> simulator.isHigh(chain.filtered), 4000 + 20L * length);

      int[] pooled = sluice.golden.Pooling.pool(scores, window);
      int[] expected =
          Selection.select(
                  Arrays.stream(pooled).map(buckets::of).toArray(),
                  config.buckets(),
                  budget,
                  sink,
                  recent)
              .tokens();
      List<List<BigInteger>> fields = picks.receivedFields().subList(before, picks.count());
      int[] picked =
          IntStream.range(0, fields.size() * lanes)
              .filter(t -> fields.get(t / lanes).get(1 + t % lanes).signum() != 0)
              .toArray();
      assertThat(picked).as("n = %d, w = %d, k = %d", length, window, budget).isEqualTo(expected);
    }
  }
}
