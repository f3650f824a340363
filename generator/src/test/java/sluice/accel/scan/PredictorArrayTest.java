package sluice.accel.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.golden.KeyRecords;
import sluice.golden.Prediction;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.StreamSink;

/** Predicted scores are those of the golden model, in order, under any stalls. */
@BlockTest(PredictorArray.class)
class PredictorArrayTest {

  private static int[][] codes(AcceleratorConfig config, Random random) {
    int most = (1 << (config.queryBits() - 1)) - 1;
    return IntStream.range(0, config.groupQueries())
        .mapToObj(g -> random.ints(config.heavyChannels(), -most, most + 1).toArray())
        .toArray(int[][]::new);
  }

  private static int[][] allCodes(AcceleratorConfig config, int code) {
    return IntStream.range(0, config.groupQueries())
        .mapToObj(g -> IntStream.generate(() -> code).limit(config.heavyChannels()).toArray())
        .toArray(int[][]::new);
  }

  private static void poke(Simulator simulator, PredictorArray block, int[][] codes) {
    for (int g = 0; g < codes.length; g++) {
      for (int i = 0; i < codes[g].length; i++) {
        simulator.poke(block.codes.get(g).get(i), codes[g][i]);
      }
    }
  }

  private static List<BigInteger> randomBeats(AcceleratorConfig config, int count, Random random) {
    return IntStream.range(0, count)
        .mapToObj(i -> new BigInteger(config.channelBits(), random))
        .toList();
  }

  private static List<Integer> expected(
      AcceleratorConfig config, int[][] codes, List<BigInteger> beats) {
    Prediction prediction = new Prediction(codes, config.thresholds());
    List<Integer> scores = new ArrayList<>();
    for (BigInteger beat : beats) {
      for (int lane = 0; lane < config.lanes(); lane++) {
        byte[] record = bytes(beat.shiftRight(lane * config.recordBits()), config.recordBits() / 8);
        scores.add(
            prediction.score(KeyRecords.unpack(record, config.keyBits(), config.heavyChannels())));
      }
    }
    return scores;
  }

  private static byte[] bytes(BigInteger bits, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = bits.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }

  private static List<Integer> signed(PredictorArray block, StreamSink sink) {
    int width = block.scores.payload().get(0).width();
    return sink.receivedFields().stream()
        .flatMap(List::stream)
        .map(bits -> bits.intValue() << (32 - width) >> (32 - width))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.scan.ScanCase#all")
  void beatsGiveTheGoldenScores(ScanCase given) {
    Random random = given.random();
    AcceleratorConfig config = given.config();
    PredictorArray block = new PredictorArray(config);
    BlockBench bench = BlockBench.of(block, given.stalls(), given.seed());
    Simulator simulator = bench.simulator();
    int[][] codes = codes(config, random);
    List<BigInteger> beats = randomBeats(config, 40, random);
    poke(simulator, block, codes);
    bench.drive(block.beats).sendAll(beats);
    StreamSink sink = bench.sink(block.scores);
    bench.reset();
    bench.until(() -> sink.count() == beats.size());
    assertThat(signed(block, sink)).isEqualTo(expected(config, codes, beats));
    simulator.step(10);
    assertThat(sink.count()).isEqualTo(beats.size());
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.scan.ScanCase#shapes")
  void theLargestAndSmallestScoresFit(AcceleratorConfig config) {
    int most = (1 << (config.queryBits() - 1)) - 1;
    List<BigInteger> beats =
        List.of(
            BigInteger.ONE.shiftLeft(config.channelBits()).subtract(BigInteger.ONE),
            BigInteger.ZERO);
    for (int code : new int[] {most, -most, 0}) {
      PredictorArray block = new PredictorArray(config);
      Simulator simulator = Simulator.of(block);
      int[][] codes = allCodes(config, code);
      poke(simulator, block, codes);
      simulator.drive(block.beats, beats);
      StreamSink sink = simulator.sink(block.scores);
      simulator.reset();
      simulator.runUntil(() -> sink.count() == 2, 100);
      assertThat(signed(block, sink)).isEqualTo(expected(config, codes, beats));
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.scan.ScanCase#shapes")
  void aBeatIsTakenInEveryCycle(AcceleratorConfig config) {
    PredictorArray block = new PredictorArray(config);
    Simulator simulator = Simulator.of(block);
    poke(simulator, block, allCodes(config, 1));
    simulator.drive(block.beats, randomBeats(config, 20, new Random(4)));
    StreamSink sink = simulator.sink(block.scores);
    simulator.reset();
    assertThat(simulator.runUntil(() -> sink.count() == 20, 100))
        .isEqualTo(20 + PredictorLane.latency(config));
  }
}
