package sluice.accel.memory;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.config.Presets;
import sluice.golden.MemoryImage;
import sluice.hdl.lib.axi.AxiReadPort;
import sluice.hdl.lib.axi.AxiTiming;
import sluice.hdl.lib.axi.Bytes;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

@BlockTest(ReadEngine.class)
class ReadEngineTest {
  private static final int TAG_BITS = 9;
  private static final int WATCHDOG = 200_000;

  /** What is read; its tag is its number. */
  private record Command(long address, int beats, int kind) {}

  /** An engine between its user and a memory. */
  private static final class Bench {
    final MemoryImage image = new MemoryImage();
    final ReadEngine engine;
    final Simulator simulator;
    final StreamDriver commands;
    final StreamSink beats;
    final AxiReadPort memory;
    final int beatBytes;
    final Map<Integer, List<List<BigInteger>>> expected = new TreeMap<>();
    int expectedBeats;

    /** Under a memory whose timing is its own. */
    Bench(AcceleratorConfig config, AxiTiming timing, double stall, long seed) {
      engine = new ReadEngine(config, TAG_BITS);
      simulator = Simulator.of(engine, seed);
      beatBytes = config.channelBits() / 8;
      commands = simulator.drive(engine.commands).stalls(stall, seed);
      beats = simulator.sink(engine.beats).stalls(stall, seed + 1);
      memory = AxiReadPort.attach(simulator, engine.ar, engine.r, image, timing);
      simulator.reset();
    }

    Bench(AcceleratorConfig config, Stalls stalls, long seed) {
      engine = new ReadEngine(config, TAG_BITS);
      BlockBench bench = BlockBench.of(engine, stalls, seed);
      simulator = bench.simulator();
      beatBytes = config.channelBits() / 8;
      commands = bench.drive(engine.commands);
      beats = bench.sink(engine.beats);
      memory = bench.reads(engine.ar, engine.r, image);
      bench.reset();
    }

    void fill(Random random, int bytes) {
      byte[] data = new byte[bytes];
      random.nextBytes(data);
      image.write(0, data);
    }

    void read(Command command) {
      int tag = expected.size();
      commands.send(command.address(), command.beats() - 1, command.kind(), tag);
      List<List<BigInteger>> ofCommand = new ArrayList<>();
      for (int i = 0; i < command.beats(); i++) {
        byte[] data = image.read(command.address() + (long) i * beatBytes, beatBytes);
        ofCommand.add(
            List.of(
                Bytes.toNumber(data),
                BigInteger.valueOf(command.kind()),
                BigInteger.valueOf(tag),
                BigInteger.valueOf(i),
                i == command.beats() - 1 ? BigInteger.ONE : BigInteger.ZERO));
      }
      expected.put(tag, ofCommand);
      expectedBeats += command.beats();
    }

    /** The beats that have come, by tag. */
    Map<Integer, List<List<BigInteger>>> received() {
      return beats.receivedFields().stream()
          .collect(Collectors.groupingBy(beat -> beat.get(2).intValue(), TreeMap::new, toList()));
    }

    void finish() {
      simulator.runUntil(() -> beats.count() >= expectedBeats, WATCHDOG);
    }

    boolean idle() {
      return simulator.isHigh(engine.idle);
    }
  }

  private static Command random(Random random, int beatBytes) {
    int most = Math.min(256, 4096 / beatBytes);
    int beats = random.nextInt(4) == 0 ? 1 + random.nextInt(most) : 1 + random.nextInt(4);
    long page = random.nextInt(16) * 4096L;
    long offset = random.nextInt(4096 / beatBytes - beats + 1) * (long) beatBytes;
    return new Command(page + offset, beats, random.nextInt(3));
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.memory.Shapes#stalled")
  void givesTheBeatsOfEveryCommandInOrder(AcceleratorConfig config, Stalls stalls) {
    for (long seed = 1; seed <= 2; seed++) {
      Random random = new Random(seed);
      Bench bench = new Bench(config, stalls, seed);
      bench.fill(random, 1 << 16);
      for (int i = 0; i < 40; i++) {
        bench.read(random(random, bench.beatBytes));
      }
      bench.finish();
      assertThat(bench.received()).as("seed %d", seed).isEqualTo(bench.expected);
      bench.simulator.step(2);
      assertThat(bench.idle()).isTrue();
      assertThat(bench.simulator.isHigh(bench.engine.error)).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.memory.Shapes#all")
  void keepsAsManyReadsInFlightAsConfigured(AcceleratorConfig config) {
    Bench bench = new Bench(config, new AxiTiming(0, 2000, 2), 0, 1);
    for (int i = 0; i < 60; i++) {
      bench.read(new Command(0, 1, 0));
    }
    bench.finish();
    assertThat(bench.memory.mostOutstanding()).isEqualTo(config.readsInFlight());
  }

  @Test
  void readsABeatACycleFromAFastMemory() {
    Bench bench = new Bench(Presets.get("reference"), AxiTiming.ideal(), 0, 1);
    for (int i = 0; i < 64; i++) {
      bench.read(new Command(i * 256L, 4, 1));
    }
    long start = bench.simulator.cycle();
    bench.finish();
    assertThat(bench.simulator.cycle() - start).isLessThanOrEqualTo(256 + 6);
  }

  @Test
  void isNotIdleFromTheCommandToItsLastBeat() {
    Bench bench = new Bench(Presets.get("tiny"), new AxiTiming(0, 30, 5), 0, 1);
    assertThat(bench.idle()).isTrue();
    bench.read(new Command(64, 3, 0));
    bench.simulator.step();
    while (bench.beats.count() < 3) {
      assertThat(bench.idle()).isFalse();
      bench.simulator.step();
    }
    assertThat(bench.idle()).isTrue();
  }

  @Test
  void keepsTheAddressOfTheFirstFailedReadUntilCleared() {
    Bench bench = new Bench(Presets.get("tiny"), AxiTiming.random(3), 0.3, 3);
    bench.image.fail(0x2000);
    bench.image.fail(0x5000);
    bench.commands.send(0x1000, 3, 0, 1);
    bench.commands.send(0x2040, 3, 0, 2);
    bench.simulator.runUntil(() -> bench.beats.count() == 8, WATCHDOG);
    bench.commands.send(0x5080, 1, 0, 3);
    bench.commands.send(0x1000, 0, 0, 4);
    bench.simulator.runUntil(() -> bench.beats.count() == 11, WATCHDOG);
    bench.simulator.step();
    assertThat(bench.simulator.isHigh(bench.engine.error)).isTrue();
    assertThat(bench.simulator.peek(bench.engine.errorAddress)).isEqualTo(0x2040);

    bench.simulator.poke(bench.engine.clearError, true);
    bench.simulator.step();
    bench.simulator.poke(bench.engine.clearError, false);
    assertThat(bench.simulator.isHigh(bench.engine.error)).isFalse();

    bench.commands.send(0x5ff8, 0, 0, 5);
    bench.simulator.runUntil(() -> bench.beats.count() == 12, WATCHDOG);
    bench.simulator.step();
    assertThat(bench.simulator.isHigh(bench.engine.error)).isTrue();
    assertThat(bench.simulator.peek(bench.engine.errorAddress)).isEqualTo(0x5ff8);
  }

  @Test
  void readsAtTheEndOfTheAddressSpace() {
    Bench bench = new Bench(Shapes.widestAddress(), AxiTiming.random(9), 0.3, 9);
    bench.image.write(-256, new byte[] {1, 2, 3});
    bench.read(new Command(-256, 8, 2));
    bench.finish();
    assertThat(bench.received()).isEqualTo(bench.expected);
  }
}
