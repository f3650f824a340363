package sluice.accel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
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
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.EngineShapes;
import sluice.hdl.sim.Packing;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;
import sluice.layout.DecodeParameters;
import sluice.layout.KvLayout;

/** A slice from the scan to its sums, with its channel's memory, heads at once; and its writes. */
@BlockTest(ChannelSlice.class)
class ChannelSliceTest {
  private static final long KV_BASE = 0x8000;
  private static final int HEADS = 9;
  private static final int MOST_ROWS = 22;
  private static final int SKIP = 1 << 12;
  private static final int HALVES = AcceleratorConfig.HOST_BITS / 16;

  static Stream<Arguments> stalled() {
    return Stalls.of(
        EngineShapes.of(
            Stream.of(
                // Picks of heads in flight fill the ring of places.
                Named.of("tiny, few selected", Presets.get("tiny").withMaxSelected(24)),
                Named.of("trace, G = 2, kb = 4", TestConfigs.trace(2, 4)),
                Named.of("tiny", Presets.get("tiny")))));
  }

  /** A slice under test; its tokens are those of channel 0. */
  private static final class Bench implements Activity {
    final AcceleratorConfig config;
    final KvLayout layout;
    final ChannelSlice block;
    final BlockBench bench;
    final Simulator simulator;
    final Random random = new Random(201);
    final MemoryImage image = new MemoryImage();
    final StreamSink predicted;
    final StreamDriver picks;
    final StreamSink scoredHeads;
    final StreamDriver weightHeads;
    final StreamSink weightedHeads;
    final StreamDriver commands;
    final StreamDriver beats;
    final long[][] tables = new long[AcceleratorConfig.JOBS_IN_WORK][];
    final Map<List<Integer>, Cache> caches = new HashMap<>();
    private boolean takesHead;
    private int weighed;
    private int cyclesBesideReading;

    Bench(AcceleratorConfig config, Stalls stalls) {
      this.config = config;
      layout = new KvLayout(config);
      block = new ChannelSlice(config);
      bench = BlockBench.of(block, stalls, 202);
      simulator = bench.simulator();
      predicted = bench.sink(block.predicted);
      picks = bench.drive(block.picks);
      scoredHeads = bench.sink(block.scoredHeads);
      weightHeads = bench.drive(block.weightHeads);
      // Taken when the test has read the sums.
      weightedHeads = bench.sink(block.weightedHeads).stalls(() -> !takesHead);
      commands = bench.drive(block.writeCommands);
      beats = bench.drive(block.writeBeats);
      bench.memory(block.axi, image);
      simulator.attach(this);
      bench.reset();
      int entries = config.pages();
      long[] pages =
          random.longs(0, 8L * entries).distinct().limit((long) tables.length * entries).toArray();
      for (int i = 0; i < pages.length; i++) {
        simulator.poke(block.tableIndex, i);
        simulator.poke(block.tablePage, pages[i]);
        bench.pulse(block.tableWrite);
      }
      for (int t = 0; t < tables.length; t++) {
        tables[t] = Arrays.copyOfRange(pages, t * entries, (t + 1) * entries);
      }
      simulator.poke(block.kvBase, KV_BASE);
    }

    /** The other slices have no picks: the maximum of a head is that of this slice. */
    @Override
    public void sample(Simulator running) {
      for (; weighed < scoredHeads.count(); weighed++) {
        BigInteger[] fields = scoredHeads.receivedFields().get(weighed).toArray(BigInteger[]::new);
        fields[fields.length - 1] = BigInteger.valueOf(SKIP);
        weightHeads.send(Packing.of(block.weightHeads.payload()).pack(fields));
      }
      boolean reads = !running.inReset() && running.isHigh(block.read);
      boolean beat = running.isHigh(block.keyBeat) || running.isHigh(block.valueBeat);
      cyclesBesideReading += reads && beat ? 1 : 0;
    }

    /** What a KV head holds in this channel; written to memory once. */
    Cache cache(int table, int kvHead) {
      return caches.computeIfAbsent(List.of(table, kvHead), any -> new Cache(this, table, kvHead));
    }

