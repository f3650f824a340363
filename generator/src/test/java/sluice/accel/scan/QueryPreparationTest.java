package sluice.accel.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.accel.scan.ScanSamples.Kind;
import sluice.config.AcceleratorConfig;
import sluice.config.TestConfigs;
import sluice.golden.Calibration;
import sluice.golden.Half;
import sluice.golden.Prediction;
import sluice.golden.QueryCodes;
import sluice.hdl.SInt;
import sluice.hdl.Vec;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;

/** Query codes and bounds are those of the golden model. */
@BlockTest(QueryPreparation.class)
class QueryPreparationTest {

  /** The circuit in simulation. */
  private static final class Bench {
    final AcceleratorConfig config;
    final QueryPreparation block;
    final Simulator simulator;
    final StreamDriver table;
    final StreamDriver query;

    Bench(AcceleratorConfig config, Stalls stalls, long seed) {
      this.config = config;
      block = new QueryPreparation(config);
      BlockBench bench = BlockBench.of(block, stalls, seed);
      simulator = bench.simulator();
      table = bench.drive(block.table);
      query = bench.drive(block.query);
      bench.reset();
    }

    void send(ScanSamples samples, Calibration calibration, short[][] queries) {
      table.sendAll(samples.weightTableWords(calibration));
      for (short[] vector : queries) {
        query.sendAll(ScanSamples.words(vector));
      }
    }

    void start() {
      simulator.poke(block.start, true);
      simulator.step();
      simulator.poke(block.start, false);
    }

    /** Cycles until done. */
    long prepare() {
      start();
      return simulator.runUntil(() -> simulator.isHigh(block.done), 1_000_000);
    }

    void publish() {
      simulator.poke(block.publish, true);
      simulator.step();
      simulator.poke(block.publish, false);
    }

    /** All that is published. */
    List<BigInteger> results() {
      return List.of(
          simulator.peekPacked(block.codes),
          simulator.peekPacked(block.lowest),
          simulator.peekPacked(block.shift));
    }

    int[][] codes() {
      return block.codes.elements().stream().map(this::signed).toArray(int[][]::new);
    }

    private int[] signed(Vec<SInt> codes) {
      return codes.elements().stream().mapToInt(c -> (int) simulator.peekSigned(c)).toArray();
    }

    /** What was prepared, and its publication. */
    void checkAgainst(Calibration calibration, short[][] queries) {
      checkInvalid(queries);
      publish();
      checkPublished(calibration, queries);
    }

    void checkInvalid(short[][] queries) {
      for (int g = 0; g < queries.length; g++) {
        assertThat(simulator.isHigh(block.queryInvalid.get(g)))
            .as("invalid query " + g)
            .isEqualTo(!Half.finite(queries[g]));
      }
    }

    void checkPublished(Calibration calibration, short[][] queries) {
      int[][] codes =
          Arrays.stream(queries)
              .map(q -> QueryCodes.encode(q, calibration, config.queryBits()))
              .toArray(int[][]::new);
      Prediction prediction = new Prediction(codes, config.thresholds());
      int span = BigInteger.valueOf(prediction.hi() - prediction.lo()).bitLength();
      int bucketBits = Integer.numberOfTrailingZeros(config.buckets());
      assertThat(codes()).isDeepEqualTo(codes);
      assertThat(simulator.peekSigned(block.lowest)).isEqualTo(prediction.lo());
      assertThat(simulator.peek(block.shift)).isEqualTo(Math.max(0, span - bucketBits));
    }
  }

