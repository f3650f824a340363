package sluice.accel.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.Presets;
import sluice.golden.MemoryImage;
import sluice.hdl.Stream;
import sluice.hdl.lib.axi.Bytes;
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** The host port between its readers and writers, all at once, and a memory. */
@BlockTest(HostPort.class)
class HostPortTest {
  private static final int READABLE = 1 << 15;
  private static final int WRITTEN = 0x10000;

  private final HostPort block = new HostPort(Presets.get("tiny"));
  private final Random random = new Random(91);
  private final MemoryImage image = new MemoryImage();

  @ParameterizedTest
  @EnumSource
  void wordsGoToAndComeFromWhoeverAsksForThem(Stalls stalls) {
    BlockBench bench = BlockBench.of(block, stalls, 92);
    Simulator simulator = bench.simulator();
    byte[] contents = new byte[READABLE];
    random.nextBytes(contents);
    image.write(0, contents);
    MemoryImage expected = image.copy();
    List<StreamDriver> reads =
        List.of(
            bench.drive(block.jobReads),
            bench.drive(block.decodeReads),
            bench.drive(block.appendReads));
    List<StreamSink> words =
        List.of(
            bench.sink(block.jobWords),
            bench.sink(block.decodeWords),
            bench.sink(block.appendWords));
    List<StreamDriver> writes =
        List.of(
            bench.drive(block.jobWrites),
            bench.drive(block.bitmapWrites),
            bench.drive(block.outputWrites));
    List<StreamDriver> sources =
        List.of(
            bench.drive(block.recordWords),
            bench.drive(block.bitmapWords),
            bench.drive(block.outputWords));
    bench.memory(block.axi, image);
    WriteOrder order = simulator.attach(new WriteOrder(block));
    bench.reset();
    List<List<List<BigInteger>>> read =
        List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int round = 0; round < 12; round++) {
      // All three read and write at once, or two of them.
      int without = round < 6 ? -1 : round % 3;
      for (int i = 0; i < 12; i++) {
        int writer = random.nextInt(writes.size());
        if (writer != without) {
          write(writer, writes.get(writer), sources.get(writer), expected);
        }
        int user = random.nextInt(reads.size());
        if (user != without) {
          read(reads.get(user), read.get(user));
        }
        simulator.step(random.nextInt(12));
      }
      bench.until(
          () ->
              writes.stream().allMatch(StreamDriver::isDone)
                  && sources.stream().allMatch(StreamDriver::isDone)
                  && simulator.isHigh(block.writerIdle)
                  && IntStream.range(0, words.size())
                      .allMatch(i -> words.get(i).count() >= read.get(i).size()));
      for (int i = 0; i < words.size(); i++) {
        assertThat(words.get(i).receivedFields()).as("round %d", round).isEqualTo(read.get(i));
      }
      assertThat(image.firstDifference(expected)).as("round %d", round).isEmpty();
      assertThat(simulator.isHigh(block.error)).isFalse();
    }
    // Writes go out as they were taken, and that was a mixed order.
    assertThat(order.written).isEqualTo(order.asked).hasSizeGreaterThan(30);
  }

  /** Who asked for writes, and whose bursts went out; several of one in a row count once. */
  private static final class WriteOrder implements Activity {
    private final HostPort block;
    private final List<Stream<HostWriter.HostWriteCommand>> writers;
    private final List<Integer> asked = new ArrayList<>();
    private final List<Integer> written = new ArrayList<>();

    WriteOrder(HostPort block) {
      this.block = block;
      writers = List.of(block.jobWrites, block.bitmapWrites, block.outputWrites);
    }

    @Override
    public void sample(Simulator simulator) {
      if (simulator.inReset()) {
        return;
      }
      for (int writer = 0; writer < writers.size(); writer++) {
        if (fires(simulator, writers.get(writer))) {
          note(asked, writer);
        }
      }
      if (fires(simulator, block.axi.aw())) {
        note(written, (int) (simulator.peek(block.axi.aw().payload().addr()) / WRITTEN) - 1);
      }
    }

    private static boolean fires(Simulator simulator, Stream<?> stream) {
      return simulator.isHigh(stream.valid()) && simulator.isHigh(stream.ready());
    }

    private static void note(List<Integer> order, int writer) {
      if (order.isEmpty() || order.get(order.size() - 1) != writer) {
        order.add(writer);
      }
    }
  }

  private void read(StreamDriver commands, List<List<BigInteger>> words) {
    int count = 1 + random.nextInt(40);
    long address = 8L * random.nextInt(READABLE / 8 - count);
    commands.send(address, count);
    for (int i = 0; i < count; i++) {
      words.add(
          List.of(
              Bytes.toNumber(image.read(address + 8L * i, 8)),
              BigInteger.valueOf(i == count - 1 ? 1 : 0)));
    }
  }

  /** Each writer has a region of its own. */
  private void write(int writer, StreamDriver commands, StreamDriver words, MemoryImage expected) {
    int count = 1 + random.nextInt(40);
    long address = (1L + writer) * WRITTEN + 8L * random.nextInt(2000);
    commands.send(address, count);
    for (int i = 0; i < count; i++) {
      BigInteger word = new BigInteger(64, random);
      words.send(word);
      expected.write(address + 8L * i, Bytes.fromNumber(word, 8));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theErrorOfAReadIsToldBeforeThatOfAWrite(Stalls stalls) {
    BlockBench bench = BlockBench.of(block, stalls, 93);
    Simulator simulator = bench.simulator();
    StreamDriver reads = bench.drive(block.jobReads);
    StreamSink words = bench.sink(block.jobWords);
    StreamDriver writes = bench.drive(block.jobWrites);
    StreamDriver records = bench.drive(block.recordWords);
    List.of(block.decodeReads, block.appendReads).forEach(bench::drive);
    List.of(block.decodeWords, block.appendWords).forEach(bench::sink);
    List.of(block.bitmapWrites, block.outputWrites).forEach(bench::drive);
    List.of(block.bitmapWords, block.outputWords).forEach(bench::drive);
    bench.memory(block.axi, image);
    image.fail(0x3000);
    image.fail(0x5000);
    bench.reset();
    writes.send(0x5010, 2);
    records.send(1).send(2);
    bench.until(() -> records.isDone() && simulator.isHigh(block.writerIdle));
    simulator.step();
    assertThat(simulator.isHigh(block.error)).isTrue();
    assertThat(simulator.peek(block.errorAddress)).isEqualTo(0x5010);
    reads.send(0x3020, 1);
    bench.until(() -> words.count() == 1);
    simulator.step();
    assertThat(simulator.peek(block.errorAddress)).isEqualTo(0x3020);
    bench.pulse(block.clearError);
    assertThat(simulator.isHigh(block.error)).isFalse();
  }
}
