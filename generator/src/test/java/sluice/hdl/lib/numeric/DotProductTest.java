package sluice.hdl.lib.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.hdl.Depth;
import sluice.hdl.sim.Simulator;
import sluice.hdl.timing.CellDelays;

/** Exact dot products against integers without bounds, in both ways to write them. */
@Tag("block")
class DotProductTest {

  private static final int BEATS = 8;

  /** What {@code bench area} takes, for a clock of 4.6 ns. */
  static final Depth STAGE = Depth.within(4400, CellDelays.osu018());

  static Stream<Arguments> units() {
    return Stream.of(
        Arguments.of(FloatFormat.FP16, 16, Arithmetic.GATES, STAGE),
        Arguments.of(FloatFormat.FP16, 16, Arithmetic.OPERATORS, Depth.levels(20)),
        Arguments.of(FloatFormat.FP16, 3, Arithmetic.GATES, Depth.stages(4)),
        Arguments.of(FloatFormat.FP16, 2, Arithmetic.OPERATORS, Depth.stages(0)),
        Arguments.of(FloatFormat.BF16, 2, Arithmetic.GATES, Depth.stages(1)),
        Arguments.of(FloatFormat.BF16, 2, Arithmetic.OPERATORS, Depth.stages(1)));
  }

  @Test
  void stagesAreAsManyAsTheClockAsksFor() {
    assertThat(new DotProduct(FloatFormat.FP16, 16, 8, Arithmetic.GATES, STAGE).latency())
        .as("product, sum of a beat, sum of beats, and two for the carries")
        .isEqualTo(5);
    assertThat(new DotProduct(FloatFormat.FP16, 16, 8, Arithmetic.OPERATORS, Depth.stages(3)))
        .extracting(DotProduct::latency)
        .isEqualTo(3 + 1 + 3);
  }

  @ParameterizedTest
  @MethodSource("units")
  void sumsAreExact(FloatFormat format, int elements, Arithmetic arithmetic, Depth depth) {
    DotProduct unit = new DotProduct(format, elements, BEATS, arithmetic, depth);
    Simulator simulator = Simulator.of(unit);
    Random random = new Random(elements);
    Deque<BigInteger> expected = new ArrayDeque<>();
    BigInteger sum = BigInteger.ZERO;
    int left = 0;
    for (int cycle = 0; cycle < 400; cycle++) {
      boolean valid = cycle == 0 || random.nextInt(5) > 0;
      boolean first = left == 0;
      BigInteger beat = BigInteger.ZERO;
      for (int e = 0; e < elements; e++) {
        long a = number(format, random, cycle);
        long b = number(format, random, cycle);
        simulator.poke(unit.left.get(e), a);
        simulator.poke(unit.right.get(e), b);
        beat = beat.add(integer(format, a).multiply(integer(format, b)));
      }
      simulator.poke(unit.valid, valid);
      simulator.poke(unit.first, first);
      if (valid) {
        sum = first ? beat : sum.add(beat);
        left = (first ? 1 + random.nextInt(BEATS) : left) - 1;
      }
      expected.add(sum);
      simulator.step();
      if (expected.size() == unit.latency()) {
        assertThat(simulator.peekBigSigned(unit.sum)).as("%d", cycle).isEqualTo(expected.remove());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("units")
  void theLargestSumsFit(FloatFormat format, int elements, Arithmetic arithmetic, Depth depth) {
    DotProduct unit = new DotProduct(format, elements, BEATS, arithmetic, depth);
    Simulator simulator = Simulator.of(unit);
    long most = format.infinity().longValueExact() - 1;
    long sign = 1L << (format.bits() - 1);
    for (long other : new long[] {most, most | sign}) {
      BigInteger sum = BigInteger.ZERO;
      for (int beat = 0; beat < BEATS; beat++) {
        for (int e = 0; e < elements; e++) {
          simulator.poke(unit.left.get(e), most);
          simulator.poke(unit.right.get(e), other);
          sum = sum.add(integer(format, most).multiply(integer(format, other)));
        }
        simulator.poke(unit.valid, true);
        simulator.poke(unit.first, beat == 0);
        simulator.step();
      }
      simulator.poke(unit.valid, false);
      simulator.step(unit.latency() - 1);
      assertThat(simulator.peekBigSigned(unit.sum)).isEqualTo(sum);
    }
  }

  /**
   * Of all exponents alike; now and then with few of them, so that terms cancel, or at the edges.
   */
  static long number(FloatFormat format, Random random, int cycle) {
    long bits = random.nextLong() & ((1L << format.bits()) - 1);
    long sign = 1L << (format.bits() - 1);
    long least = format.infinity().longValueExact();
    return switch (cycle % 8) {
      case 0 -> (least - 1) | (bits & sign);
      case 1 -> bits & (sign | 1);
      case 2 -> (bits & ((1L << format.fractionBits()) - 1)) | (bits & sign);
      case 3 -> bits & sign | (bits & 1) << format.fractionBits() | 1;
      default -> bits;
    };
  }

  /** A number in units of the least subnormal; 0 for NaN and infinity. */
  static BigInteger integer(FloatFormat format, long bits) {
    int fractionBits = format.fractionBits();
    int field = (int) (bits >> fractionBits) & ((1 << format.exponentBits()) - 1);
    if (field == (1 << format.exponentBits()) - 1) {
      return BigInteger.ZERO;
    }
    long fraction = bits & ((1L << fractionBits) - 1);
    BigInteger magnitude =
        BigInteger.valueOf(field == 0 ? fraction : fraction | 1L << fractionBits)
            .shiftLeft(Math.max(field, 1) - 1);
    return (bits >> (format.bits() - 1) & 1) == 1 ? magnitude.negate() : magnitude;
  }
}
