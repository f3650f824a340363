package sluice.accel.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.golden.Half;
import sluice.golden.Scores;
import sluice.golden.Weights;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.StallPattern;
import sluice.hdl.sim.Stalls;

/** The lanes by themselves, which stall by an enable. */
@BlockTest({ScaleLane.class, WeightLane.class, AccumulateLane.class})
class LanesTest {
  private static final int COUNT = 300;

  @ParameterizedTest
  @MethodSource("sluice.accel.attention.Operands#stalled")
  void aScoreFollowsItsDotByEnabledCycles(AcceleratorConfig config, Stalls stalls) {
    ScaleLane block = new ScaleLane(config);
    BlockBench bench = BlockBench.of(block, stalls, 71);
    Simulator simulator = bench.simulator();
    bench.reset();
    Random random = new Random(72);
    int factor = (96 + random.nextInt(47)) << 23 | random.nextInt(1 << 23);
    simulator.poke(block.factor, factor);
    bench.follows(
        block.enable,
        stalls.source(73),
        ScaleLane.latency(config),
        COUNT,
        () -> {
          BigInteger size = new BigInteger(1 + random.nextInt(block.dot.width() - 1), random);
          BigInteger dot = random.nextBoolean() ? size : size.negate();
          simulator.poke(block.dot, dot);
          return Scores.scale(dot, factor);
        },
        () -> simulator.peekSigned(block.score));
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.attention.Operands#stalled")
  void aWeightFollowsItsScoreByEnabledCycles(AcceleratorConfig config, Stalls stalls) {
    WeightLane block = new WeightLane(config);
    BlockBench bench = BlockBench.of(block, stalls, 74);
    Simulator simulator = bench.simulator();
    bench.reset();
    Random random = new Random(75);
    int maximum = random.nextInt(1 << 25);
    int skip = random.nextInt(100);
    simulator.poke(block.maximum, maximum);
    simulator.poke(block.skip, skip);
    bench.follows(
        block.enable,
        stalls.source(76),
        WeightLane.LATENCY,
        COUNT,
        () -> {
          int delta = random.nextInt(8) == 0 ? random.nextInt(1 << 25) : random.nextInt(19 << 14);
          simulator.poke(block.score, maximum - delta);
          int weight = Weights.weight(delta);
          return weight < skip ? 0 : weight;
        },
        () -> simulator.peek(block.weight));
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.attention.Operands#stalled")
  void anEntryAddsTheProductOfThreeCyclesAgo(AcceleratorConfig config, Stalls stalls) {
    AccumulateLane block = new AccumulateLane(config);
    BlockBench bench = BlockBench.of(block, stalls, 77);
    Simulator simulator = bench.simulator();
    bench.reset();
    Random random = new Random(78);
    StallPattern pattern = stalls.source(79);
    BigInteger[] sums = new BigInteger[config.beatsPerVector()];
    boolean[] invalid = new boolean[sums.length];
    long[] products = new long[AccumulateLane.LATENCY + COUNT];
    boolean[] special = new boolean[products.length];
    Arrays.fill(sums, null);
    for (int cycle = 0; cycle < products.length; cycle++) {
      short value = Operands.half(random, 0.02);
      int weight = random.nextInt(4) == 0 ? 0 : random.nextInt(Weights.ONE + 1);
      products[cycle] = weight * Half.fix(value);
      special[cycle] = weight > 0 && !Half.finite(value);
      int index = random.nextInt(sums.length);
      boolean fresh = sums[index] == null || random.nextInt(12) == 0;
      boolean add = cycle >= AccumulateLane.LATENCY && !pattern.next();
      simulator.poke(block.value, value & 0xFFFF);
      simulator.poke(block.weight, weight);
      simulator.poke(block.index, index);
      simulator.poke(block.fresh, fresh);
      simulator.poke(block.add, add);
      BigInteger before = fresh ? BigInteger.ZERO : sums[index];
      assertThat(simulator.peekBigSigned(block.entry.sum())).isEqualTo(before);
      assertThat(simulator.isHigh(block.entry.invalid())).isEqualTo(!fresh && invalid[index]);
      simulator.step();
      if (add) {
        int due = cycle - AccumulateLane.LATENCY;
        sums[index] = before.add(BigInteger.valueOf(products[due]));
        invalid[index] = !fresh && invalid[index] || special[due];
      }
    }
  }
}
