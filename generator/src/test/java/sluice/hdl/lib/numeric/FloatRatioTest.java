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
import org.junit.jupiter.params.provider.MethodSource;
import sluice.hdl.sim.EngineShapes;

/**
 * Ratios of integers against exact rational numbers, with all flags: all of them where operands are
 * short; where they are long, random ones and those next to what decides of a rounding.
 */
@Tag("block")
class FloatRatioTest {
  private static final FloatFormat QUARTER = new FloatFormat("fp8", 4, 3);
  private static final FloatFormat TINY = new FloatFormat("fp6", 3, 2);

  /** Operands are applied to another process a thousand a second. */
  private static final int COUNT = EngineShapes.areInJvm() ? 4000 : 30;

  /** Small ratios: from nothing but subnormal ones to nothing but infinite ones. */
  static Stream<FloatRatio> small() {
    List<FloatRatio> ratios = new ArrayList<>();
    ratios.add(new FloatRatio(TINY, 4, 3, -3));
    ratios.add(new FloatRatio(QUARTER, 4, 5, -5));
    for (int scale : new int[] {0, -6, -12, 6, 13, -20}) {
      ratios.add(new FloatRatio(QUARTER, 6, 6, scale));
      ratios.add(new FloatRatio(TINY, 8, 3, scale));
      ratios.add(new FloatRatio(TINY, 3, 8, scale));
    }
    ratios.add(new FloatRatio(FloatFormat.BF16, 6, 6, -127));
    ratios.add(new FloatRatio(FloatFormat.FP16, 2, 10, -14));
    return EngineShapes.of(ratios.stream());
  }

  static Stream<FloatRatio> large() {
    return EngineShapes.of(
        Stream.of(
            new FloatRatio(FloatFormat.FP16, 62, 29, -24),
            new FloatRatio(FloatFormat.BF16, 40, 40, -120),
            new FloatRatio(FloatFormat.FP16, 16, 16, 0),
            new FloatRatio(FloatFormat.FP32, 24, 24, -126),
            new FloatRatio(FloatFormat.FP32, 63, 17, 66),
            new FloatRatio(FloatFormat.FP32, 17, 63, -80),
            new FloatRatio(FloatFormat.BF16, 63, 8, 66),
            new FloatRatio(QUARTER, 32, 32, -3)));
  }

  private static FloatBench bench(FloatRatio ratio) {
    return new FloatBench(
        List.of(1, ratio.dividendBits(), ratio.divisorBits()),
        in -> ratio.of(in.get(0).asBool(), in.get(1), in.get(2)));
  }

