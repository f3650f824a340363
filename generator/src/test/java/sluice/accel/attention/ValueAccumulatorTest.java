package sluice.accel.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.config.Presets;
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.StallPattern;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;

/** Weighted sums of values of two heads, from beats to reading. */
@BlockTest(ValueAccumulator.class)
class ValueAccumulatorTest {

  /** Counts the values that are in the sums of each bank; starts a head beside the reading. */
  private static final class Banks implements Activity {
    private final ValueAccumulator block;
    private final int[] added = new int[ValueAccumulator.BANKS];
    private int cyclesToClear = -1;
    private Runnable values;

    Banks(ValueAccumulator block) {
      this.block = block;
    }

    /** Clears a bank so many cycles from now, and sends its values from then on. */
    void begin(Simulator simulator, int bank, int cycles, Runnable send) {
      simulator.poke(block.clearBank, bank);
      added[bank] = 0;
      cyclesToClear = cycles;
      values = send;
    }

    @Override
    public void drive(Simulator simulator) {
      boolean clears = cyclesToClear == 0;
      simulator.poke(block.clear, clears);
      cyclesToClear--;
      if (clears) {
        values.run();
      }
    }

    @Override
    public void sample(Simulator simulator) {
      if (!simulator.inReset() && simulator.isHigh(block.added)) {
        added[(int) simulator.peek(block.addedBank)]++;
      }
    }
  }

