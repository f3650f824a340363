package sluice.accel.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
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
    final long[][] tables = new long[AcceleratorConfig.JOBS_IN_WORK][];
    final int[] heads = new int[AcceleratorConfig.HEADS_IN_FLIGHT];
    final int[] tableOfHead = new int[AcceleratorConfig.HEADS_IN_FLIGHT];
    final long kvBase;

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
      int pages = config.pages();
      long[] all =
          random.longs(0, 8L * pages).distinct().limit((long) tables.length * pages).toArray();
      for (int i = 0; i < all.length; i++) {
        simulator.poke(block.tableIndex, i);
        simulator.poke(block.tablePage, all[i]);
        bench.pulse(block.tableWrite);
      }
      for (int t = 0; t < tables.length; t++) {
        tables[t] = Arrays.copyOfRange(all, t * pages, (t + 1) * pages);
      }
      kvBase = 4096L * random.nextInt(100);
      simulator.poke(block.kvBase, kvBase);
      for (int slot = 0; slot < heads.length; slot++) {
        begin(slot, random.nextInt(config.kvHeads()), slot / 2 % tables.length);
      }
    }

    /** Begins a head in a slot. */
    void begin(int slot, int kvHead, int table) {
      heads[slot] = kvHead;
      tableOfHead[slot] = table;
      simulator.poke(block.headSlot, slot);
      simulator.poke(block.kvHead, kvHead);
      simulator.poke(block.headTable, table);
      bench.pulse(block.headWrite);
      simulator.step(3);
    }

    long address(int slot, int row, int lane, int kind) {
      return kvBase
          + CacheAddressTest.offset(
              layout, tables[tableOfHead[slot]], heads[slot], row, lane, kind);
    }

    /** Fills what is asked for at random, unless it was asked for before. */
    void fillOnce(long address, int bytes) {
      if (image.readNumber(address, 8) == 0) {
        fill(address, bytes);
      }
    }

    private void fill(long address, int bytes) {
      byte[] data = new byte[bytes];
      random.nextBytes(data);
      image.write(address, data);
    }

    BigInteger beat(long address, int beat) {
      int bytes = layout.beatBytes();
      return Bytes.toNumber(image.read(address + (long) beat * bytes, bytes));
    }

    void scan(int slot, int rows) {
      simulator.poke(block.scanSlot, slot);
      simulator.poke(block.rowCount, rows);
      bench.pulse(block.scanStart);
      // Only the cycle of the pulse counts.
      simulator.poke(block.scanSlot, slot ^ 1);
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.memory.Shapes#stalled")
  void everyoneGetsTheBeatsAskedFor(AcceleratorConfig config, Stalls stalls) {
    Bench bench = new Bench(config, stalls, 81);
    Random random = bench.random;
    List<List<List<BigInteger>>> keys = new ArrayList<>();
    List<List<BigInteger>> values = new ArrayList<>();
    List<BigInteger> records = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      // A new head is scanned, while keys and values of all heads are read.
      int scanned = (round + 1) % AcceleratorConfig.HEADS_IN_FLIGHT;
      bench.begin(
          scanned,
          random.nextInt(config.kvHeads()),
          random.nextInt(AcceleratorConfig.JOBS_IN_WORK));
      int rows =
          round == 0 ? Math.min(MOST_ROWS, config.rows()) : 1 + random.nextInt(4) % config.rows();
      for (int row = 0; row < rows; row++) {
        long address = bench.address(scanned, row, 0, VectorKind.RECORDS);
        bench.fillOnce(address, bench.layout.beatBytes());
        records.add(bench.beat(address, 0));
      }
      for (int i = 0; i < VECTORS; i++) {
        keys.add(requestKey(bench));
        values.addAll(requestValue(bench, VECTORS * round + i));
      }
      bench.scan(scanned, rows);
      int beats = keys.size() * config.beatsPerVector();
      bench.bench.until(
          () ->
              bench.records.count() == records.size()
                  && bench.keyBeats.count() == beats
                  && bench.valueBeats.count() == beats);
      bench.simulator.step(3);
      assertThat(bench.records.received()).isEqualTo(records);
      assertThat(whole(bench.keyBeats, config.beatsPerVector()))
          .containsExactlyInAnyOrderElementsOf(keys);
      assertThat(bench.valueBeats.receivedFields()).containsExactlyInAnyOrderElementsOf(values);
      assertThat(bench.simulator.isHigh(bench.block.idle)).isTrue();
      assertThat(bench.simulator.isHigh(bench.block.error)).isFalse();
    }
  }

  /** Asks for a key of any head; gives the beats that are to come. */
  private static List<List<BigInteger>> requestKey(Bench bench) {
    AcceleratorConfig config = bench.layout.config();
    int row = bench.random.nextInt(config.rows());
    int lane = bench.random.nextInt(config.lanes());
    int slot = bench.random.nextInt(AcceleratorConfig.HEADS_IN_FLIGHT);
    int place = bench.random.nextInt(config.pickPlaces());
    long address = bench.address(slot, row, lane, VectorKind.KEY);
    bench.fillOnce(address, config.vectorBytes());
    bench.keys.send(row, lane, slot, place);
    List<List<BigInteger>> beats = new ArrayList<>();
    int count = config.beatsPerVector();
    for (int beat = 0; beat < count; beat++) {
      beats.add(
          List.of(
              bench.beat(address, beat),
              BigInteger.valueOf(row),
              BigInteger.valueOf(lane),
              BigInteger.valueOf(slot),
              BigInteger.valueOf(place),
              BigInteger.valueOf(beat == count - 1 ? 1 : 0)));
    }
    return beats;
  }

  /** Asks for a value of any head; gives the beats that are to come. */
  private static List<List<BigInteger>> requestValue(Bench bench, int request) {
    AcceleratorConfig config = bench.layout.config();
    int row = bench.random.nextInt(config.rows());
    int lane = bench.random.nextInt(config.lanes());
    int slot = bench.random.nextInt(AcceleratorConfig.HEADS_IN_FLIGHT);
    long address = bench.address(slot, row, lane, VectorKind.VALUE);
    bench.fillOnce(address, config.vectorBytes());
    long[] fields = new long[3 + config.groupQueries()];
    fields[0] = row;
    fields[1] = lane;
    fields[2] = slot;
    for (int g = 0; g < config.groupQueries(); g++) {
      fields[3 + g] = weight(request, g);
    }
    bench.values.send(fields);
    List<List<BigInteger>> beats = new ArrayList<>();
    int count = config.beatsPerVector();
    for (int beat = 0; beat < count; beat++) {
      List<BigInteger> expected = new ArrayList<>();
      expected.add(bench.beat(address, beat));
      for (int i = 2; i < fields.length; i++) {
        expected.add(BigInteger.valueOf(fields[i]));
      }
      expected.add(BigInteger.valueOf(beat));
      expected.add(BigInteger.valueOf(beat == count - 1 ? 1 : 0));
      beats.add(expected);
    }
    return beats;
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

  @Test
  void aFailedReadIsReportedAndTheOthersGoOn() {
    AcceleratorConfig config = Presets.get("tiny");
    Bench bench = new Bench(config, Stalls.SOME, 82);
    long address = bench.address(2, 0, 1, VectorKind.KEY);
    bench.image.fail(address);
    bench.keys.send(0, 1, 2, 0);
    bench.simulator.step(20);
    bench.bench.until(() -> bench.keyBeats.count() == config.beatsPerVector());
    bench.simulator.step();
    assertThat(bench.simulator.isHigh(bench.block.error)).isTrue();
    assertThat(bench.simulator.peek(bench.block.errorAddress)).isEqualTo(address);
    bench.bench.pulse(bench.block.clearError);
    assertThat(bench.simulator.isHigh(bench.block.error)).isFalse();
  }
}
