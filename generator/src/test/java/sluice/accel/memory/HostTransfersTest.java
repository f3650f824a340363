package sluice.accel.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.config.Presets;
import sluice.golden.MemoryImage;
import sluice.hdl.lib.axi.AxiReadPort;
import sluice.hdl.lib.axi.AxiTiming;
import sluice.hdl.lib.axi.AxiWritePort;
import sluice.hdl.lib.axi.Bytes;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** Reading and writing host memory. */
@BlockTest({HostReader.class, HostWriter.class})
class HostTransfersTest {
  private static final int WATCHDOG = 200_000;
  private static final AcceleratorConfig CONFIG = Presets.get("tiny");

  private record Range(long address, int words) {}

  /** Ranges of all lengths, at any word; some cross several multiples of 4096. */
  private static List<Range> ranges(Random random, int count) {
    List<Range> ranges = new ArrayList<>();
    ranges.add(new Range(4096 - 8, 1));
    ranges.add(new Range(4096 - 8, 2));
    ranges.add(new Range(0, 512));
    ranges.add(new Range(8, 1100));
    while (ranges.size() < count) {
      int words = 1 + random.nextInt(random.nextInt(3) == 0 ? 200 : 20);
      ranges.add(new Range(8L * random.nextInt(4000), words));
    }
    return ranges;
  }

