package sluice.accel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.attention.ValueAccumulator;
import sluice.config.AcceleratorConfig;
import sluice.config.Presets;
import sluice.config.TestConfigs;
import sluice.golden.Half;
import sluice.golden.KeyRecords;
import sluice.golden.MemoryImage;
import sluice.golden.Prediction;
import sluice.golden.Scores;
import sluice.golden.Weights;
import sluice.hdl.lib.axi.Bytes;
import sluice.hdl.sim.EngineShapes;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;
import sluice.layout.DecodeParameters;
import sluice.layout.KvLayout;

/** A slice from the scan to its sums, with its channel's memory, and its writes. */
@BlockTest(ChannelSlice.class)
class ChannelSliceTest {
  private static final long KV_BASE = 0x8000;
  private static final int HALVES = AcceleratorConfig.HOST_BITS / 16;

  static Stream<Arguments> stalled() {
    return Stalls.of(
        EngineShapes.of(
            Stream.of(
                Named.of("tiny", Presets.get("tiny")),
                Named.of("trace, G = 2, kb = 4", TestConfigs.trace(2, 4)))));
  }

  /** A slice under test; its tokens are those of channel 0. */
  private static final class Bench {
    final AcceleratorConfig config;
    final KvLayout layout;
    final ChannelSlice block;
    final BlockBench bench;
    final Simulator simulator;
    final Random random = new Random(201);
    final MemoryImage image = new MemoryImage();
    final StreamSink predicted;
    final StreamDriver picks;
    final StreamDriver commands;
    final StreamDriver beats;
    final long[] pages;

    Bench(AcceleratorConfig config, Stalls stalls) {
      this.config = config;
      layout = new KvLayout(config);
      block = new ChannelSlice(config);
      bench = BlockBench.of(block, stalls, 202);
      simulator = bench.simulator();
      predicted = bench.sink(block.predicted);
      picks = bench.drive(block.picks);
      commands = bench.drive(block.writeCommands);
      beats = bench.drive(block.writeBeats);
      bench.memory(block.axi, image);
      bench.reset();
      pages = random.longs(0, 4L * config.pages()).distinct().limit(config.pages()).toArray();
      for (int i = 0; i < pages.length; i++) {
        simulator.poke(block.tableIndex, i);
        simulator.poke(block.tablePage, pages[i]);
        bench.pulse(block.tableWrite);
      }
      simulator.poke(block.kvBase, KV_BASE);
    }

    int token(int row, int lane) {
      return row * config.rowTokens() + lane;
    }

    long page(int token) {
      return pages[layout.blockIndex(token)];
    }