  @ParameterizedTest
  @MethodSource("small")
  void allRatiosOfShortOperandsAreRoundedOnce(FloatRatio ratio) {
    FloatBench bench = bench(ratio);
    for (long dividend = 0; dividend < 1L << ratio.dividendBits(); dividend++) {
      for (long divisor = 0; divisor < 1L << ratio.divisorBits(); divisor++) {
        check(ratio, bench, (dividend ^ divisor) & 1, dividend, divisor);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("large")
  void ratiosNextToTiesAndToTheEndsOfTheFormatAreRoundedOnce(FloatRatio ratio) {
    FloatBench bench = bench(ratio);
    Random random = new Random(ratio.dividendBits());
    for (Operands operands : Operands.of(ratio, random, COUNT)) {
      check(ratio, bench, random.nextInt(2), operands.dividend(), operands.divisor());
    }
  }

  @Test
  void quotientsOfSignedAndUnsignedIntegersHaveTheirSigns() {
    FloatRatio ratio = new FloatRatio(FloatFormat.FP16, 5, 4, 0);
    FloatBench signed =
        new FloatBench(List.of(5, 4), in -> ratio.ofSigned(in.get(0).asSInt(), in.get(1).asSInt()));
    FloatBench unsigned =
        new FloatBench(List.of(5, 4), in -> ratio.ofUnsigned(in.get(0), in.get(1)));
    FloatBench magnitudes = bench(ratio);
    for (long dividend = -16; dividend < 16; dividend++) {
      for (long divisor = -8; divisor < 8; divisor++) {
        signed.apply(dividend & 31, divisor & 15);
        magnitudes.apply(
            dividend < 0 != divisor < 0 ? 1 : 0, Math.abs(dividend), Math.abs(divisor));
        assertThat(signed.value()).isEqualTo(magnitudes.value());
        assertThat(signed.flags()).isEqualTo(magnitudes.flags());
        unsigned.apply(dividend & 31, divisor & 15);
        magnitudes.apply(0, dividend & 31, divisor & 15);
        assertThat(unsigned.value()).isEqualTo(magnitudes.value());
      }
    }
    signed.apply(0, 13);
    assertThat(signed.value()).as("0 / -3").isEqualTo(0x8000);
    signed.apply(31, 0);
    assertThat(signed.value()).as("-1 / 0").isEqualTo(0xFC00);
    assertThat(signed.flags()).isEqualTo(8);
    signed.apply(0, 0);
    assertThat(signed.value()).as("0 / 0").isEqualTo(0x7E00);
    assertThat(signed.flags()).isEqualTo(16);
  }

  /** Operands of a ratio. */
  record Operands(long dividend, long divisor) {

    /**
     * Random and extreme ones; and of some divisors the dividends whose ratios are next to a number
     * of the format, or to the middle of two: of the least, of subnormal ones, of the least normal
     * and the largest as well as of others.
     */
    static List<Operands> of(FloatRatio ratio, Random random, int count) {
      FloatFormat format = ratio.format();
      long allDividend = -1L >>> 64 - ratio.dividendBits();
      long allDivisor = -1L >>> 64 - ratio.divisorBits();
      List<Operands> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        long dividend = random.nextLong() & allDividend >>> random.nextInt(ratio.dividendBits());
        long divisor = random.nextLong() & allDivisor >>> random.nextInt(ratio.divisorBits());
        all.add(new Operands(dividend, divisor));
        all.add(new Operands(i % 3 == 0 ? allDividend : dividend, i % 2 == 0 ? allDivisor : 1));
        // Twice a number of the format, or twice the middle between it and the next one.
        long number =
            switch (i % 5) {
              case 0 -> random.nextInt(4);
              case 1 -> (1L << format.fractionBits()) - 2 + random.nextInt(4);
              case 2 -> format.infinity().longValue() - 1 - random.nextInt(3);
              default -> random.nextLong(format.infinity().longValue());
            };
        BigInteger twice =
            FloatReference.of(format, number)
                .value()
                .shiftLeft(1)
                .add(random.nextBoolean() ? lastPlace(format, number) : BigInteger.ZERO);
        int unit = format.bias() - 1 + format.fractionBits() + 1;
        // dividend = twice * 2^-unit * 2^-scale * divisor, and its neighbours.
        int shift = -unit - ratio.scale();
        BigInteger exact = twice.multiply(BigInteger.valueOf(Math.max(1, divisor)));
        BigInteger near = shift < 0 ? exact.shiftRight(-shift) : exact.shiftLeft(shift);
        for (int beside = -1; beside <= 2; beside++) {
          BigInteger other = near.add(BigInteger.valueOf(beside));
          if (other.signum() >= 0 && other.bitLength() <= ratio.dividendBits()) {
            all.add(new Operands(other.longValue(), Math.max(1, divisor)));
          }
        }
      }
      return all;
    }

    private static BigInteger lastPlace(FloatFormat format, long number) {
      long field = Math.max(1, number >> format.fractionBits());
      return BigInteger.ONE.shiftLeft((int) field - 1);
    }
  }

  /** Bits and flags of a ratio. */
  record Expected(long value, int flags) {

    static Expected of(FloatRatio ratio, long negative, long dividend, long divisor) {
      FloatFormat format = ratio.format();
      long sign = negative << format.bits() - 1;
      if (divisor == 0) {
        return dividend == 0
            ? new Expected(format.nan().longValue(), 16)
            : new Expected(format.infinity().longValue() | sign, 8);
      }
      FloatReference exact =
          FloatReference.ratio(
              BigInteger.valueOf(dividend), BigInteger.valueOf(divisor), ratio.scale());
      return new Expected(exact.nearest(format) | sign, exact.flags(format));
    }
  }

  private static void check(
      FloatRatio ratio, FloatBench bench, long negative, long dividend, long divisor) {
    Expected expected = Expected.of(ratio, negative, dividend, divisor);
    bench.apply(negative, dividend, divisor);
    if (bench.value() != expected.value() || bench.flags() != expected.flags()) {
      assertThat("%x %02x".formatted(bench.value(), bench.flags()))
          .as("%s: %d / %d", ratio, dividend, divisor)
          .isEqualTo("%x %02x".formatted(expected.value(), expected.flags()));
    }
  }
}
