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
import sluice.hdl.Module;
import sluice.hdl.sim.EngineShapes;
import sluice.hdl.sim.Packing;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/**
 * Divisions of integers against integers without bounds: all of them where operands are short,
 * extreme and random ones where they are long.
 */
@Tag("block")
class DividerTest {

  /**
   * A divider of some widths.
   *
   * @param bitsPerCycle of a serial one; 0 for a pipeline
   * @param stages of a pipeline
   */
  private record Shape(
      boolean signed, int dividendBits, int divisorBits, int bitsPerCycle, int stages) {

    Depth depth() {
      return Depth.stages(stages);
    }

    /** All pairs of operands, or so many random and extreme ones. */
    List<BigInteger[]> operands(int most) {
      List<BigInteger[]> pairs = new ArrayList<>();
      if (dividendBits + divisorBits <= 10) {
        for (int i = 0; i < 1 << dividendBits + divisorBits; i++) {
          pairs.add(
              new BigInteger[] {
                BigInteger.valueOf(i >> divisorBits), BigInteger.valueOf(i & (1 << divisorBits) - 1)
              });
        }
        return pairs;
      }
      Random random = new Random(dividendBits);
      for (int i = 0; i < most; i++) {
        pairs.add(
            new BigInteger[] {
              draw(dividendBits, random, i % 5), draw(divisorBits, random, i / 5 % 6)
            });
      }
      return pairs;
    }

    /** Bits of an operand: of any length, or at the ends of both kinds of numbers. */
    private static BigInteger draw(int bits, Random random, int kind) {
      BigInteger end = BigInteger.ONE.shiftLeft(random.nextBoolean() ? bits : bits - 1);
      return switch (kind) {
        case 0 -> end.subtract(BigInteger.ONE);
        case 1 -> BigInteger.ONE.shiftLeft(bits - 1);
        case 2 -> BigInteger.valueOf(random.nextInt(2));
        default -> new BigInteger(1 + random.nextInt(bits), random);
      };
    }

    /** Bits of quotient and remainder. */
    List<BigInteger> expected(BigInteger[] bits) {
      BigInteger dividend = number(bits[0], dividendBits);
      BigInteger divisor = number(bits[1], divisorBits);
      BigInteger[] result =
          divisor.signum() == 0
              ? new BigInteger[] {BigInteger.ONE.negate(), dividend}
              : dividend.divideAndRemainder(divisor);
      return List.of(
          result[0].mod(BigInteger.ONE.shiftLeft(dividendBits)),
          result[1].mod(BigInteger.ONE.shiftLeft(divisorBits)));
    }

    private BigInteger number(BigInteger bits, int width) {
      return signed && bits.testBit(width - 1)
          ? bits.subtract(BigInteger.ONE.shiftLeft(width))
          : bits;
    }
  }

  static Stream<Shape> shapes() {
    return EngineShapes.of(
        Stream.of(
            new Shape(true, 5, 3, 2, 0),
            new Shape(true, 17, 33, 0, 5),
            new Shape(false, 4, 4, 1, 0),
            new Shape(false, 4, 4, 0, 0),
            new Shape(false, 3, 6, 2, 0),
            new Shape(false, 6, 3, 4, 0),
            new Shape(false, 2, 1, 2, 0),
            new Shape(false, 7, 3, 0, 3),
            new Shape(false, 3, 7, 0, 1),
            new Shape(true, 5, 5, 0, 2),
            new Shape(true, 4, 6, 0, 0),
            new Shape(true, 2, 1, 1, 0),
            new Shape(true, 4, 4, 4, 0),
            new Shape(false, 32, 32, 1, 0),
            new Shape(false, 64, 17, 4, 0),
            new Shape(false, 33, 64, 0, 7),
            new Shape(true, 32, 32, 0, 9),
            new Shape(true, 64, 64, 2, 0)));
  }

  static Stream<Arguments> stalled() {
    return Stalls.of(shapes().limit(1));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void quotientsAndRemaindersAreExact(Shape shape) {
    check(shape, Stalls.SOME, 300);
  }

  @ParameterizedTest
  @MethodSource("stalled")
  void theyStayInOrderUnderAnyStalls(Shape shape, Stalls stalls) {
    check(shape, stalls, 100);
  }

  private static void check(Shape shape, Stalls stalls, int most) {
    int n = shape.dividendBits();
    int m = shape.divisorBits();
    boolean serial = shape.bitsPerCycle() > 0;
    Module circuit;
    sluice.hdl.Stream<?> operands;
    sluice.hdl.Stream<?> results;
    if (shape.signed()) {
      SignedDivider divider =
          serial
              ? new SignedDivider(n, m, shape.bitsPerCycle())
              : new SignedDivider(n, m, shape.depth());
      circuit = divider;
      operands = divider.operands;
      results = divider.results;
    } else {
      UnsignedDivider divider =
          serial
              ? new UnsignedDivider(n, m, shape.bitsPerCycle())
              : new UnsignedDivider(n, m, shape.depth());
      circuit = divider;
      operands = divider.operands;
      results = divider.results;
    }
    Simulator simulator = Simulator.of(circuit);
    StreamDriver driver = simulator.drive(operands).stalls(stalls.source(1));
    StreamSink sink = simulator.sink(results).stalls(stalls.sink(2));
    Packing packing = Packing.of(operands.payload());
    Packing packed = Packing.of(results.payload());
    List<BigInteger> expected = new ArrayList<>();
    for (BigInteger[] pair : shape.operands(most)) {
      driver.send(packing.pack(pair));
      expected.add(packed.pack(shape.expected(pair).toArray(BigInteger[]::new)));
    }
    simulator.reset();
    simulator.runUntil(() -> sink.count() == expected.size(), 500_000);
    assertThat(sink.received()).isEqualTo(expected);
  }

  @Test
  void aSerialDivisionTakesACycleForSomeBitsOfTheQuotient() {
    UnsignedDivider divider = new UnsignedDivider(32, 8, 4);
    assertThat(divider.latency()).isEqualTo(9);
    assertThat(new UnsignedDivider(33, 8, 4).latency()).isEqualTo(10);
    assertThat(new SignedDivider(32, 8, 1).latency()).isEqualTo(33);
    Simulator simulator = Simulator.of(divider);
    StreamSink sink = simulator.sink(divider.results);
    simulator.drive(divider.operands).send(1000, 7).send(1001, 7);
    simulator.reset();
    assertThat(simulator.runUntil(() -> sink.count() == 1, 100)).isEqualTo(9 + 1);
    assertThat(simulator.runUntil(() -> sink.count() == 2, 100)).isEqualTo(9 + 1);
  }

  @Test
  void aPipelineGivesAResultInEveryCycle() {
    SignedDivider divider = new SignedDivider(16, 16, Depth.stages(4));
    Simulator simulator = Simulator.of(divider);
    StreamDriver driver = simulator.drive(divider.operands);
    StreamSink sink = simulator.sink(divider.results);
    for (int i = 0; i < 50; i++) {
      driver.send(1000 * i, 7);
    }
    simulator.reset();
    assertThat(simulator.runUntil(() -> sink.count() == 1, 100))
        .isEqualTo(divider.latency() + 1L)
        .isEqualTo(5);
    assertThat(simulator.runUntil(() -> sink.count() == 50, 100)).isEqualTo(49);
  }

  @Test
  void shorterStagesMakeMoreOfThem() {
    assertThat(new UnsignedDivider(16, 16, Depth.levels(12)).latency())
        .isGreaterThan(new UnsignedDivider(16, 16, Depth.levels(40)).latency());
  }
}
