package sluice.accel.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.accel.HostAnswers;
import sluice.config.AcceleratorConfig;
import sluice.config.Presets;
import sluice.golden.Calibration;
import sluice.golden.Half;
import sluice.golden.HostImage;
import sluice.golden.KvImages;
import sluice.golden.MemoryImage;
import sluice.hdl.lib.axi.Bytes;
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;
import sluice.tensor.HalfMatrix;

/** Appended tokens become the bytes of the golden cache. */
@BlockTest(Appender.class)
class AppenderTest {
  private static final long KV_BASE = 0x4000;

  /** An appender between host memory and the writers of the channels. */
  private static final class Bench implements Activity {
    final AcceleratorConfig config;
    final Appender block;
    final BlockBench bench;
    final Simulator simulator;
    final Random random;
    final HostImage host;
    final List<Calibration> calibrations = new ArrayList<>();
    final long headTable;
    final long[][] tables = new long[AcceleratorConfig.JOBS_IN_WORK][];
    final List<StreamSink> commands = new ArrayList<>();
    final List<StreamSink> beats = new ArrayList<>();
    final KvImages expected;

    Bench(AcceleratorConfig config, Stalls stalls, long seed) {
      this.config = config;
      block = new Appender(config);
      bench = BlockBench.of(block, stalls, seed);
      simulator = bench.simulator();
      random = new Random(seed);
      host = new HostImage(config, 0x1000);
      for (int head = 0; head < config.kvHeads(); head++) {
        calibrations.add(calibration());
      }
      headTable = host.headTable(calibrations);
      expected = KvImages.empty(config, KV_BASE);
      StreamSink reads = bench.sink(block.readCommands);
      StreamDriver words = bench.drive(block.readWords);
      simulator.attach(new HostAnswers(host.memory(), reads, words));
      for (int c = 0; c < config.channels(); c++) {
        commands.add(bench.sink(block.writeCommands.get(c)));
        beats.add(bench.sink(block.writeBeats.get(c)));
      }
      simulator.attach(this);
      bench.reset();
      simulator.poke(block.kvBase, KV_BASE);
      for (int table = 0; table < tables.length; table++) {
        // As many in either, so that a token has a page in both; none is in both.
        tables[table] =
            random
                .longs(4L * config.pages(), 10L * table, 10L * table + 10)
                .distinct()
                .limit(Math.min(4, config.pages()))
                .toArray();
        for (int i = 0; i < tables[table].length; i++) {
          simulator.poke(block.tableIndex, (long) table * config.pages() + i);
          simulator.poke(block.tablePage, tables[table][i]);
          bench.pulse(block.tableWrite);
        }
      }
    }

    /** Tokens for which there are pages. */
    int capacity() {
      int pages = Math.min(tables[0].length, tables[1].length);
      return Math.min(config.context(), pages * config.pageTokens());
    }

    private Calibration calibration() {
      int[] heavy =
          random.ints(0, config.headDim()).distinct().limit(config.heavyChannels()).toArray();
      short[][] thresholds = new short[heavy.length][config.thresholds()];
      for (short[] ofChannel : thresholds) {
        double[] sorted = random.doubles(ofChannel.length, -2, 2).sorted().toArray();
        for (int i = 0; i < sorted.length; i++) {
          ofChannel[i] = Half.ofDouble(sorted[i]);
        }
      }
      return new Calibration(heavy, new short[heavy.length], thresholds);
    }

    private HalfMatrix vectors(int count) {
      short[] halves = new short[count * config.headDim()];
      for (int i = 0; i < halves.length; i++) {
        halves[i] =
            random.nextInt(50) == 0
                ? (short) random.nextInt()
                : Half.ofDouble(random.nextGaussian());
      }
      return new HalfMatrix(count, config.headDim(), halves);
    }

    /** The writers are idle when they have all beats of their commands. */
    @Override
    public void drive(Simulator running) {
      boolean idle = true;
      for (int c = 0; c < commands.size(); c++) {
        int due =
            commands.get(c).receivedFields().stream().mapToInt(f -> f.get(1).intValue() + 1).sum();
        idle &= beats.get(c).count() == due;
      }
      running.poke(block.writersIdle, idle);
    }

    /** Starts to append tokens for some heads. */
    void start(int table, int firstHead, int heads, int firstToken, int count) {
      HalfMatrix keys = vectors(count * heads);
      HalfMatrix values = vectors(count * heads);
      for (int head = 0; head < heads; head++) {
        for (int t = 0; t < count; t++) {
          expected.write(
              tables[table],
              firstHead + head,
              firstToken + t,
              keys.row(t * heads + head),
              values.row(t * heads + head),
              calibrations.get(firstHead + head));
        }
      }
      simulator.poke(block.table, table);
      simulator.poke(block.firstHead, firstHead);
      simulator.poke(block.heads, heads);
      simulator.poke(block.firstToken, firstToken);
      simulator.poke(block.count, count);
      simulator.poke(block.keysPointer, host.halves(keys));
      simulator.poke(block.valuesPointer, host.halves(values));
      simulator.poke(block.tablePointer, headTable);
      bench.pulse(block.start);
    }

    /** What the writers have put into a channel's memory. */
    MemoryImage written(int channel) {
      MemoryImage image = new MemoryImage();
      int bytes = config.channelBits() / 8;
      List<List<BigInteger>> received = beats.get(channel).receivedFields();
      int next = 0;
      for (List<BigInteger> command : commands.get(channel).receivedFields()) {
        long address = command.get(0).longValue();
        for (int i = 0; i <= command.get(1).intValue(); i++, address += bytes) {
          byte[] data = Bytes.fromNumber(received.get(next).get(0), bytes);
          for (int b = 0; b < bytes; b++) {
            if (received.get(next).get(1).testBit(b)) {
              image.write(address + b, Arrays.copyOfRange(data, b, b + 1));
            }
          }
          next++;
        }
      }
      assertThat(received).hasSize(next);
      return image;
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.memory.Shapes#stalled")
  void theChannelsHoldTheGoldenCache(AcceleratorConfig config, Stalls stalls) {
    Bench bench = new Bench(config, stalls, 101);
    int capacity = bench.capacity();
    int token = bench.random.nextInt(capacity);
    int heads = Math.min(2, config.kvHeads());
    bench.start(1, config.kvHeads() - heads, heads, token, Math.min(5, capacity - token));
    bench.bench.until(() -> bench.simulator.isHigh(bench.block.done));
    bench.simulator.step(5);
    bench.start(0, 0, 1, 0, Math.min(9, capacity));
    bench.bench.until(() -> bench.simulator.isHigh(bench.block.done));
    for (int c = 0; c < config.channels(); c++) {
      assertThat(bench.written(c).firstDifference(bench.expected.channels().get(c))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBusErrorEndsTheJobAfterTheTokenInWork(Stalls stalls) {
    Bench bench = new Bench(Presets.get("tiny"), stalls, 102);
    bench.start(0, 0, 2, 0, 50);
    bench.bench.until(() -> bench.commands.get(0).count() == 3 * 4 + 1);
    bench.simulator.poke(bench.block.busError, true);
    bench.bench.until(() -> bench.simulator.isHigh(bench.block.done));
    bench.simulator.step(50);
    assertThat(bench.commands.get(0).count()).isEqualTo(3 * 5);
    // Nothing of it is left for the next job.
    bench.simulator.poke(bench.block.busError, false);
    bench.start(1, 1, 1, 3, 2);
    bench.bench.until(() -> bench.simulator.isHigh(bench.block.done));
    assertThat(bench.commands.get(0).count()).isEqualTo(3 * 5 + 3 * 2);
  }
}
