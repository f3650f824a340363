package sluice.hdl.lib.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.hdl.Depth;
import sluice.hdl.lib.numeric.FloatRatioTest.Expected;
import sluice.hdl.lib.numeric.FloatRatioTest.Operands;
import sluice.hdl.sim.EngineShapes;
import sluice.hdl.sim.Packing;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** Ratios between streams: serial ones of some bits a cycle, and pipelines. */
@Tag("block")
class RatioUnitTest {

  /**
   * A unit.
   *
   * @param bitsPerCycle of a serial one; 0 for a pipeline
   */
  private record Shape(FloatRatio ratio, int bitsPerCycle, Depth depth) {

    RatioUnit unit() {
      return bitsPerCycle == 0
          ? new RatioUnit(ratio, depth)
          : new RatioUnit(ratio, bitsPerCycle, depth);
    }
  }

  static Stream<Shape> shapes() {
    return EngineShapes.of(
        Stream.of(
            new Shape(new FloatRatio(FloatFormat.FP16, 12, 8, -20), 4, Depth.stages(1)),
            new Shape(new FloatRatio(FloatFormat.BF16, 20, 33, -121), 0, Depth.stages(4)),
            new Shape(new FloatRatio(FloatFormat.FP16, 32, 16, -24), 1, Depth.stages(2)),
            new Shape(new FloatRatio(FloatFormat.FP16, 32, 16, -24), 2, Depth.stages(0)),
            new Shape(new FloatRatio(FloatFormat.FP32, 48, 30, 50), 3, Depth.levels(15)),
            new Shape(new FloatRatio(FloatFormat.FP32, 32, 32, 0), 0, Depth.levels(30)),
            new Shape(new FloatRatio(FloatFormat.FP16, 16, 16, 3), 0, Depth.stages(0))));
  }

  static Stream<Arguments> stalled() {
    return Stalls.of(shapes().limit(1));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void ratiosAreRoundedOnce(Shape shape) {
    check(shape, Stalls.SOME, EngineShapes.areInJvm() ? 300 : 30);
  }

  @ParameterizedTest
  @MethodSource("stalled")
  void theyStayInOrderUnderAnyStalls(Shape shape, Stalls stalls) {
    check(shape, stalls, 20);
  }

  private static void check(Shape shape, Stalls stalls, int count) {
    FloatRatio ratio = shape.ratio();
    RatioUnit unit = shape.unit();
    Simulator simulator = Simulator.of(unit);
    StreamDriver driver = simulator.drive(unit.operands).stalls(stalls.source(1));
    StreamSink sink = simulator.sink(unit.results).stalls(stalls.sink(2));
    Packing packing = Packing.of(unit.results.payload());
    Random random = new Random(ratio.dividendBits());
    List<BigInteger> expected = new ArrayList<>();
    List<Operands> all = new ArrayList<>(Operands.of(ratio, random, count));
    all.add(new Operands(0, 0));
    all.add(new Operands(1, 0));
    all.add(new Operands(0, 1));
    for (Operands operands : all) {
      long negative = random.nextInt(2);
      driver.send(negative, operands.dividend(), operands.divisor());
      Expected one = Expected.of(ratio, negative, operands.dividend(), operands.divisor());
      BigInteger flags = BigInteger.valueOf(one.flags());
      expected.add(BigInteger.valueOf(one.value()).shiftLeft(5).or(flags));
    }
    assertThat(packing.width()).isEqualTo(ratio.format().bits() + 5);
    simulator.reset();
    simulator.runUntil(() -> sink.count() == expected.size(), 500_000);
    assertThat(sink.received()).isEqualTo(expected);
  }

  @Test
  void aSerialRatioTakesTheCyclesOfItsParts() {
    FloatRatio ratio = new FloatRatio(FloatFormat.FP16, 32, 16, -24);
    assertThat(ratio.digits()).isEqualTo(14);
    assertThat(new RatioUnit(ratio, 1, Depth.stages(2)).latency()).isEqualTo(2 + 15 + 2);
    RatioUnit unit = new RatioUnit(ratio, 4, Depth.stages(1));
    assertThat(unit.latency()).isEqualTo(1 + 5 + 1);
    Simulator simulator = Simulator.of(unit);
    StreamDriver driver = simulator.drive(unit.operands);
    StreamSink sink = simulator.sink(unit.results);
    driver.send(0, 1, 3).send(0, 2, 3).send(0, 3, 3);
    simulator.reset();
    assertThat(simulator.runUntil(() -> sink.count() == 1, 100)).isEqualTo(7 + 1);
    assertThat(simulator.runUntil(() -> sink.count() == 3, 100)).isEqualTo(2 * 6);
  }
}
