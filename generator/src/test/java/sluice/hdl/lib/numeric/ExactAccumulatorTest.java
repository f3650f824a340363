package sluice.hdl.lib.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.hdl.Bool;
import sluice.hdl.Depth;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.sim.Simulator;

/** Sums of weighted numbers against integers without bounds, in both ways to write them. */
@Tag("block")
class ExactAccumulatorTest {

  private static final int WEIGHT_BITS = 17;
  private static final int SUM_BITS = 74;

  /** An accumulator whose entry is resolved at once. */
  private static final class Resolved extends Module {
    final UInt number;
    final UInt weight = input(UInt.of(WEIGHT_BITS));
    final Bool add = input(Bool.of());
    final UInt index;
    final Bool fresh = input(Bool.of());
    final SInt sum;
    final Bool invalid = output(Bool.of());
    final ExactAccumulator accumulator;

    Resolved(FloatFormat format, int sumBits, int entries, Arithmetic arithmetic, Depth depth) {
      number = input(format.type());
      index = input(UInt.index(entries));
      sum = output(SInt.of(sumBits));
      accumulator =
          instance(new ExactAccumulator(format, WEIGHT_BITS, sumBits, entries, arithmetic, depth));
      accumulator.number.set(number);
      accumulator.weight.set(weight);
      accumulator.add.set(add);
      accumulator.index.set(index);
      accumulator.fresh.set(fresh);
      sum.set(ExactAccumulator.resolve(accumulator.entry));
      invalid.set(accumulator.entry.invalid());
    }
  }

  static Stream<Arguments> units() {
    return Stream.of(
        Arguments.of(FloatFormat.FP16, SUM_BITS, 1, Arithmetic.GATES, DotProductTest.STAGE),
        Arguments.of(FloatFormat.FP16, SUM_BITS, 8, Arithmetic.OPERATORS, Depth.levels(20)),
        Arguments.of(FloatFormat.FP16, 58, 4, Arithmetic.GATES, Depth.stages(2)),
        Arguments.of(FloatFormat.BF16, 290, 2, Arithmetic.GATES, Depth.stages(1)),
        Arguments.of(FloatFormat.BF16, 290, 2, Arithmetic.OPERATORS, Depth.stages(0)));
  }

  @Test
  void aProductFitsIntoOneStage() {
    ExactAccumulator unit =
        new ExactAccumulator(
            FloatFormat.FP16, WEIGHT_BITS, SUM_BITS, 1, Arithmetic.GATES, DotProductTest.STAGE);
    assertThat(unit.latency()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("units")
  void sumsAreExact(
      FloatFormat format, int sumBits, int entries, Arithmetic arithmetic, Depth depth) {
    Resolved unit = new Resolved(format, sumBits, entries, arithmetic, depth);
    int latency = unit.accumulator.latency();
    Simulator simulator = Simulator.of(unit);
    Random random = new Random(sumBits);
    BigInteger[] sums = new BigInteger[entries];
    boolean[] invalid = new boolean[entries];
    Arrays.fill(sums, null);
    List<BigInteger> products = new ArrayList<>();
    List<Boolean> specials = new ArrayList<>();
    for (int cycle = 0; cycle < 1000; cycle++) {
      long number = DotProductTest.number(format, random, cycle);
      long weight = random.nextInt(4) == 0 ? 0 : random.nextInt(1 << WEIGHT_BITS);
      weight = random.nextInt(4) == 0 ? (1 << WEIGHT_BITS) - 1 : weight;
      boolean finite = !format.infinity().and(BigInteger.valueOf(number)).equals(format.infinity());
      products.add(DotProductTest.integer(format, number).multiply(BigInteger.valueOf(weight)));
      specials.add(weight > 0 && !finite);
      int index = random.nextInt(entries);
      boolean fresh = sums[index] == null || random.nextInt(20) == 0;
      boolean add = cycle >= latency && random.nextInt(8) > 0;
      simulator.poke(unit.number, number);
      simulator.poke(unit.weight, weight);
      simulator.poke(unit.index, index);
      simulator.poke(unit.fresh, fresh);
      simulator.poke(unit.add, add);
      if (sums[index] != null) {
        assertThat(simulator.peekBigSigned(unit.sum)).as("%d", cycle).isEqualTo(sums[index]);
        assertThat(simulator.isHigh(unit.invalid)).isEqualTo(invalid[index]);
      }
      simulator.step();
      if (add) {
        BigInteger sum = (fresh ? BigInteger.ZERO : sums[index]).add(products.get(cycle - latency));
        sums[index] = wrapped(sum, sumBits);
        invalid[index] = !fresh && invalid[index] || specials.get(cycle - latency);
      }
    }
  }

  private static BigInteger wrapped(BigInteger value, int bits) {
    BigInteger half = BigInteger.ONE.shiftLeft(bits - 1);
    return value.add(half).mod(half.shiftLeft(1)).subtract(half);
  }
}
