package sluice.accel.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.config.Presets;
import sluice.golden.MemoryImage;
import sluice.hdl.lib.axi.Bytes;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;
import sluice.layout.KvLayout;

/** Key records, keys and values of a slice, all at once. */
@BlockTest(SliceReader.class)
class SliceReaderTest {
  private static final int MOST_ROWS = 40;
  private static final int VECTORS = 25;

  /** A reader between its users and a memory. */
  private static final class Bench {
    final KvLayout layout;
    final SliceReader block;
    final BlockBench bench;
    final Simulator simulator;
    final MemoryImage image = new MemoryImage();
    final StreamDriver keys;
    final StreamDriver values;
    final StreamSink records;
    final StreamSink keyBeats;
    final StreamSink valueBeats;
    final Random random;
    final long[] table;
    final long kvBase;
    final int head;

    Bench(AcceleratorConfig config, Stalls stalls, long seed) {
      layout = new KvLayout(config);
      block = new SliceReader(config);
      bench = BlockBench.of(block, stalls, seed);
      simulator = bench.simulator();
      random = new Random(seed);
      keys = bench.drive(block.keys);
      values = bench.drive(block.values);
      records = bench.sink(block.records);
      keyBeats = bench.sink(block.keyBeats);
      valueBeats = bench.sink(block.valueBeats);
      bench.reads(block.ar, block.r, image);
      bench.reset();
      // No page twice: what is written through one entry stays.
      table = random.longs(0, 4L * config.pages()).distinct().limit(config.pages()).toArray();
      for (int i = 0; i < table.length; i++) {
        simulator.poke(block.tableIndex, i);
        simulator.poke(block.tablePage, table[i]);
        bench.pulse(block.tableWrite);
      }
      kvBase = 4096L * random.nextInt(100);
      head = random.nextInt(config.kvHeads());
      simulator.poke(block.kvBase, kvBase);
      simulator.poke(block.kvHead, head);
      simulator.step(2);
    }

    long address(int row, int lane, int kind) {
      return kvBase + CacheAddressTest.offset(layout, table, head, row, lane, kind);
    }

    /** Fills memory at random; the same place may be filled twice. */
    void fill(long address, int bytes) {
      byte[] data = new byte[bytes];
      random.nextBytes(data);
      image.write(address, data);
    }

    BigInteger beat(long address, int beat) {
      int bytes = layout.beatBytes();
      return Bytes.toNumber(image.read(address + (long) beat * bytes, bytes));
    }

    void scan(int rows) {
      simulator.poke(block.rowCount, rows);
      bench.pulse(block.scanStart);
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.memory.Shapes#stalled")
  void everyoneGetsTheBeatsAskedFor(AcceleratorConfig config, Stalls stalls) {
    Bench bench = new Bench(config, stalls, 81);
    Random random = bench.random;
    int rows = 0;
    List<int[]> keys = new ArrayList<>();
    List<int[]> values = new ArrayList<>();
    List<BigInteger> records = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      rows =
          round == 0 ? Math.min(MOST_ROWS, config.rows()) : 1 + random.nextInt(4) % config.rows();
      for (int row = 0; row < rows; row++) {
        long address = bench.address(row, 0, VectorKind.RECORDS);
        if (round == 0) {
          bench.fill(address, bench.layout.beatBytes());
        }
        records.add(bench.beat(address, 0));
      }
      for (int i = 0; i < VECTORS; i++) {
        request(bench, keys, VectorKind.KEY, bench.keys);
        request(bench, values, VectorKind.VALUE, bench.values);
      }
      bench.scan(rows);
      int beats = keys.size() * config.beatsPerVector();
      bench.bench.until(
          () ->
              bench.records.count() == records.size()
                  && bench.keyBeats.count() == beats
                  && bench.valueBeats.count() == beats);
      bench.simulator.step(3);
      assertThat(bench.records.received()).isEqualTo(records);
      assertThat(whole(bench.keyBeats, config.beatsPerVector()))
          .containsExactlyInAnyOrderElementsOf(keyBeats(bench, keys));
      assertThat(bench.valueBeats.receivedFields())
          .containsExactlyInAnyOrderElementsOf(valueBeats(bench, values));
      assertThat(bench.simulator.isHigh(bench.block.idle)).isTrue();
      assertThat(bench.simulator.isHigh(bench.block.error)).isFalse();
    }
  }

