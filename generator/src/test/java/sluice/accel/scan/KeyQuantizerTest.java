package sluice.accel.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
import sluice.golden.KeyRecords;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** Key records are those of the golden model. */
@BlockTest(KeyQuantizer.class)
class KeyQuantizerTest {

  /** The circuit in simulation, and the records expected of it. */
  private static final class Bench {
    final AcceleratorConfig config;
    final KeyQuantizer block;
    final Simulator simulator;
    final StreamDriver table;
    final StreamDriver key;
    final StreamSink record;
    final List<BigInteger> expected = new ArrayList<>();

    Bench(AcceleratorConfig config, Stalls stalls, long seed) {
      this.config = config;
      block = new KeyQuantizer(config);
      BlockBench bench = BlockBench.of(block, stalls, seed);
      simulator = bench.simulator();
      table = bench.drive(block.table);
      key = bench.drive(block.key);
      record = bench.sink(block.record);
      bench.reset();
    }

    void start() {
      simulator.poke(block.start, true);
      simulator.step();
      simulator.poke(block.start, false);
    }

    void send(short[] vector, Calibration calibration) {
      key.sendAll(ScanSamples.words(vector));
      byte[] codes = KeyRecords.quantize(vector, calibration);
      byte[] bytes = KeyRecords.pack(codes, config.keyBits(), config.recordBits() / 8);
      BigInteger bits = BigInteger.ZERO;
      for (int i = bytes.length - 1; i >= 0; i--) {
        bits = bits.shiftLeft(8).or(BigInteger.valueOf(bytes[i] & 0xFF));
      }
      expected.add(bits);
    }

    void finish() {
      simulator.runUntil(() -> record.count() == expected.size(), 1_000_000);
      assertThat(record.received()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.scan.ScanCase#all")
  void keysOfHeadsOneAfterTheOtherGiveTheGoldenRecords(ScanCase given) {
    ScanSamples samples = new ScanSamples(given.config(), given.random());
    Bench bench = new Bench(given.config(), given.stalls(), given.seed());
    for (int head = 0; head < 3; head++) {
      Kind kind = samples.kind();
      Calibration calibration = samples.calibration(Kind.NORMAL, kind);
      bench.table.sendAll(samples.tableWords(calibration));
      for (int token = 0; token < 3; token++) {
        bench.send(samples.vector(token == 0 ? samples.kind() : kind), calibration);
      }
      bench.start();
      bench.finish();
      assertThat(bench.table.isDone()).isTrue();
    }
    bench.simulator.step(100);
    assertThat(bench.record.count()).isEqualTo(bench.expected.size());
  }

  @ParameterizedTest
  @EnumSource
  void elementsEqualToAThresholdReachIt(Kind kind) {
    AcceleratorConfig config = TestConfigs.trace(1, 4);
    ScanSamples samples = new ScanSamples(config, new Random(kind.ordinal()));
    Calibration calibration = samples.calibration(Kind.NORMAL, kind);
    Bench bench = new Bench(config, Stalls.NEVER, 1);
    bench.table.sendAll(samples.tableWords(calibration));
    for (int j = 0; j < config.thresholds(); j++) {
      short[] key = samples.vector(kind);
      for (int i = 0; i < config.heavyChannels(); i++) {
        key[calibration.heavy()[i]] = calibration.thresholds()[i][j];
      }
      bench.send(key, calibration);
    }
    bench.start();
    bench.finish();
  }

  @Test
  void keysWaitUntilTheTableIsComplete() {
    AcceleratorConfig config = TestConfigs.tiny();
    ScanSamples samples = new ScanSamples(config, new Random(3));
    Bench bench = new Bench(config, Stalls.NEVER, 1);
    assertThat(bench.simulator.isHigh(bench.block.tableLoaded)).isFalse();
    for (int head = 0; head < 2; head++) {
      Calibration calibration = samples.calibration(Kind.NORMAL, Kind.NORMAL);
      List<BigInteger> words = samples.tableWords(calibration);
      bench.send(samples.vector(Kind.NORMAL), calibration);
      bench.start();
      bench.table.sendAll(words.subList(0, words.size() - 1));
      bench.simulator.step(100);
      assertThat(bench.simulator.isHigh(bench.block.tableLoaded)).isFalse();
      assertThat(bench.key.sent()).isEqualTo(4L * head);
      bench.table.send(words.get(words.size() - 1));
      bench.finish();
      assertThat(bench.simulator.isHigh(bench.block.tableLoaded)).isTrue();
    }
  }

  @Test
  void theNextKeyIsTakenWhileARecordWaits() {
    AcceleratorConfig config = TestConfigs.tiny();
    ScanSamples samples = new ScanSamples(config, new Random(4));
    Calibration calibration = samples.calibration(Kind.NORMAL, Kind.NORMAL);
    Bench bench = new Bench(config, Stalls.NEVER, 1);
    bench.table.sendAll(samples.tableWords(calibration));
    for (int token = 0; token < 3; token++) {
      bench.send(samples.vector(Kind.NORMAL), calibration);
    }
    bench.record.stalls(1.0, 1);
    bench.start();
    bench.simulator.step(500);
    assertThat(bench.key.sent()).isEqualTo(8);
    bench.record.stalls(0.0, 1);
    bench.finish();
  }

  @Test
  void aKeyMayBeAbandonedInAnyCycle() {
    AcceleratorConfig config = TestConfigs.tiny();
    ScanSamples samples = new ScanSamples(config, new Random(5));
    for (int cycles = 0; cycles < 20; cycles++) {
      Bench bench = new Bench(config, Stalls.NEVER, cycles);
      bench.table.sendAll(samples.tableWords(samples.calibration(Kind.NORMAL, Kind.NORMAL)));
      bench.key.sendAll(ScanSamples.words(samples.vector(Kind.NORMAL)));
      bench.start();
      bench.simulator.runUntil(bench.key::isDone, 1000);
      bench.simulator.step(cycles);
      int before = bench.record.count();
      Calibration calibration = samples.calibration(Kind.NORMAL, Kind.NORMAL);
      bench.table.sendAll(samples.tableWords(calibration));
      bench.start();
      bench.send(samples.vector(Kind.NORMAL), calibration);
      bench.send(samples.vector(Kind.NORMAL), calibration);
      bench.simulator.runUntil(() -> bench.record.count() >= before + 2, 1000);
      bench.simulator.step(100);
      List<BigInteger> received = bench.record.received();
      assertThat(received.subList(received.size() - 2, received.size())).isEqualTo(bench.expected);
      assertThat(received.size()).isLessThanOrEqualTo(3);
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.scan.ScanCase#shapes")
  void aRecordIsValidAsManyCyclesAfterTheLastWordAsItSays(AcceleratorConfig config) {
    ScanSamples samples = new ScanSamples(config, new Random(9));
    Calibration calibration = samples.calibration(Kind.NORMAL, Kind.NORMAL);
    Bench bench = new Bench(config, Stalls.NEVER, 1);
    bench.table.sendAll(samples.tableWords(calibration));
    bench.send(samples.vector(Kind.NORMAL), calibration);
    bench.start();
    bench.simulator.runUntil(bench.key::isDone, 100_000);
    long cycles =
        bench.simulator.runUntil(() -> bench.simulator.isHigh(bench.block.record.valid()), 1000);
    assertThat(cycles + 1).isEqualTo(KeyQuantizer.latency(config));
  }
}
