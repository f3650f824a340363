package sluice.hdl.lib.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Fixed-point numbers that are rounded once, with what goes on below them. */
class FixedPointTest {
  private static final FloatFormat QUARTER = new FloatFormat("fp8", 4, 3);
  private static final FloatFormat LONG = new FloatFormat("fp15", 3, 11);

  /** Formats, bits of a number, and the exponent of its lowest bit. */
  static Stream<Arguments> numbers() {
    return Stream.of(
        // From below half of the least subnormal to the largest numbers, and beyond.
        Arguments.of(FloatFormat.FP16, 42, -26),
        Arguments.of(FloatFormat.FP16, 46, -28),
        Arguments.of(QUARTER, 22, -11),
        Arguments.of(LONG, 24, -15),
        // Only subnormal ones, and those next to them.
        Arguments.of(FloatFormat.BF16, 10, -135),
        Arguments.of(FloatFormat.BF16, 12, -139),
        Arguments.of(FloatFormat.BF16, 40, -140),
        Arguments.of(FloatFormat.FP32, 30, -151),
        Arguments.of(FloatFormat.FP32, 63, -160));
  }

  private static FloatBench sticky(FloatFormat format, int bits, int exponent) {
    return new FloatBench(
        List.of(1, bits, 1),
        in ->
            FloatConvert.fromFixed(
                format, in.get(0).asBool(), in.get(1), exponent, in.get(2).asBool()));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void numbersAreRoundedOnceWithTheirFlags(FloatFormat format, int bits, int exponent) {
    FloatBench bench = sticky(format, bits, exponent);
    Random random = new Random(bits);
    long all = -1L >>> 64 - bits;
    for (int i = 0; i < 4000; i++) {
      long magnitude = random.nextLong() & all >>> random.nextInt(bits);
      check(format, bench, exponent, magnitude, random.nextBoolean());
      // Between two neighbours of some length, at the tie and beside it.
      int length = format.precision() + 1;
      long tie = ((random.nextLong() | 1) & (1L << length) - 1) << random.nextInt(bits);
      for (long near = (tie & all) - 1; near <= (tie & all) + 1; near++) {
        check(format, bench, exponent, near & all, false);
        check(format, bench, exponent, near & all, true);
      }
      long ones = all >>> random.nextInt(bits) & all << random.nextInt(bits);
      check(format, bench, exponent, ones, i % 2 == 0);
    }
  }

  @Test
  void everyHalfAndEveryTieAndTheirNeighboursAreRounded() {
    FloatFormat format = FloatFormat.FP16;
    // The lowest bit is half of the least subnormal: enough for the value.
    FloatBench bench = sticky(format, 41, -25);
    for (long half = 0; half < format.infinity().longValue() - 1; half++) {
      BigInteger here = FloatReference.of(format, half).value();
      BigInteger next = FloatReference.of(format, half + 1).value();
      long tie = here.add(next).longValue();
      for (long near : new long[] {2 * here.longValue(), tie - 1, tie, tie + 1}) {
        for (int above = 0; above < 2; above++) {
          bench.apply(0, near, above);
          long expected = exact(near, above == 1, -25).nearest(format);
          if (bench.value() != expected) {
            assertThat(bench.value()).as("%d %d", near, above).isEqualTo(expected);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void integersTimesAPowerOfTwoAreRounded(FloatFormat format, int bits, int exponent) {
    for (int higher : new int[] {0, 3, 1 - format.bias() - exponent, -exponent}) {
      int lowest = exponent + higher;
      FloatBench bench =
          new FloatBench(
              List.of(1, bits, 1),
              in -> FloatConvert.fromFixed(format, in.get(0).asBool(), in.get(1), lowest));
      Random random = new Random(bits);
      for (int i = 0; i < 2000; i++) {
        long magnitude = random.nextLong() & -1L >>> 64 - bits + random.nextInt(bits);
        check(format, bench, lowest, magnitude, false);
      }
      check(format, bench, lowest, 0, false);
    }
  }

  private static FloatReference exact(long magnitude, boolean sticky, int exponent) {
    return new FloatReference(
        BigInteger.valueOf(magnitude).shiftLeft(2).add(BigInteger.valueOf(sticky ? 1 : 0)),
        2 - exponent);
  }

  private static void check(
      FloatFormat format, FloatBench bench, int exponent, long magnitude, boolean sticky) {
    FloatReference exact = exact(magnitude, sticky, exponent);
    long sign = magnitude & 1;
    bench.apply(sign, magnitude, sticky ? 1 : 0);
    long expected = exact.nearest(format) | sign << format.bits() - 1;
    int flags = exact.flags(format);
    if (bench.value() != expected || bench.flags() != flags) {
      assertThat("%x %02x".formatted(bench.value(), bench.flags()))
          .as("%x, sticky: %s", magnitude, sticky)
          .isEqualTo("%x %02x".formatted(expected, flags));
    }
  }

  @Test
  void aSignIsKeptByWhatIsRoundedToZero() {
    FloatBench bench = sticky(FloatFormat.FP16, 42, -26);
    bench.apply(1, 0, 1);
    assertThat(bench.value()).isEqualTo(0x8000);
    assertThat(bench.flags()).isEqualTo(3);
  }
}