  private static Sums.Ports ports(ValueAccumulator block) {
    return new Sums.Ports(
        block.read,
        block.readQuery,
        block.readElement,
        block.sum,
        block.invalid,
        block.readLatency());
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.attention.Operands#stalled")
  void sumsOfAHeadAreReadWhileThoseOfTheNextAreAdded(AcceleratorConfig config, Stalls stalls) {
    ValueAccumulator block = new ValueAccumulator(config);
    BlockBench bench = BlockBench.of(block, stalls, 21);
    Simulator simulator = bench.simulator();
    // Before the driver, so that a beat may be taken in the cycle of a clear.
    Banks banks = simulator.attach(new Banks(block));
    StreamDriver driver = bench.drive(block.beats);
    StallPattern pauses = stalls.sink(24);
    bench.reset();
    Random random = new Random(22);
    Sums before = null;
    long sentWhileReading = 0;
    // Some heads have no value at all: their sums are 0. More are sent than a reading takes.
    int[] counts = {30, 60, 1, 60, 0, 12, 0, 0, 40, 1};
    for (int head = 0; head < counts.length; head++) {
      int bank = head % ValueAccumulator.BANKS;
      int count = counts[head];
      Sums sums = new Sums(config);
      int delay = random.nextInt(config.headDim());
      banks.begin(
          simulator,
          bank,
          delay,
          () -> {
            for (int i = 0; i < count; i++) {
              send(config, driver, random, bank, sums);
            }
          });
      if (before == null) {
        simulator.step(delay + 1);
      } else {
        long sent = driver.sent();
        simulator.poke(block.readBank, 1 - bank);
        before.check(simulator, ports(block), pauses);
        sentWhileReading += driver.sent() - sent;
      }
      bench.until(() -> banks.cyclesToClear < 0 && driver.isDone() && banks.added[bank] == count);
      before = sums;
    }
    simulator.poke(block.readBank, 1);
    before.check(simulator, ports(block), pauses);
    assertThat(sentWhileReading).isPositive();
  }

  @Test
  void aReadHoldsABeatBackAndNothingElseDoes() {
    AcceleratorConfig config = Presets.get("tiny");
    ValueAccumulator block = new ValueAccumulator(config);
    Simulator simulator = Simulator.of(block);
    Banks banks = simulator.attach(new Banks(block));
    StreamDriver driver = simulator.drive(block.beats);
    simulator.reset();
    Random random = new Random(25);
    int values = 25;
    for (int i = 0; i < values; i++) {
      send(config, driver, random, 1, new Sums(config));
    }
    int beats = values * config.beatsPerVector();
    // A read every other cycle: half of the cycles are left for beats.
    for (int cycle = 0; cycle < 2 * beats; cycle++) {
      simulator.poke(block.read, cycle % 2 == 0);
      simulator.step();
    }
    simulator.poke(block.read, false);
    simulator.step(block.readLatency());
    assertThat(driver.isDone()).isTrue();
    assertThat(banks.added).containsExactly(0, values);
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.attention.Operands#configurations")
  void theLargestSumsFitInEitherBank(AcceleratorConfig config) {
    ValueAccumulator block = new ValueAccumulator(config);
    Simulator simulator = Simulator.of(block);
    Banks banks = simulator.attach(new Banks(block));
    simulator.reset();
    StreamDriver driver = simulator.drive(block.beats);
    long[] weights = new long[config.groupQueries()];
    Arrays.fill(weights, 1 << 16);
    short[] values = new short[config.elementsPerBeat()];
    int many = Math.min(config.scoreEntries(), 300);
    for (int bank = 0; bank < ValueAccumulator.BANKS; bank++) {
      int ofBank = bank;
      Arrays.fill(values, bank == 0 ? (short) 0xFBFF : (short) 0x7BFF);
      Sums expected = new Sums(config);
      int beat = config.beatsPerVector() - 1;
      banks.begin(simulator, bank, 0, () -> {});
      simulator.step();
      for (int i = 0; i < many; i++) {
        sendBeat(config, driver, values, weights, bank, beat, expected);
      }
      simulator.runUntil(() -> banks.added[ofBank] == many, 10_000);
      simulator.poke(block.readBank, bank);
      expected.check(simulator, ports(block), StallPattern.none());
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.attention.Operands#configurations")
  void aClearForgetsItsBankAndNoOtherAndABeatCountsThatIsTakenWithIt(AcceleratorConfig config) {
    ValueAccumulator block = new ValueAccumulator(config);
    Simulator simulator = Simulator.of(block);
    Banks banks = simulator.attach(new Banks(block));
    StreamDriver driver = simulator.drive(block.beats);
    simulator.reset();
    Random random = new Random(23);
    Sums[] sums = new Sums[ValueAccumulator.BANKS];
    for (int bank : new int[] {0, 1, 1, 0, 0}) {
      Sums ofHead = new Sums(config);
      sums[bank] = ofHead;
      banks.begin(simulator, bank, 0, () -> send(config, driver, random, bank, ofHead));
      simulator.runUntil(() -> banks.added[bank] == 1, 10_000);
      for (int read = 0; read < sums.length; read++) {
        if (sums[read] != null) {
          simulator.poke(block.readBank, read);
          sums[read].check(simulator, ports(block), StallPattern.none());
        }
      }
    }
  }

  /** Sends a value with random weights, its beats in order. */
  private static void send(
      AcceleratorConfig config, StreamDriver driver, Random random, int bank, Sums expected) {
    long[] weights = new long[config.groupQueries()];
    for (int g = 0; g < weights.length; g++) {
      weights[g] =
          switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> 1 << 16;
            default -> random.nextInt((1 << 16) + 1);
          };
    }
    for (int beat = 0; beat < config.beatsPerVector(); beat++) {
      short[] values = Operands.vector(random, config.elementsPerBeat(), 0.02);
      sendBeat(config, driver, values, weights, bank, beat, expected);
    }
  }

  private static void sendBeat(
      AcceleratorConfig config,
      StreamDriver driver,
      short[] values,
      long[] weights,
      int bank,
      int beat,
      Sums expected) {
    long[] fields = new long[values.length + weights.length + 3];
    for (int e = 0; e < values.length; e++) {
      fields[e] = values[e] & 0xFFFF;
      for (int g = 0; g < weights.length; g++) {
        expected.add(g, beat * config.elementsPerBeat() + e, weights[g], values[e]);
      }
    }
    System.arraycopy(weights, 0, fields, values.length, weights.length);
    int next = values.length + weights.length;
    fields[next] = bank;
    fields[next + 1] = beat;
    fields[next + 2] = beat == config.beatsPerVector() - 1 ? 1 : 0;
    driver.send(fields);
  }
}
