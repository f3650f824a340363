package sluice.accel.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.golden.Scores;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.sim.Packing;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** Dot products to scores. */
@BlockTest({ScoreScale.class, KeyScale.class})
class ScoreScaleTest {

  private static final int[] FACTORS = {
    0x3E02_9000, 96 << 23, 142 << 23, 142 << 23 | 0x7F_FFFF, 96 << 23 | 0x7F_FFFF, 127 << 23
  };

  @ParameterizedTest
  @MethodSource("sluice.accel.attention.Operands#stalled")
  void scoresAreRoundedDownAndSaturated(AcceleratorConfig config, Stalls stalls) {
    ScoreScale block = new ScoreScale(config);
    BlockBench bench = BlockBench.of(block, stalls, 5);
    check(config, bench, bench.drive(block.dots), block.factor, bench.sink(block.scores));
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.attention.Operands#stalled")
  void soAreThoseOfOneKeyAfterTheOther(AcceleratorConfig config, Stalls stalls) {
    KeyScale block = new KeyScale(config);
    BlockBench bench = BlockBench.of(block, stalls, 6);
    check(config, bench, bench.drive(block.dots), block.factor, bench.sink(block.scores));
  }

  private static void check(
      AcceleratorConfig config,
      BlockBench bench,
      StreamDriver driver,
      UInt factorPort,
      StreamSink sink) {
    bench.reset();
    Random random = new Random(7);
    for (int round = 0; round < 12; round++) {
      int factor =
          round < FACTORS.length
              ? FACTORS[round]
              : (96 + random.nextInt(47)) << 23 | random.nextInt(1 << 23);
      bench.simulator().poke(factorPort, factor);
      int before = sink.count();
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        expected.add(send(config, driver, random, factor));
      }
      bench.until(() -> sink.count() == before + expected.size());
      List<String> scores = received(config, sink).subList(before, sink.count());
      assertThat(scores).as("factor %08x", factor).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.attention.Operands#configurations")
  void keysComeAsFastAsTheirBeats(AcceleratorConfig config) {
    ScoreScale block = new ScoreScale(config);
    Simulator simulator = Simulator.of(block);
    StreamSink sink = simulator.sink(block.scores);
    simulator.reset();
    Random random = new Random(8);
    List<String> expected = new ArrayList<>();
    int keys = 20;
    int beats = config.beatsPerVector();
    for (int cycle = 0; cycle < keys * beats; cycle++) {
      int factor = (96 + random.nextInt(47)) << 23 | random.nextInt(1 << 23);
      simulator.poke(block.dots.valid(), cycle % beats == 0);
      simulator.poke(block.factor, factor);
      List<String> results = new ArrayList<>();
      for (SInt sum : block.dots.payload().sums()) {
        BigInteger dot = dot(random, sum.width(), factor);
        simulator.poke(sum, dot);
        results.add(String.valueOf(Scores.scale(dot, factor)));
      }
      boolean invalid = random.nextBoolean();
      simulator.poke(block.dots.payload().invalid(), invalid);
      if (cycle % beats == 0) {
        assertThat(simulator.peek(block.dots.ready())).as("cycle %d", cycle).isEqualTo(1);
        expected.add(String.join(" ", results) + " " + invalid);
      }
      simulator.step();
    }
    simulator.poke(block.dots.valid(), false);
    simulator.step(ScoreScale.latency(config));
    assertThat(received(config, sink)).isEqualTo(expected);
  }

  /** Sends a random token and gives what should come of it. */
  private static String send(
      AcceleratorConfig config, StreamDriver driver, Random random, int factor) {
    List<BigInteger> fields = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int g = 0; g < config.groupQueries(); g++) {
      BigInteger dot = dot(random, DotResult.type(config).sums().get(0).width(), factor);
      fields.add(dot);
      expected.add(String.valueOf(Scores.scale(dot, factor)));
    }
    boolean invalid = random.nextInt(5) == 0;
    fields.add(BigInteger.valueOf(invalid ? 1 : 0));
    expected.add(String.valueOf(invalid));
    driver.send(Packing.of(DotResult.type(config)).pack(fields.toArray(BigInteger[]::new)));
    return String.join(" ", expected);
  }

  /** An extreme, a number of any length, or one around a step of the score or its limit. */
  private static BigInteger dot(Random random, int width, int factor) {
    BigInteger limit = BigInteger.ONE.shiftLeft(width - 1);
    BigInteger dot =
        switch (random.nextInt(6)) {
          case 0 -> limit.subtract(BigInteger.ONE);
          case 1 -> limit.negate();
          case 2 -> BigInteger.valueOf(random.nextInt(3) - 1L);
          case 3, 4 -> {
            int significand = factor & 0x7F_FFFF | 0x80_0000;
            long score = random.nextBoolean() ? (1 << 25) : random.nextInt(1 << 26);
            yield BigInteger.valueOf(score)
                .shiftLeft(184 - (factor >>> 23))
                .divide(BigInteger.valueOf(significand))
                .add(BigInteger.valueOf(random.nextInt(3) - 1L));
          }
          default -> new BigInteger(1 + random.nextInt(width - 1), random);
        };
    return (random.nextBoolean() ? dot.negate() : dot)
        .min(limit.subtract(BigInteger.ONE))
        .max(limit.negate());
  }

  private static List<String> received(AcceleratorConfig config, StreamSink sink) {
    return sink.receivedFields().stream().map(fields -> scores(config, fields)).toList();
  }

  private static String scores(AcceleratorConfig config, List<BigInteger> fields) {
    int group = config.groupQueries();
    String scores =
        fields.subList(0, group).stream()
            .map(bits -> Operands.signed(bits, Scores.BITS).toString())
            .collect(Collectors.joining(" "));
    return scores + " " + (fields.get(group).signum() != 0);
  }
}
