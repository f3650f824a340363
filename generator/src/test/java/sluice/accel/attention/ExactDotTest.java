package sluice.accel.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
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
import sluice.golden.Scores;
import sluice.hdl.sim.Packing;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** Dot products of keys and queries, from beats. */
@BlockTest(ExactDot.class)
class ExactDotTest {

  private static final int KEYS = 20;

  private record Expected(List<BigInteger> sums, boolean invalid) {}

  @ParameterizedTest
  @MethodSource("sluice.accel.attention.Operands#stalled")
  void dotsAreExactUnderAnyStalls(AcceleratorConfig config, Stalls stalls) {
    check(config, 11, stalls, 0.02);
    check(config, 13, stalls, 0.0);
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.attention.Operands#configurations")
  void theLargestSumsFit(AcceleratorConfig config) {
    ExactDot block = new ExactDot(config);
    Simulator simulator = Simulator.of(block);
    StreamDriver driver = simulator.drive(block.beats);
    StreamSink sink = simulator.sink(block.dots);
    short[] most = new short[config.headDim()];
    Arrays.fill(most, Half.MAX);
    short[] least = new short[config.headDim()];
    Arrays.fill(least, (short) 0xFBFF);
    short[][] queries = new short[config.groupQueries()][];
    List<Expected> expected = new ArrayList<>();
    for (short[] query : List.of(most, least)) {
      Arrays.fill(queries, query);
      expected.add(send(config, driver, queries, most));
      expected.add(send(config, driver, queries, least));
    }
    simulator.reset();
    simulator.runUntil(() -> sink.count() == expected.size(), 1000);
    assertThat(results(config, sink)).isEqualTo(expected);
  }

  @Test
  void aBeatIsTakenEveryCycle() {
    AcceleratorConfig config = Presets.get("trace");
    ExactDot block = new ExactDot(config);
    Simulator simulator = Simulator.of(block);
    StreamDriver driver = simulator.drive(block.beats);
    StreamSink sink = simulator.sink(block.dots);
    Random random = new Random(1);
    short[][] queries = {Operands.vector(random, config.headDim(), 0)};
    for (int key = 0; key < 10; key++) {
      send(config, driver, queries, Operands.vector(random, config.headDim(), 0));
    }
    simulator.reset();
    long cycles = simulator.runUntil(() -> sink.count() == 10, 1000);
    assertThat(cycles).isEqualTo(10L * config.beatsPerVector() + block.latency());
  }

  private static void check(AcceleratorConfig config, long seed, Stalls stalls, double special) {
    ExactDot block = new ExactDot(config);
    BlockBench bench = BlockBench.of(block, stalls, seed);
    StreamDriver driver = bench.drive(block.beats);
    StreamSink sink = bench.sink(block.dots);
    Random random = new Random(seed);
    short[][] queries = new short[config.groupQueries()][];
    List<Expected> expected = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      if (key % 5 == 0) {
        Arrays.setAll(queries, g -> Operands.vector(random, config.headDim(), special));
      }
      expected.add(
          send(config, driver, queries, Operands.vector(random, config.headDim(), special)));
    }
    bench.reset();
    bench.until(() -> sink.count() == KEYS);
    assertThat(results(config, sink)).as("seed %d", seed).isEqualTo(expected);
  }

  private static Expected send(
      AcceleratorConfig config, StreamDriver driver, short[][] queries, short[] key) {
    int elements = config.elementsPerBeat();
    for (int beat = 0; beat < config.beatsPerVector(); beat++) {
      List<BigInteger> fields = new ArrayList<>();
      addElements(fields, key, beat * elements, elements);
      for (short[] query : queries) {
        addElements(fields, query, beat * elements, elements);
      }
      fields.add(BigInteger.valueOf(beat == config.beatsPerVector() - 1 ? 1 : 0));
      driver.send(Packing.of(DotBeat.type(config)).pack(fields.toArray(BigInteger[]::new)));
    }
    List<BigInteger> sums = Arrays.stream(queries).map(query -> Scores.dot(query, key)).toList();
    return new Expected(sums, !Half.finite(key));
  }

  private static void addElements(List<BigInteger> fields, short[] vector, int from, int count) {
    for (int e = 0; e < count; e++) {
      fields.add(Operands.unsigned(vector[from + e]));
    }
  }

  private static List<Expected> results(AcceleratorConfig config, StreamSink sink) {
    int width = DotResult.type(config).sums().get(0).width();
    return sink.receivedFields().stream()
        .map(
            fields ->
                new Expected(
                    fields.subList(0, config.groupQueries()).stream()
                        .map(bits -> Operands.signed(bits, width))
                        .toList(),
                    fields.get(config.groupQueries()).signum() != 0))
        .toList();
  }
}
