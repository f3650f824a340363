package sluice.accel.attention;

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
import sluice.golden.Half;
import sluice.hdl.sim.Packing;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** Weighted sums to halves. */
@BlockTest(Normalizer.class)
class NormalizerTest {

  private static final long ONE = 1 << 16;

  /** Largest weight sums: this many bits more than one weight. */
  private static final int WEIGHT_GROWTH = 12;

  @ParameterizedTest
  @MethodSource("sluice.accel.attention.Operands#stalled")
  void quotientsAreRoundedOnceAndStayInOrder(AcceleratorConfig config, Stalls stalls) {
    long seed = 31;
    Normalizer block = new Normalizer(config);
    BlockBench bench = BlockBench.of(block, stalls, seed);
    StreamDriver driver = bench.drive(block.quotients);
    StreamSink sink = bench.sink(block.halves);
    Random random = new Random(seed);
    List<Short> expected = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      long weights = ONE + random.nextLong(ONE << random.nextInt(WEIGHT_GROWTH));
      weights = Math.min(weights, ONE * config.maxSelected());
      send(config, driver, sum(random, weights), weights, random.nextInt(20) == 0, expected);
    }
    bench.reset();
    bench.until(() -> sink.count() == expected.size());
    assertThat(halves(sink)).as("seed %d", seed).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.attention.Operands#configurations")
  void theEdgesOfHalvesAreRight(AcceleratorConfig config) {
    Normalizer block = new Normalizer(config);
    Simulator simulator = Simulator.of(block);
    StreamDriver driver = simulator.drive(block.quotients);
    StreamSink sink = simulator.sink(block.halves);
    List<Short> expected = new ArrayList<>();
    send(config, driver, BigInteger.ZERO, 0, false, expected);
    send(config, driver, BigInteger.ZERO, 0, true, expected);
    send(config, driver, BigInteger.ZERO, ONE, false, expected);
    for (int sign = -1; sign <= 1; sign += 2) {
      // A tiny one keeps its sign; halfway between 0 and the least half goes to the even 0.
      long least = sign * ONE;
      send(config, driver, BigInteger.valueOf(sign), ONE, false, expected);
      send(config, driver, BigInteger.valueOf(least / 2), ONE, false, expected);
      send(config, driver, BigInteger.valueOf(least / 2 + sign), ONE, false, expected);
      send(config, driver, BigInteger.valueOf(least * 3 / 2), ONE, false, expected);
      BigInteger most = BigInteger.valueOf(sign * 65504L << 24);
      long weights = ONE * config.maxSelected();
      send(config, driver, most.multiply(BigInteger.valueOf(weights)), weights, false, expected);
      send(config, driver, most.multiply(BigInteger.valueOf(ONE)), ONE, false, expected);
      send(config, driver, most.multiply(BigInteger.valueOf(ONE)), ONE, true, expected);
    }
    simulator.reset();
    simulator.runUntil(() -> sink.count() == expected.size(), 2000);
    assertThat(halves(sink)).isEqualTo(expected);
    assertThat(expected.subList(0, 5))
        .containsExactly((short) 0, Half.NAN, (short) 0, (short) 0x8000, (short) 0x8000);
  }

  @Test
  void theLatencyIsThatOfTheDescription() {
    AcceleratorConfig config = Presets.get("tiny");
    Normalizer block = new Normalizer(config);
    Simulator simulator = Simulator.of(block);
    StreamDriver driver = simulator.drive(block.quotients);
    StreamSink sink = simulator.sink(block.halves);
    simulator.reset();
    send(config, driver, BigInteger.ONE, ONE, false, new ArrayList<>());
    assertThat(simulator.runUntil(() -> sink.count() == 1, 100)).isEqualTo(46 + 1);
  }

  /** A sum of any magnitude that values can have, or one close to a tie of the rounding. */
  private static BigInteger sum(Random random, long weights) {
    BigInteger divisor = BigInteger.valueOf(weights);
    BigInteger magnitude;
    if (random.nextBoolean()) {
      long half = Half.fix(Operands.finite(random));
      magnitude = divisor.multiply(BigInteger.valueOf(Math.abs(half)));
    } else {
      long units = 1024L + random.nextInt(1023);
      BigInteger tie = BigInteger.valueOf(2 * units + 1).shiftLeft(random.nextInt(29));
      magnitude = tie.multiply(divisor).shiftRight(1);
    }
    BigInteger sum = magnitude.add(BigInteger.valueOf(random.nextInt(3) - 1L));
    BigInteger most = divisor.multiply(BigInteger.valueOf(65504L << 24));
    sum = sum.min(most).max(most.negate());
    return random.nextBoolean() ? sum.negate() : sum;
  }

  private static void send(
      AcceleratorConfig config,
      StreamDriver driver,
      BigInteger sum,
      long weights,
      boolean invalid,
      List<Short> expected) {
    driver.send(
        Packing.of(Quotient.type(config))
            .pack(sum, BigInteger.valueOf(weights), BigInteger.valueOf(invalid ? 1 : 0)));
    BigInteger divisor = BigInteger.valueOf(Math.max(weights, 1));
    expected.add(invalid ? Half.NAN : Half.ofRatio(sum, divisor, -Half.FIX_BITS));
  }

  private static List<Short> halves(StreamSink sink) {
    return sink.received().stream().map(BigInteger::shortValue).toList();
  }
}
