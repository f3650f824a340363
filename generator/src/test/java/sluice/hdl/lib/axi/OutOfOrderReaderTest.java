package sluice.hdl.lib.axi;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.golden.MemoryImage;
import sluice.hdl.sim.EngineShapes;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** Ranges are read whole, whatever order and stalls the slave and the user choose. */
@Tag("block")
class OutOfOrderReaderTest {
  private static final int ID_BITS = 6;
  private static final int ADDRESS_BITS = 33;
  private static final int TAG_BITS = 12;
  private static final int WATCHDOG = 100_000;
  private static final int COMMANDS = 60;
  private static final int BYTES = 1 << 15;

  private record Shape(int dataBits, int inFlight, int burstBeats) {
    OutOfOrderReader reader() {
      return new OutOfOrderReader(ID_BITS, ADDRESS_BITS, dataBits, TAG_BITS, inFlight, burstBeats);
    }

    int beatBytes() {
      return dataBits / 8;
    }
  }

  /** A reader between its user and a memory with random contents. */
  private static final class Bench {
    final Shape shape;
    final MemoryImage image = new MemoryImage();
    final OutOfOrderReader reader;
    final Simulator simulator;
    final StreamDriver commands;
    final StreamSink beats;
    final AxiReadPort memory;
    final Map<Integer, List<BigInteger>> expected = new HashMap<>();
    int expectedBeats;

    Bench(Shape shape, AxiTiming timing, double before, double after) {
      this.shape = shape;
      byte[] bytes = new byte[BYTES];
      new Random(timing.seed()).nextBytes(bytes);
      image.write(0, bytes);
      reader = shape.reader();
      simulator = Simulator.of(reader, timing.seed());
      commands = simulator.drive(reader.commands).stalls(before, timing.seed());
      beats = simulator.sink(reader.beats).stalls(after, timing.seed() + 1);
      memory = AxiReadPort.attach(simulator, reader.ar, reader.r, image, timing);
      simulator.reset();
    }

    /** Asks for a range; its tag is its number. */
    void read(long address, int count) {
      int tag = expected.size();
      commands.send(address, count - 1, tag);
      List<BigInteger> data = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        data.add(
            Bytes.toNumber(image.read(address + (long) i * shape.beatBytes(), shape.beatBytes())));
      }
      expected.put(tag, data);
      expectedBeats += count;
    }