  private static short[][] queries(ScanSamples samples, Kind kind) {
    return IntStream.range(0, samples.config().groupQueries())
        .mapToObj(g -> samples.vector(kind))
        .toArray(short[][]::new);
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.scan.ScanCase#all")
  void headsOneAfterTheOtherGiveTheGoldenCodesAndBounds(ScanCase given) {
    ScanSamples samples = new ScanSamples(given.config(), given.random());
    Bench bench = new Bench(given.config(), given.stalls(), given.seed());
    List<Calibration> calibrations =
        IntStream.range(0, 3)
            .mapToObj(i -> samples.calibration(samples.kind(), Kind.NORMAL))
            .toList();
    List<short[][]> groups =
        IntStream.range(0, 3).mapToObj(i -> queries(samples, samples.kind())).toList();
    for (int i = 0; i < groups.size(); i++) {
      bench.send(samples, calibrations.get(i), groups.get(i));
    }
    for (int i = 0; i < groups.size(); i++) {
      bench.prepare();
      bench.checkAgainst(calibrations.get(i), groups.get(i));
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.scan.ScanCase#all")
  void whatIsPublishedStaysInEveryCycleInWhichTheNextIsPrepared(ScanCase given) {
    ScanSamples samples = new ScanSamples(given.config(), given.random());
    Bench bench = new Bench(given.config(), given.stalls(), given.seed());
    Calibration published = samples.calibration(samples.kind(), Kind.NORMAL);
    short[][] publishedQueries = queries(samples, samples.kind());
    bench.send(samples, published, publishedQueries);
    bench.prepare();
    bench.publish();
    List<BigInteger> results = bench.results();
    bench.checkPublished(published, publishedQueries);
    Calibration next = samples.calibration(samples.kind(), Kind.NORMAL);
    short[][] nextQueries = queries(samples, samples.kind());
    bench.send(samples, next, nextQueries);
    bench.start();
    while (!bench.simulator.isHigh(bench.block.done)) {
      assertThat(bench.results()).isEqualTo(results);
      bench.simulator.step();
    }
    // Also while it waits to be published.
    bench.simulator.step(10);
    bench.checkPublished(published, publishedQueries);
    bench.checkAgainst(next, nextQueries);
  }

  @ParameterizedTest
  @EnumSource
  void everyKindOfNumberIsWeighted(Kind kind) {
    AcceleratorConfig config = TestConfigs.trace(2, 2);
    ScanSamples samples = new ScanSamples(config, new Random(kind.ordinal()));
    Bench bench = new Bench(config, Stalls.NEVER, 1);
    for (Kind weights : Kind.values()) {
      Calibration calibration = samples.calibration(weights, Kind.NORMAL);
      short[][] queries = queries(samples, kind);
      bench.send(samples, calibration, queries);
      bench.prepare();
      bench.checkAgainst(calibration, queries);
    }
  }

  @Test
  void theHeadsOfAGroupHaveExponentsOfTheirOwn() {
    AcceleratorConfig config = TestConfigs.trace(2, 2);
    ScanSamples samples = new ScanSamples(config, new Random(5));
    Bench bench = new Bench(config, Stalls.NEVER, 1);
    Calibration calibration = samples.calibration(Kind.NORMAL, Kind.NORMAL);
    short[][] queries = {samples.vector(Kind.HUGE), samples.vector(Kind.TINY)};
    bench.send(samples, calibration, queries);
    bench.prepare();
    bench.checkAgainst(calibration, queries);
  }

  @Test
  void aQueryOfZerosHasNoCodesAndNoShift() {
    AcceleratorConfig config = TestConfigs.tiny();
    ScanSamples samples = new ScanSamples(config, new Random(6));
    Bench bench = new Bench(config, Stalls.NEVER, 1);
    bench.send(
        samples, samples.calibration(Kind.NORMAL, Kind.NORMAL), new short[][] {new short[16]});
    bench.prepare();
    bench.publish();
    assertThat(bench.codes()).isDeepEqualTo(new int[1][8]);
    assertThat(bench.simulator.peek(bench.block.lowest)).isZero();
    assertThat(bench.simulator.peek(bench.block.shift)).isZero();
  }

  @Test
  void onlyTheHeadThatHoldsNanOrInfinityIsInvalid() {
    AcceleratorConfig config = TestConfigs.trace(3, 4);
    ScanSamples samples = new ScanSamples(config, new Random(7));
    Calibration calibration = samples.calibration(Kind.NORMAL, Kind.NORMAL);
    Bench bench = new Bench(config, Stalls.NEVER, 1);
    for (int head = 0; head < 3; head++) {
      for (int element : new int[] {0, 17, 31}) {
        short[][] queries = queries(samples, Kind.NORMAL);
        queries[head][element] = element == 17 ? Half.INFINITY : Half.NAN;
        bench.send(samples, calibration, queries);
        bench.prepare();
        bench.checkAgainst(calibration, queries);
      }
    }
  }

  @Test
  void aHeadMayBeAbandonedInAnyCycle() {
    AcceleratorConfig config = TestConfigs.tiny();
    ScanSamples samples = new ScanSamples(config, new Random(10));
    for (int cycles = 0; cycles < 60; cycles++) {
      Bench bench = new Bench(config, Stalls.NEVER, cycles);
      short[][] abandoned = queries(samples, Kind.NORMAL);
      bench.send(samples, samples.calibration(Kind.HUGE, Kind.NORMAL), abandoned);
      bench.start();
      bench.simulator.runUntil(() -> bench.table.isDone() && bench.query.isDone(), 100);
      bench.simulator.step(cycles);
      Calibration calibration = samples.calibration(Kind.TINY, Kind.NORMAL);
      short[][] queries = queries(samples, Kind.WIDE);
      bench.send(samples, calibration, queries);
      bench.prepare();
      bench.checkAgainst(calibration, queries);
    }
  }

  @Test
  void doneIsLowFromTheCycleAfterStartOn() {
    AcceleratorConfig config = TestConfigs.tiny();
    ScanSamples samples = new ScanSamples(config, new Random(8));
    Bench bench = new Bench(config, Stalls.NEVER, 1);
    assertThat(bench.simulator.isHigh(bench.block.done)).isFalse();
    bench.send(samples, samples.calibration(Kind.NORMAL, Kind.NORMAL), queries(samples, Kind.WIDE));
    bench.prepare();
    bench.start();
    assertThat(bench.simulator.isHigh(bench.block.done)).isFalse();
    bench.simulator.step(1000);
    assertThat(bench.simulator.isHigh(bench.block.done)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.scan.ScanCase#shapes")
  void itIsDoneAsManyCyclesAfterTheLastWordAsItSays(AcceleratorConfig config) {
    ScanSamples samples = new ScanSamples(config, new Random(9));
    Bench bench = new Bench(config, Stalls.NEVER, 1);
    bench.send(samples, samples.calibration(Kind.NORMAL, Kind.NORMAL), queries(samples, Kind.WIDE));
    bench.start();
    bench.simulator.runUntil(() -> bench.table.isDone() && bench.query.isDone(), 100_000);
    // The step that ends a wait is the cycle of the last word.
    long cycles = bench.simulator.runUntil(() -> bench.simulator.isHigh(bench.block.done), 100_000);
    assertThat(cycles + 1).isEqualTo(QueryPreparation.latency(config));
  }
}
