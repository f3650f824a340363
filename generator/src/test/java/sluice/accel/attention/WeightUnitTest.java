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
import sluice.golden.Weights;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** Scores to weights. */
@BlockTest(WeightUnit.class)
class WeightUnitTest {

  private static final int LARGEST = (1 << 25) - 1;

  private static final long[] SKIPS = {0, 1, 2, 655, 65535, 65536};

  @ParameterizedTest
  @MethodSource("sluice.accel.attention.Operands#stalled")
  void everyHeadHasItsOwnMaximum(AcceleratorConfig config, Stalls stalls) {
    WeightUnit block = new WeightUnit(config);
    BlockBench bench = BlockBench.of(block, stalls, 1);
    Simulator simulator = bench.simulator();
    StreamDriver driver = bench.drive(block.scores);
    StreamSink sink = bench.sink(block.weights);
    bench.reset();
    Random random = new Random(3);
    int group = config.groupQueries();
    for (long skip : SKIPS) {
      int[] maximum = new int[group];
      for (int g = 0; g < group; g++) {
        maximum[g] = random.nextInt(1 << 26) - (1 << 25);
        simulator.poke(block.maximum.get(g), maximum[g]);
      }
      simulator.poke(block.skip, skip);
      int before = sink.count();
      List<List<BigInteger>> expected = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        long[] scores = new long[group];
        List<BigInteger> weights = new ArrayList<>();
        for (int g = 0; g < group; g++) {
          int delta = Math.min(delta(random), maximum[g] + LARGEST + 1);
          scores[g] = maximum[g] - delta;
          weights.add(BigInteger.valueOf(weight(delta, skip)));
        }
        driver.send(scores);
        expected.add(weights);
      }
      bench.until(() -> sink.count() == before + expected.size());
      assertThat(sink.receivedFields().subList(before, sink.count())).isEqualTo(expected);
    }
  }

  @Test
  void weightsAreExactOverAllOctaves() {
    WeightUnit block = new WeightUnit(Presets.get("tiny"));
    Simulator simulator = Simulator.of(block);
    StreamDriver driver = simulator.drive(block.scores);
    StreamSink sink = simulator.sink(block.weights);
    simulator.poke(block.maximum.get(0), LARGEST);
    List<BigInteger> expected = new ArrayList<>();
    // All of the first octave, then steps that meet every table entry and many fractions.
    for (int delta = 0; delta < 20 << 14; delta += delta < 1 << 14 ? 1 : 37) {
      driver.send(LARGEST - delta);
      expected.add(BigInteger.valueOf(Weights.weight(delta)));
    }
    for (int octave = 20; octave < 1 << 12; octave = octave * 2 - 1) {
      driver.send(LARGEST - (octave << 14));
      expected.add(BigInteger.ZERO);
    }
    simulator.reset();
    simulator.runUntil(() -> sink.count() == expected.size(), expected.size() + 10L);
    assertThat(sink.received()).isEqualTo(expected);
  }

  private static int delta(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> random.nextInt(1 << 26);
      default -> random.nextInt(20 << 14);
    };
  }

  private static long weight(int delta, long skip) {
    long weight = Weights.weight(delta);
    return weight < skip ? 0 : weight;
  }
}
