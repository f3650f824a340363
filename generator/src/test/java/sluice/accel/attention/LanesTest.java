package sluice.accel.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.golden.Scores;
import sluice.golden.Weights;
import sluice.hdl.lib.numeric.SerialProduct;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.StallPattern;
import sluice.hdl.sim.Stalls;

/** The lanes by themselves, which stall by an enable. */
@BlockTest({ScaleLane.class, WeightLane.class})
class LanesTest {
  private static final int COUNT = 300;

  @ParameterizedTest
  @MethodSource("sluice.accel.attention.Operands#stalled")
  void aScoreIsCutFromTheDigitsOfItsProduct(AcceleratorConfig config, Stalls stalls) {
    ScaleLane block = new ScaleLane(config);
    BlockBench bench = BlockBench.of(block, stalls, 71);
    Simulator simulator = bench.simulator();
    bench.reset();
    Random random = new Random(72);
    StallPattern pauses = stalls.source(73);
    int digitBits = KeyScale.digitBits(config);
    int steps = KeyScale.steps(config);
    int firstCut = SerialProduct.LATENCY + 1;
    for (int round = 0; round < COUNT; round++) {
      int factor = (96 + random.nextInt(47)) << 23 | random.nextInt(1 << 23);
      BigInteger size = new BigInteger(1 + random.nextInt(block.dot.width() - 1), random);
      BigInteger dot = random.nextBoolean() ? size : size.negate();
      int place = 184 - (factor >>> 23);
      for (int cycle = 0; cycle < firstCut + steps + 1; cycle++) {
        int digit = cycle - firstCut - place / digitBits;
        simulator.poke(block.load, cycle == 0);
        simulator.poke(block.dot, cycle == 0 ? dot : BigInteger.valueOf(random.nextInt()));
        simulator.poke(
            block.significand,
            cycle == 0 ? factor & 0x7F_FFFF | 0x80_0000 : random.nextInt(1 << 24));
        simulator.poke(block.cut.shift(), place % digitBits);
        simulator.poke(block.cut.last(), cycle == firstCut + steps - 1);
        simulator.poke(
            block.cut.places(), digit >= 0 && digit < block.cut.places().width() ? 1 << digit : 0);
        while (pauses.next()) {
          simulator.poke(block.enable, false);
          simulator.step();
        }
        simulator.poke(block.enable, true);
        simulator.step();
      }
      assertThat(simulator.peekSigned(block.score)).isEqualTo(Scores.scale(dot, factor));
    }
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
