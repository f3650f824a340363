package sluice.accel.attention;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.golden.Scores;
import sluice.golden.Weights;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;

/** The lanes by themselves, which stall by an enable. */
@BlockTest({ScaleLane.class, WeightLane.class})
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
}