  private static byte[] randomBytes(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @EnumSource
  void readsEveryWordOfEveryRangeInOrder(Stalls stalls) {
    long seed = 1;
    Random random = new Random(seed);
    MemoryImage image = new MemoryImage();
    image.write(0, randomBytes(random, 1 << 16));
    HostReader reader = new HostReader(CONFIG);
    BlockBench bench = BlockBench.of(reader, stalls, seed);
    Simulator simulator = bench.simulator();
    StreamDriver commands = bench.drive(reader.commands);
    StreamSink words = bench.sink(reader.words);
    bench.reads(reader.ar, reader.r, image);
    bench.reset();

    List<List<BigInteger>> expected = new ArrayList<>();
    for (Range range : ranges(random, 20)) {
      commands.send(range.address(), range.words());
      for (int i = 0; i < range.words(); i++) {
        BigInteger word = Bytes.toNumber(image.read(range.address() + 8L * i, 8));
        expected.add(List.of(word, BigInteger.valueOf(i == range.words() - 1 ? 1 : 0)));
      }
    }
    bench.until(() -> words.count() == expected.size());
    assertThat(words.receivedFields()).as("seed %d", seed).isEqualTo(expected);
    simulator.step(2);
    assertThat(simulator.isHigh(reader.idle)).isTrue();
    assertThat(simulator.isHigh(reader.error)).isFalse();
  }

  @Test
  void readsAWordACycleFromAFastMemory() {
    HostReader reader = new HostReader(CONFIG);
    Simulator simulator = Simulator.of(reader);
    simulator.drive(reader.commands).send(8, 1000);
    StreamSink words = simulator.sink(reader.words);
    AxiReadPort.attach(simulator, reader.ar, reader.r, new MemoryImage(), AxiTiming.ideal());
    simulator.reset();
    assertThat(simulator.runUntil(() -> words.count() == 1000, WATCHDOG))
        .isLessThanOrEqualTo(1000 + 6);
  }

  @Test
  void aFailedReadIsReportedAndDoesNotStopTheReader() {
    MemoryImage image = new MemoryImage();
    image.fail(0x3000);
    HostReader reader = new HostReader(CONFIG);
    Simulator simulator = Simulator.of(reader);
    StreamDriver commands = simulator.drive(reader.commands);
    StreamSink words = simulator.sink(reader.words).stalls(0.3, 1);
    AxiReadPort.attach(simulator, reader.ar, reader.r, image, AxiTiming.random(4));
    simulator.reset();
    commands.send(0x2ff0, 40).send(0x100, 1);
    simulator.runUntil(() -> words.count() == 41, WATCHDOG);
    simulator.step();
    assertThat(simulator.isHigh(reader.error)).isTrue();
    assertThat(simulator.peek(reader.errorAddress)).isEqualTo(0x3000);
    simulator.poke(reader.clearError, true);
    simulator.step();
    simulator.poke(reader.clearError, false);
    assertThat(simulator.isHigh(reader.error)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void writesEveryWordOfEveryRange(Stalls stalls) {
    for (long seed = 1; seed <= 3; seed++) {
      writesEveryWordOfEveryRange(stalls, seed);
    }
  }

  /** The seed decides in which order the memory takes addresses and data. */
  private static void writesEveryWordOfEveryRange(Stalls stalls, long seed) {
    Random random = new Random(seed);
    MemoryImage image = new MemoryImage();
    image.write(0, randomBytes(random, 1 << 16));
    MemoryImage expected = image.copy();
    HostWriter writer = new HostWriter(CONFIG);
    BlockBench bench = BlockBench.of(writer, stalls, seed);
    Simulator simulator = bench.simulator();
    StreamDriver commands = bench.drive(writer.commands);
    StreamDriver words = bench.drive(writer.words);
    bench.writes(writer.aw, writer.w, writer.b, image);
    bench.reset();

    for (Range range : ranges(random, 20)) {
      byte[] data = randomBytes(random, 8 * range.words());
      expected.write(range.address(), data);
      commands.send(range.address(), range.words());
      for (int i = 0; i < range.words(); i++) {
        words.send(Bytes.toNumber(Arrays.copyOfRange(data, 8 * i, 8 * i + 8)));
      }
    }
    bench.until(() -> commands.isDone() && words.isDone() && simulator.isHigh(writer.idle));
    assertThat(image.firstDifference(expected)).as("seed %d", seed).isEmpty();
    assertThat(simulator.isHigh(writer.error)).isFalse();
  }

  @Test
  void writesAWordACycleToAFastMemory() {
    HostWriter writer = new HostWriter(CONFIG);
    Simulator simulator = Simulator.of(writer);
    simulator.drive(writer.commands).send(8, 1000);
    StreamDriver words = simulator.drive(writer.words);
    for (int i = 0; i < 1000; i++) {
      words.send(i);
    }
    AxiWritePort.attach(
        simulator, writer.aw, writer.w, writer.b, new MemoryImage(), AxiTiming.ideal());
    simulator.reset();
    assertThat(simulator.runUntil(words::isDone, WATCHDOG)).isLessThanOrEqualTo(1000 + 5);
  }

  @Test
  void aWriterIsNotIdleBeforeTheLastAnswer() {
    HostWriter writer = new HostWriter(CONFIG);
    Simulator simulator = Simulator.of(writer);
    simulator.drive(writer.commands).send(0x40, 3);
    StreamDriver words = simulator.drive(writer.words).send(1).send(2).send(3);
    AxiWritePort memory =
        AxiWritePort.attach(
            simulator, writer.aw, writer.w, writer.b, new MemoryImage(), AxiTiming.random(8));
    simulator.reset();
    assertThat(simulator.isHigh(writer.idle)).isTrue();
    simulator.step();
    while (memory.bursts() == 0) {
      assertThat(simulator.isHigh(writer.idle)).isFalse();
      simulator.step();
    }
    assertThat(simulator.isHigh(writer.idle)).isTrue();
    assertThat(words.isDone()).isTrue();
  }

  @Test
  void aFailedWriteIsReportedAndDoesNotStopTheWriter() {
    MemoryImage image = new MemoryImage();
    image.fail(0x3000);
    HostWriter writer = new HostWriter(CONFIG);
    Simulator simulator = Simulator.of(writer);
    StreamDriver commands = simulator.drive(writer.commands).send(0x2ff8, 20).send(0x100, 1);
    StreamDriver words = simulator.drive(writer.words);
    for (int i = 0; i < 21; i++) {
      words.send(100 + i);
    }
    AxiWritePort.attach(simulator, writer.aw, writer.w, writer.b, image, AxiTiming.random(4));
    simulator.reset();
    simulator.runUntil(
        () -> commands.isDone() && words.isDone() && simulator.isHigh(writer.idle), WATCHDOG);
    assertThat(simulator.isHigh(writer.error)).isTrue();
    assertThat(simulator.peek(writer.errorAddress)).isEqualTo(0x3000);
    assertThat(image.readNumber(0x100, 8)).isEqualTo(120);
  }
}
