package sluice.accel.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.Presets;
import sluice.golden.MemoryImage;
import sluice.hdl.lib.axi.Bytes;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** The host port between its users, one after the other, and a memory. */
@BlockTest(HostPort.class)
class HostPortTest {
  private static final int READABLE = 1 << 15;
  private static final int WRITTEN = 0x10000;

  private final HostPort block = new HostPort(Presets.get("tiny"));
  private final Random random = new Random(91);
  private final MemoryImage image = new MemoryImage();

  @ParameterizedTest
  @EnumSource
  void wordsGoToAndComeFromWhoeverIsInWork(Stalls stalls) {
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
    StreamDriver jobWrites = bench.drive(block.jobWrites);
    StreamDriver decodeWrites = bench.drive(block.decodeWrites);
    StreamDriver records = bench.drive(block.recordWords);
    StreamDriver bitmaps = bench.drive(block.bitmapWords);
    StreamDriver outputs = bench.drive(block.outputWords);
    bench.memory(block.axi, image);
    bench.reset();
    List<List<List<BigInteger>>> read =
        List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int round = 0; round < 12; round++) {
      // Job control, a decode job with its bitmap, and with its outputs, and an append job.
      int phase = round % 4;
      boolean decodes = phase == 1 || phase == 2;
      simulator.poke(block.decoding, decodes);
      simulator.poke(block.appending, phase == 3);
      simulator.poke(block.writesBitmap, phase == 1);
      int user = phase == 0 ? 0 : phase == 3 ? 2 : 1;
      for (int i = 0; i < 3; i++) {
        read(reads.get(user), read.get(user));
        if (phase < 3) {
          StreamDriver source = phase == 0 ? records : phase == 1 ? bitmaps : outputs;
          write(decodes ? decodeWrites : jobWrites, source, expected);
        }
      }
      bench.until(
          () ->
              jobWrites.isDone()
                  && decodeWrites.isDone()
                  && records.isDone()
                  && bitmaps.isDone()
                  && outputs.isDone()
                  && simulator.isHigh(block.writerIdle)
                  && words.get(user).count() == read.get(user).size());
      for (int i = 0; i < words.size(); i++) {
        assertThat(words.get(i).receivedFields()).as("round %d", round).isEqualTo(read.get(i));
      }
      assertThat(image.firstDifference(expected)).as("round %d", round).isEmpty();
      assertThat(simulator.isHigh(block.error)).isFalse();
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

  private void write(StreamDriver commands, StreamDriver words, MemoryImage expected) {
    int count = 1 + random.nextInt(40);
    long address = WRITTEN + 8L * random.nextInt(2000);
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
    bench.drive(block.decodeWrites);
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