    short[] vector() {
      short[] vector = new short[config.headDim()];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = Half.ofDouble(random.nextGaussian());
      }
      return vector;
    }
  }

  @ParameterizedTest
  @MethodSource("stalled")
  void headsArePredictedScoredWeighedAndSummed(AcceleratorConfig config, Stalls stalls) {
    Bench bench = new Bench(config, stalls);
    for (int round = 0; round < 2; round++) {
      head(bench, bench.random.nextInt(config.kvHeads()), 12 + bench.random.nextInt(10));
    }
  }

  private static void head(Bench bench, int kvHead, int rows) {
    AcceleratorConfig config = bench.config;
    ChannelSlice block = bench.block;
    Simulator simulator = bench.simulator;
    Random random = bench.random;
    int group = config.groupQueries();
    int lanes = config.lanes();
    short[][] keys = new short[rows * lanes][];
    short[][] values = new short[rows * lanes][];
    byte[][] codes = new byte[rows * lanes][config.heavyChannels()];
    for (int i = 0; i < keys.length; i++) {
      int token = bench.token(i / lanes, i % lanes);
      keys[i] = bench.vector();
      values[i] = bench.vector();
      for (int c = 0; c < codes[i].length; c++) {
        codes[i][c] = (byte) random.nextInt(config.thresholds() + 1);
      }
      long page = bench.page(token);
      KvLayout layout = bench.layout;
      bench.image.writeHalves(KV_BASE + layout.keyOffset(page, kvHead, token), keys[i]);
      bench.image.writeHalves(KV_BASE + layout.valueOffset(page, kvHead, token), values[i]);
      bench.image.write(
          KV_BASE + layout.recordOffset(page, kvHead, token),
          KeyRecords.pack(codes[i], config.keyBits(), layout.recordBytes()));
    }
    short[][] queries = new short[group][];
    Arrays.setAll(queries, g -> bench.vector());
    int most = (1 << (config.queryBits() - 1)) - 1;
    int[][] queryCodes = new int[group][];
    Arrays.setAll(queryCodes, g -> random.ints(config.heavyChannels(), -most, most + 1).toArray());

    simulator.poke(block.kvHead, kvHead);
    bench.bench.pulse(block.clear);
    int factor = DecodeParameters.defaultFactor(config.headDim());
    simulator.poke(block.factor, factor);
    writeQuery(bench, queries, queryCodes);
    int before = bench.predicted.count();
    simulator.poke(block.rowCount, rows);
    bench.bench.pulse(block.scanStart);
    Prediction prediction = new Prediction(queryCodes, config.thresholds());
    List<Integer> picked = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      long[] fields = new long[1 + lanes];
      fields[0] = row;
      for (int lane = 0; lane < lanes; lane++) {
        fields[1 + lane] = random.nextInt(3) == 0 ? 1 : 0;
        if (fields[1 + lane] != 0) {
          picked.add(row * lanes + lane);
        }
      }
      bench.picks.send(fields);
    }
    bench.bench.until(
        () ->
            bench.picks.isDone()
                && bench.predicted.count() == before + rows
                && simulator.isHigh(block.scored));
    int width = block.predicted.payload().get(0).width();
    List<Integer> scores =
        bench.predicted.receivedFields().subList(before, before + rows).stream()
            .flatMap(List::stream)
            .map(bits -> bits.intValue() << (32 - width) >> (32 - width))
            .toList();
    assertThat(scores).isEqualTo(Arrays.stream(codes).map(prediction::score).toList());
    weigh(bench, queries, keys, values, picked, factor);
  }

  private static void writeQuery(Bench bench, short[][] queries, int[][] codes) {
    Simulator simulator = bench.simulator;
    int index = 0;
    for (int g = 0; g < queries.length; g++) {
      for (int i = 0; i < codes[g].length; i++) {
        simulator.poke(bench.block.codes.get(g).get(i), codes[g][i]);
      }
      for (int j = 0; j < queries[g].length; j += HALVES) {
        BigInteger word = BigInteger.ZERO;
        for (int h = HALVES - 1; h >= 0; h--) {
          word = word.shiftLeft(16).or(BigInteger.valueOf(queries[g][j + h] & 0xFFFF));
        }
        simulator.poke(bench.block.queryIndex, index++);
        simulator.poke(bench.block.queryWord, word);
        bench.bench.pulse(bench.block.queryWrite);
      }
    }
  }

  private static void weigh(
      Bench bench,
      short[][] queries,
      short[][] keys,
      short[][] values,
      List<Integer> picked,
      int factor) {
    ChannelSlice block = bench.block;
    Simulator simulator = bench.simulator;
    int d = bench.config.headDim();
    int skip = 1 << 12;
    int[][] weights = new int[queries.length][];
    for (int g = 0; g < queries.length; g++) {
      short[] query = queries[g];
      int[] scores = picked.stream().mapToInt(t -> Scores.score(query, keys[t], factor)).toArray();
      int largest = Arrays.stream(scores).max().orElse(-(1 << 25));
      assertThat(simulator.peekSigned(block.localMaximum.get(g))).isEqualTo(largest);
      simulator.poke(block.maximum.get(g), largest);
      weights[g] = Weights.of(scores, skip);
    }
    assertThat(simulator.isHigh(block.keyInvalid)).isFalse();
    simulator.poke(block.skip, skip);
    bench.bench.pulse(block.weightStart);
    bench.bench.until(() -> simulator.isHigh(block.weighted));
    int skipped = 0;
    for (int s = 0; s < picked.size(); s++) {
      int at = s;
      skipped += Arrays.stream(weights).allMatch(ofHead -> ofHead[at] == 0) ? 1 : 0;
    }
    assertThat(simulator.peek(block.skipped)).isEqualTo(skipped);
    for (int g = 0; g < queries.length; g++) {
      assertThat(simulator.peek(block.weightSums.get(g)))
          .isEqualTo(Arrays.stream(weights[g]).asLongStream().sum());
      for (int j = 0; j < d; j++) {
        BigInteger sum = BigInteger.ZERO;
        for (int s = 0; s < picked.size(); s++) {
          long product = weights[g][s] * Half.fix(values[picked.get(s)][j]);
          sum = sum.add(BigInteger.valueOf(product));
        }
        simulator.poke(block.readQuery, g);
        simulator.poke(block.readElement, j);
        simulator.step(ValueAccumulator.READ_LATENCY);
        assertThat(simulator.peekBigSigned(block.sum)).as("sum %d of head %d", j, g).isEqualTo(sum);
        assertThat(simulator.isHigh(block.sumInvalid)).isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("stalled")
  void whatIsAppendedIsWritten(AcceleratorConfig config, Stalls stalls) {
    Bench bench = new Bench(config, stalls);
    int bytes = config.channelBits() / 8;
    MemoryImage expected = new MemoryImage();
    for (int i = 0; i < 20; i++) {
      int count = 1 + bench.random.nextInt(4);
      long address = KV_BASE + 4096L * bench.random.nextInt(4) + (long) bytes * i;
      bench.commands.send(address, count - 1);
      for (int beat = 0; beat < count; beat++) {
        BigInteger data = new BigInteger(8 * bytes, bench.random);
        BigInteger strobe = new BigInteger(bytes, bench.random);
        bench.beats.send(data.shiftLeft(bytes).or(strobe));
        byte[] written = Bytes.fromNumber(data, bytes);
        for (int b = 0; b < bytes; b++) {
          if (strobe.testBit(b)) {
            expected.write(
                address + (long) bytes * beat + b, Arrays.copyOfRange(written, b, b + 1));
          }
        }
      }
    }
    bench.bench.until(
        () ->
            bench.commands.isDone()
                && bench.beats.isDone()
                && bench.simulator.isHigh(bench.block.writerIdle));
    assertThat(bench.image.firstDifference(expected)).isEmpty();
    assertThat(bench.simulator.isHigh(bench.block.error)).isFalse();
  }
}
