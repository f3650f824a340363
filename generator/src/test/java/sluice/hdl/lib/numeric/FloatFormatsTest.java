package sluice.hdl.lib.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Formats without vectors of their own, against exact arithmetic: values, overflow, inexact. */
class FloatFormatsTest {
  private static final FloatFormat QUARTER = new FloatFormat("fp8", 4, 3);
  private static final FloatFormat LONG = new FloatFormat("fp15", 3, 11);

  static Stream<FloatFormat> formats() {
    return Stream.of(QUARTER, LONG, FloatFormat.BF16, FloatFormat.FP16);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void numbersOfAnyFormatAreAddedMultipliedAndFused(FloatFormat format) {
    FloatBench sum = FloatBench.of(format, FloatOperation.ADD);
    FloatBench product = FloatBench.of(format, FloatOperation.MULTIPLY);
    FloatBench fused = FloatBench.of(format, FloatOperation.MULTIPLY_ADD);
    Random random = new Random(format.bits());
    for (int i = 0; i < 20_000; i++) {
      long a = draw(format, random);
      long b = draw(format, random);
      long c = draw(format, random);
      FloatReference x = FloatReference.of(format, a);
      FloatReference y = FloatReference.of(format, b);
      FloatReference z = FloatReference.of(format, c);
      check(format, sum, x.plus(y), a, b);
      check(format, product, x.times(y), a, b);
      check(format, fused, x.times(y).plus(z), a, b, c);
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void everyNumberBecomesAQuarterAndEveryQuarterANumber(FloatFormat format) {
    FloatBench bench =
        new FloatBench(
            List.of(format.bits()), in -> FloatConvert.convert(format, QUARTER, in.get(0)));
    FloatBench back =
        new FloatBench(
            List.of(QUARTER.bits()), in -> FloatConvert.convert(QUARTER, format, in.get(0)));
    for (long bits = 0; bits < 1L << format.bits(); bits++) {
      if (FloatReference.isFinite(format, bits)) {
        check(QUARTER, bench, FloatReference.of(format, bits), bits);
      }
    }
    for (long bits = 0; bits < 1L << QUARTER.bits(); bits++) {
      if (FloatReference.isFinite(QUARTER, bits)) {
        check(format, back, FloatReference.of(QUARTER, bits), bits);
      }
    }
  }

  /** Finite numbers, small differences of exponents and subnormal ones among them. */
  private static long draw(FloatFormat format, Random random) {
    while (true) {
      long bits = random.nextLong() & (1L << format.bits()) - 1;
      if (random.nextInt(4) == 0) {
        bits &=
            ~(format.infinity().longValue() & format.infinity().longValue() << random.nextInt(4));
      }
      if (FloatReference.isFinite(format, bits)) {
        return bits;
      }
    }
  }

  private static void check(
      FloatFormat format, FloatBench bench, FloatReference exact, long... operands) {
    bench.apply(operands);
    long magnitude = bench.value() & (1L << format.bits() - 1) - 1;
    long infinity = format.infinity().longValue();
    long expected = exact.nearest(format);
    boolean overflow = expected == infinity;
    boolean inexact = overflow || !exact.isMagnitude(format, expected);
    long flags = (overflow ? 4 : 0) | (inexact ? 1 : 0);
    if (magnitude != expected || (bench.flags() & ~2) != flags) {
      assertThat("%x %02x".formatted(magnitude, bench.flags() & ~2))
          .as("%s: %s", format.name(), Arrays.toString(operands))
          .isEqualTo("%x %02x".formatted(expected, flags));
    }
    if (expected != 0) {
      boolean negative = bench.value() >> format.bits() - 1 == 1;
      assertThat(negative).isEqualTo(exact.value().signum() < 0);
    }
  }
}