    /** Runs until all is there; gives the tags in the order in which their last beats came. */
    List<Integer> finish() {
      simulator.runUntil(() -> beats.count() >= expectedBeats, WATCHDOG);
      simulator.step(5);
      Map<Integer, List<BigInteger>> received = new HashMap<>();
      List<Integer> ends = new ArrayList<>();
      for (List<BigInteger> beat : beats.receivedFields()) {
        int tag = beat.get(1).intValue();
        List<BigInteger> data = received.computeIfAbsent(tag, t -> new ArrayList<>());
        assertThat(beat.get(2).intValue()).as("index of tag %d", tag).isEqualTo(data.size());
        data.add(beat.get(0));
        boolean last = data.size() == expected.get(tag).size();
        assertThat(beat.get(3).intValue()).as("last of tag %d", tag).isEqualTo(last ? 1 : 0);
        if (last) {
          ends.add(tag);
        }
      }
      assertThat(received).isEqualTo(expected);
      assertThat(simulator.isHigh(reader.idle)).isTrue();
      return ends;
    }
  }

  static Stream<Shape> shapes() {
    return EngineShapes.of(
        Stream.of(
            new Shape(64, 4, 4),
            new Shape(256, 64, 16),
            new Shape(8, 1, 256),
            new Shape(512, 7, 64),
            new Shape(128, 16, 2)));
  }

  static Stream<Arguments> stalled() {
    return shapes()
        .flatMap(
            shape ->
                Stream.of(
                    Arguments.of(shape, 0.0, 0.0, 0.0, 40),
                    Arguments.of(shape, 0.5, 0.0, 0.0, 60),
                    Arguments.of(shape, 0.0, 0.7, 0.2, 200),
                    Arguments.of(shape, 0.3, 0.3, 0.8, 100)));
  }

  /** Ranges of all lengths, many of them over the end of a longest burst or of a page. */
  private static void readAtRandom(Bench bench, Random random) {
    int bytes = bench.shape.beatBytes();
    for (int i = 0; i < COMMANDS; i++) {
      int count = random.nextInt(3) == 0 ? 1 + random.nextInt(40) : 1 + random.nextInt(8);
      long last = BYTES / bytes - count;
      long beat =
          random.nextBoolean()
              ? (long) (random.nextDouble() * last)
              : Math.min(last, 4096 / bytes * (1 + random.nextInt(7)) - random.nextInt(count));
      bench.read(beat * bytes, count);
    }
  }

  @ParameterizedTest
  @MethodSource("stalled")
  void givesEveryBeatOnceWithItsTagAndIndex(
      Shape shape, double before, double memory, double after, int latency) {
    for (long seed = 1; seed <= 2; seed++) {
      Bench bench = new Bench(shape, new AxiTiming(memory, latency, seed), before, after);
      readAtRandom(bench, new Random(seed));
      List<Integer> ends = bench.finish();
      assertThat(simulatorError(bench)).isFalse();
      List<Integer> sorted = ends.stream().sorted().toList();
      if (shape.inFlight() == 1) {
        assertThat(ends).isEqualTo(sorted);
      } else {
        assertThat(ends).as("the memory answers out of order").isNotEqualTo(sorted);
      }
    }
  }

  private static boolean simulatorError(Bench bench) {
    return bench.simulator.isHigh(bench.reader.error);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void keepsAsManyRangesInFlightAsAllowed(Shape shape) {
    Bench bench = new Bench(shape, new AxiTiming(0, 800, 2), 0, 0);
    for (int i = 0; i < 90; i++) {
      bench.read(0, 1);
    }
    bench.finish();
    assertThat(bench.memory.mostOutstanding()).isEqualTo(shape.inFlight());
  }

  @Test
  void readsABeatACycle() {
    Shape shape = new Shape(64, 16, 16);
    Bench bench = new Bench(shape, AxiTiming.ideal(), 0, 0);
    for (int i = 0; i < 100; i++) {
      bench.read(32L * i, 4);
    }
    long start = bench.simulator.cycle();
    bench.simulator.runUntil(() -> bench.beats.count() == 400, WATCHDOG);
    assertThat(bench.simulator.cycle() - start).isLessThanOrEqualTo(400 + 8);
  }

  @Test
  void asksForABurstACycle() {
    Shape shape = new Shape(64, 64, 2);
    Bench bench = new Bench(shape, new AxiTiming(0, 0, 1), 0, 0);
    for (int i = 0; i < 60; i++) {
      bench.read(8L * i, 1);
    }
    long start = bench.simulator.cycle();
    bench.simulator.runUntil(() -> bench.memory.bursts() == 60, WATCHDOG);
    assertThat(bench.simulator.cycle() - start).isLessThanOrEqualTo(60 + 4);
  }

  @Test
  void keepsTheAddressOfTheFirstRangeThatFailedUntilCleared() {
    Bench bench = new Bench(new Shape(64, 4, 4), AxiTiming.random(3), 0.3, 0.3);
    bench.image.fail(0x2000);
    // The second burst of the range fails.
    bench.commands.send(0x1FE0, 11, 5);
    bench.simulator.runUntil(() -> bench.beats.count() == 12, WATCHDOG);
    bench.simulator.step();
    assertThat(simulatorError(bench)).isTrue();
    assertThat(bench.simulator.peek(bench.reader.errorAddress)).isEqualTo(0x1FE0);
    bench.simulator.poke(bench.reader.clearError, true);
    bench.simulator.step();
    bench.simulator.poke(bench.reader.clearError, false);
    assertThat(simulatorError(bench)).isFalse();
    bench.commands.send(0x1000, 3, 6);
    bench.commands.send(0x2008, 0, 7);
    bench.simulator.runUntil(() -> bench.beats.count() == 17, WATCHDOG);
    bench.simulator.step();
    assertThat(bench.simulator.peek(bench.reader.errorAddress)).isEqualTo(0x2008);
  }

  @Test
  void isNotIdleFromTheCommandToItsLastBeat() {
    Bench bench = new Bench(new Shape(64, 4, 4), new AxiTiming(0, 30, 5), 0, 0);
    assertThat(bench.simulator.isHigh(bench.reader.idle)).isTrue();
    bench.read(64, 6);
    bench.simulator.step();
    while (bench.beats.count() < 6) {
      assertThat(bench.simulator.isHigh(bench.reader.idle)).isFalse();
      bench.simulator.step();
    }
    bench.finish();
  }
}