  /** Asks for a vector; one that was asked for before keeps its contents. */
  private static void request(Bench bench, List<int[]> tokens, int kind, StreamDriver driver) {
    AcceleratorConfig config = bench.layout.config();
    int[] token = {bench.random.nextInt(config.rows()), bench.random.nextInt(config.lanes())};
    long address = bench.address(token[0], token[1], kind);
    if (bench.image.readNumber(address, 8) == 0) {
      bench.fill(address, config.vectorBytes());
    }
    tokens.add(token);
    if (kind == VectorKind.KEY) {
      driver.send(token[0], token[1]);
      return;
    }
    long[] fields = new long[2 + config.groupQueries()];
    fields[0] = token[0];
    fields[1] = token[1];
    for (int g = 0; g < config.groupQueries(); g++) {
      fields[2 + g] = weight(tokens.size() - 1, g);
    }
    driver.send(fields);
  }

  /** A weight that tells the request and the query head. */
  private static int weight(int request, int g) {
    return request * 8 + g;
  }

  /** The keys that came, each with all its beats. */
  private static List<List<List<BigInteger>>> whole(StreamSink sink, int beats) {
    List<List<BigInteger>> all = sink.receivedFields();
    List<List<List<BigInteger>>> keys = new ArrayList<>();
    for (int at = 0; at < all.size(); at += beats) {
      keys.add(all.subList(at, at + beats));
    }
    return keys;
  }

  private static List<List<List<BigInteger>>> keyBeats(Bench bench, List<int[]> tokens) {
    List<List<List<BigInteger>>> keys = new ArrayList<>();
    int count = bench.layout.config().beatsPerVector();
    for (int[] token : tokens) {
      List<List<BigInteger>> beats = new ArrayList<>();
      for (int beat = 0; beat < count; beat++) {
        beats.add(
            List.of(
                bench.beat(bench.address(token[0], token[1], VectorKind.KEY), beat),
                BigInteger.valueOf(token[0]),
                BigInteger.valueOf(token[1]),
                BigInteger.valueOf(beat == count - 1 ? 1 : 0)));
      }
      keys.add(beats);
    }
    return keys;
  }

  private static List<List<BigInteger>> valueBeats(Bench bench, List<int[]> tokens) {
    List<List<BigInteger>> beats = new ArrayList<>();
    AcceleratorConfig config = bench.layout.config();
    int count = config.beatsPerVector();
    for (int request = 0; request < tokens.size(); request++) {
      int[] token = tokens.get(request);
      for (int beat = 0; beat < count; beat++) {
        List<BigInteger> fields = new ArrayList<>();
        fields.add(bench.beat(bench.address(token[0], token[1], VectorKind.VALUE), beat));
        for (int g = 0; g < config.groupQueries(); g++) {
          fields.add(BigInteger.valueOf(weight(request, g)));
        }
        fields.add(BigInteger.valueOf(beat));
        fields.add(BigInteger.valueOf(beat == count - 1 ? 1 : 0));
        beats.add(fields);
      }
    }
    return beats;
  }

  @Test
  void aFailedReadIsReportedAndTheOthersGoOn() {
    AcceleratorConfig config = Presets.get("tiny");
    Bench bench = new Bench(config, Stalls.SOME, 82);
    long address = bench.address(0, 1, VectorKind.KEY);
    bench.image.fail(address);
    bench.keys.send(0, 1);
    bench.simulator.step(20);
    bench.bench.until(() -> bench.keyBeats.count() == config.beatsPerVector());
    bench.simulator.step();
    assertThat(bench.simulator.isHigh(bench.block.error)).isTrue();
    assertThat(bench.simulator.peek(bench.block.errorAddress)).isEqualTo(address);
    bench.bench.pulse(bench.block.clearError);
    assertThat(bench.simulator.isHigh(bench.block.error)).isFalse();
  }
}