    short[] vector() {
      short[] vector = new short[config.headDim()];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = Half.ofDouble(random.nextGaussian());
      }
      return vector;
    }
  }

  /** Tokens of a KV head in this channel, [row * lanes + lane]. */
  private static final class Cache {
    final short[][] keys;
    final short[][] values;
    final byte[][] codes;

    Cache(Bench bench, int table, int kvHead) {
      AcceleratorConfig config = bench.config;
      KvLayout layout = bench.layout;
      int lanes = config.lanes();
      keys = new short[MOST_ROWS * lanes][];
      values = new short[MOST_ROWS * lanes][];
      codes = new byte[MOST_ROWS * lanes][config.heavyChannels()];
      for (int i = 0; i < keys.length; i++) {
        int token = i / lanes * config.rowTokens() + i % lanes;
        long page = bench.tables[table][layout.blockIndex(token)];
        keys[i] = bench.vector();
        values[i] = bench.vector();
        for (int c = 0; c < codes[i].length; c++) {
          codes[i][c] = (byte) bench.random.nextInt(config.thresholds() + 1);
        }
        bench.image.writeHalves(KV_BASE + layout.keyOffset(page, kvHead, token), keys[i]);
        bench.image.writeHalves(KV_BASE + layout.valueOffset(page, kvHead, token), values[i]);
        bench.image.write(
            KV_BASE + layout.recordOffset(page, kvHead, token),
            KeyRecords.pack(codes[i], config.keyBits(), layout.recordBytes()));
      }
    }
  }

  /** A head on its way through the slice. */
  private static final class Head {
    final int number;
    final int slot;
    final int rows;
    final int kvHead;
    final int table;
    final int factor;
    final Cache cache;
    final short[][] queries;
    final int[][] codes;
    final List<Integer> picked = new ArrayList<>();

    Head(Bench bench, int number) {
      AcceleratorConfig config = bench.config;
      Random random = bench.random;
      this.number = number;
      slot = number % AcceleratorConfig.HEADS_IN_FLIGHT;
      rows = number == 4 ? 1 : MOST_ROWS - random.nextInt(10);
      kvHead = random.nextInt(config.kvHeads());
      table = number / 3 % AcceleratorConfig.JOBS_IN_WORK;
      factor = DecodeParameters.defaultFactor(config.headDim()) + random.nextInt(1 << 24);
      cache = bench.cache(table, kvHead);
      queries = new short[config.groupQueries()][];
      Arrays.setAll(queries, g -> bench.vector());
      int most = (1 << (config.queryBits() - 1)) - 1;
      codes = new int[config.groupQueries()][];
      Arrays.setAll(codes, g -> random.ints(config.heavyChannels(), -most, most + 1).toArray());
      // Two heads have no picks in this channel.
      for (int i = 0; i < rows * config.lanes() && number != 2 && number != 6; i++) {
        if (random.nextInt(3) == 0 && picked.size() < config.scoreEntries()) {
          picked.add(i);
        }
      }
    }

    void sendPicks(Bench bench) {
      int lanes = bench.config.lanes();
      for (int row = 0; row < rows; row++) {
        long[] fields = new long[2 + lanes];
        fields[0] = row;
        for (int lane = 0; lane < lanes; lane++) {
          fields[1 + lane] = picked.contains(row * lanes + lane) ? 1 : 0;
        }
        fields[1 + lanes] = row == rows - 1 ? 1 : 0;
        bench.picks.send(fields);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("stalled")
  void headsArePredictedScoredWeighedAndSummedWhileOthersAre(
      AcceleratorConfig config, Stalls stalls) {
    Bench bench = new Bench(config, stalls);
    List<Head> heads = new ArrayList<>();
    int overlapping = AcceleratorConfig.HEADS_IN_FLIGHT - 1;
    for (int number = 0; number < HEADS + overlapping; number++) {
      if (number < HEADS) {
        Head head = new Head(bench, number);
        heads.add(head);
        begin(bench, heads);
      }
      if (number >= overlapping) {
        end(bench, heads.get(number - overlapping));
      }
    }
    bench.simulator.step(3);
    if (stalls != Stalls.NEARLY_ALWAYS) {
      // There beats are too rare to meet a reading for sure.
      assertThat(bench.cyclesBesideReading).isPositive();
    }
    assertThat(bench.simulator.isHigh(bench.block.scoring)).isFalse();
    assertThat(bench.simulator.isHigh(bench.block.weighing)).isFalse();
    assertThat(bench.simulator.isHigh(bench.block.error)).isFalse();
  }

  /** Begins the last head, when the rows of the one before are predicted. */
  private static void begin(Bench bench, List<Head> heads) {
    ChannelSlice block = bench.block;
    Simulator simulator = bench.simulator;
    Head head = heads.get(heads.size() - 1);
    simulator.poke(block.headSlot, head.slot);
    simulator.poke(block.kvHead, head.kvHead);
    simulator.poke(block.headTable, head.table);
    simulator.poke(block.factor, head.factor);
    bench.bench.pulse(block.headWrite);
    simulator.poke(block.kvHead, (head.kvHead + 1) % bench.config.kvHeads());
    simulator.poke(block.headTable, 1 - head.table);
    simulator.poke(block.factor, head.factor ^ 0x7FFFFF);
    writeQuery(bench, head.queries);

    int before = heads.stream().mapToInt(of -> of.rows).sum() - head.rows;
    bench.bench.until(() -> bench.predicted.count() == before);
    for (int g = 0; g < head.codes.length; g++) {
      for (int i = 0; i < head.codes[g].length; i++) {
        simulator.poke(block.codes.get(g).get(i), head.codes[g][i]);
      }
    }
    simulator.poke(block.scanSlot, head.slot);
    simulator.poke(block.rowCount, head.rows);
    bench.bench.pulse(block.scanStart);
    head.sendPicks(bench);
    bench.bench.until(() -> bench.predicted.count() == before + head.rows);
    int width = block.predicted.payload().get(0).width();
    List<Integer> scores =
        bench.predicted.receivedFields().subList(before, before + head.rows).stream()
            .flatMap(List::stream)
            .map(bits -> bits.intValue() << (32 - width) >> (32 - width))
            .toList();
    Prediction prediction = new Prediction(head.codes, bench.config.thresholds());
    assertThat(scores)
        .isEqualTo(
            Arrays.stream(head.cache.codes)
                .limit((long) head.rows * bench.config.lanes())
                .map(prediction::score)
                .toList());
  }

  private static void writeQuery(Bench bench, short[][] queries) {
    Simulator simulator = bench.simulator;
    int index = 0;
    for (int g = 0; g < queries.length; g++) {
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

  /** Compares the results of a head, and takes it. */
  private static void end(Bench bench, Head head) {
    ChannelSlice block = bench.block;
    Simulator simulator = bench.simulator;
    int group = head.queries.length;
    bench.bench.until(() -> simulator.isHigh(block.weightedHeads.valid()));
    int[][] weights = new int[group][];
    List<BigInteger> scored = new ArrayList<>();
    List<BigInteger> weighted = new ArrayList<>();
    BigInteger modulus = BigInteger.ONE.shiftLeft(Scores.BITS);
    for (int g = 0; g < group; g++) {
      short[] query = head.queries[g];
      int[] scores =
          head.picked.stream()
              .mapToInt(t -> Scores.score(query, head.cache.keys[t], head.factor))
              .toArray();
      int largest = Arrays.stream(scores).max().orElse(-(1 << 25));
      scored.add(BigInteger.valueOf(largest).mod(modulus));
      weights[g] = Weights.of(scores, SKIP);
      weighted.add(BigInteger.valueOf(Arrays.stream(weights[g]).asLongStream().sum()));
    }
    scored.add(BigInteger.ZERO);
    assertThat(bench.scoredHeads.receivedFields().get(head.number)).isEqualTo(scored);
    long skipped =
        IntStream.range(0, head.picked.size())
            .filter(s -> Arrays.stream(weights).allMatch(ofQuery -> ofQuery[s] == 0))
            .count();
    weighted.add(BigInteger.valueOf(skipped));
    checkSums(bench, head, weights);
    bench.takesHead = true;
    simulator.step();
    bench.takesHead = false;
    assertThat(bench.weightedHeads.receivedFields()).hasSize(head.number + 1);
    assertThat(bench.weightedHeads.receivedFields().get(head.number)).isEqualTo(weighted);
  }

  /** Reads a sum a cycle, while values and keys of later heads come. */
  private static void checkSums(Bench bench, Head head, int[][] weights) {
    ChannelSlice block = bench.block;
    Simulator simulator = bench.simulator;
    int d = bench.config.headDim();
    int count = head.queries.length * d;
    for (int cycle = 0; cycle < count + block.readLatency(); cycle++) {
      simulator.poke(block.read, cycle < count);
      simulator.poke(block.readQuery, cycle < count ? cycle / d : 0);
      simulator.poke(block.readElement, cycle < count ? cycle % d : 0);
      int answered = cycle - block.readLatency();
      if (answered >= 0) {
        int g = answered / d;
        int j = answered % d;
        BigInteger sum = BigInteger.ZERO;
        for (int s = 0; s < head.picked.size(); s++) {
          long product = weights[g][s] * Half.fix(head.cache.values[head.picked.get(s)][j]);
          sum = sum.add(BigInteger.valueOf(product));
        }
        assertThat(simulator.peekBigSigned(block.sum))
            .as("sum %d of query head %d of head %d", j, g, head.number)
            .isEqualTo(sum);
        assertThat(simulator.isHigh(block.sumInvalid)).isFalse();
      }
      simulator.step();
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
