package sluice.accel.attention;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;

/** Weighted sums of values, from beats to reading. */
@BlockTest(ValueAccumulator.class)
class ValueAccumulatorTest {

  @ParameterizedTest
  @MethodSource("sluice.accel.attention.Operands#stalled")
  void sumsAreExactHeadAfterHead(AcceleratorConfig config, Stalls stalls) {
    ValueAccumulator block = new ValueAccumulator(config);
    BlockBench bench = BlockBench.of(block, stalls, 21);
    Simulator simulator = bench.simulator();
    StreamDriver driver = bench.drive(block.beats);
    bench.reset();
    Random random = new Random(22);
    // The last head has no value at all: its sums are 0.
    for (int values : new int[] {30, 1, 12, 0}) {
      bench.pulse(block.clear);
      Sums expected = new Sums(config);
      for (int i = 0; i < values; i++) {
        send(config, driver, random, expected);
      }
      finish(block, simulator, driver);
      expected.check(simulator, block.readQuery, block.readElement, block.sum, block.invalid);
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.attention.Operands#configurations")
  void theLargestSumsFit(AcceleratorConfig config) {
    ValueAccumulator block = new ValueAccumulator(config);
    Simulator simulator = Simulator.of(block);
    simulator.reset();
    StreamDriver driver = simulator.drive(block.beats);
    simulator.poke(block.clear, true);
    simulator.step();
    simulator.poke(block.clear, false);
    Sums expected = new Sums(config);
    long[] weights = new long[config.groupQueries()];
    Arrays.fill(weights, 1 << 16);
    short[] values = new short[config.elementsPerBeat()];
    Arrays.fill(values, (short) 0xFBFF);
    int many = Math.min(config.maxSelected(), 300);
    for (int i = 0; i < many; i++) {
      sendBeat(config, driver, values, weights, config.beatsPerVector() - 1, expected);
    }
    finish(block, simulator, driver);
    expected.check(simulator, block.readQuery, block.readElement, block.sum, block.invalid);
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.attention.Operands#configurations")
  void aBeatCountsThatIsTakenWithTheClear(AcceleratorConfig config) {
    ValueAccumulator block = new ValueAccumulator(config);
    Simulator simulator = Simulator.of(block);
    simulator.reset();
    Random random = new Random(23);
    StreamDriver driver = simulator.drive(block.beats);
    send(config, driver, random, new Sums(config));
    finish(block, simulator, driver);
    Sums expected = new Sums(config);
    send(config, driver, random, expected);
    simulator.poke(block.clear, true);
    simulator.step();
    simulator.poke(block.clear, false);
    finish(block, simulator, driver);
    expected.check(simulator, block.readQuery, block.readElement, block.sum, block.invalid);
  }

  private static void finish(ValueAccumulator block, Simulator simulator, StreamDriver driver) {
    simulator.runUntil(() -> driver.isDone() && !simulator.isHigh(block.busy), 10_000);
  }

  /** Sends a value with random weights, its beats in order. */
  private static void send(
      AcceleratorConfig config, StreamDriver driver, Random random, Sums expected) {
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
      sendBeat(config, driver, values, weights, beat, expected);
    }
  }

  private static void sendBeat(
      AcceleratorConfig config,
      StreamDriver driver,
      short[] values,
      long[] weights,
      int beat,
      Sums expected) {
    long[] fields = new long[values.length + weights.length + 1];
    for (int e = 0; e < values.length; e++) {
      fields[e] = values[e] & 0xFFFF;
      for (int g = 0; g < weights.length; g++) {
        expected.add(g, beat * config.elementsPerBeat() + e, weights[g], values[e]);
      }
    }
    System.arraycopy(weights, 0, fields, values.length, weights.length);
    fields[fields.length - 1] = beat;
    driver.send(fields);
  }
}
