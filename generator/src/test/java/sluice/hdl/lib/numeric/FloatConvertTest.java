package sluice.hdl.lib.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversions of FP16 for all of their inputs, with all flags. */
class FloatConvertTest {
  private static final FloatFormat HALF = FloatFormat.FP16;
  private static final int INVALID = 16;
  private static final int INEXACT = 1;

  @Test
  void everyHalfBecomesTheSingleThatItIs() {
    FloatBench bench =
        new FloatBench(List.of(16), in -> FloatConvert.convert(HALF, FloatFormat.FP32, in.get(0)));
    for (int half = 0; half < 1 << 16; half++) {
      boolean nan = isNan(half);
      long single = nan ? 0x7FC00000 : Float.floatToRawIntBits((float) value(half)) & 0xFFFFFFFFL;
      check(bench, half, single, isSignaling(half) ? INVALID : 0);
    }
  }

  @Test
  void everyHalfBecomesTheNearestBrainFloat() {
    FloatBench bench =
        new FloatBench(List.of(16), in -> FloatConvert.convert(HALF, FloatFormat.BF16, in.get(0)));
    for (int half = 0; half < 1 << 16; half++) {
      if (isNan(half)) {
        check(bench, half, 0x7FC0, isSignaling(half) ? INVALID : 0);
      } else {
        long single = Float.floatToRawIntBits((float) value(half)) & 0xFFFFFFFFL;
        long even = single >> 16 & 1;
        check(bench, half, single + 0x7FFF + even >> 16, (single & 0xFFFF) != 0 ? INEXACT : 0);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8, 15, 16, 17, 18, 24, 32, 50})
  void everyHalfBecomesTheNearestInteger(int bits) {
    FloatBench signed =
        new FloatBench(List.of(16), in -> FloatConvert.toSigned(HALF, in.get(0), bits));
    FloatBench unsigned =
        new FloatBench(List.of(16), in -> FloatConvert.toUnsigned(HALF, in.get(0), bits));
    for (int half = 0; half < 1 << 16; half++) {
      double least = -Math.scalb(1.0, bits - 1);
      checkInteger(signed, half, least, -least - 1, bits);
      checkInteger(unsigned, half, 0, Math.scalb(1.0, bits) - 1, bits);
    }
  }

  private static void checkInteger(
      FloatBench bench, int half, double least, double most, int bits) {
    double value = value(half);
    double nearest = Math.rint(value);
    long mask = (1L << bits) - 1;
    if (isNan(half) || nearest > most) {
      check(bench, half, (long) most & mask, INVALID);
    } else if (nearest < least) {
      check(bench, half, (long) least & mask, INVALID);
    } else {
      check(bench, half, (long) nearest & mask, nearest == value ? 0 : INEXACT);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 11, 12, 16, 17})
  void everyIntegerBecomesTheNearestHalf(int bits) {
    FloatBench signed =
        new FloatBench(List.of(bits), in -> FloatConvert.fromSigned(HALF, in.get(0).asSInt()));
    FloatBench unsigned =
        new FloatBench(List.of(bits), in -> FloatConvert.fromUnsigned(HALF, in.get(0)));
    for (long word = 0; word < 1L << bits; word++) {
      checkHalf(signed, word, word << 64 - bits >> 64 - bits);
      checkHalf(unsigned, word, word);
    }
  }

  private static void checkHalf(FloatBench bench, long word, long integer) {
    FloatReference exact = new FloatReference(BigInteger.valueOf(integer), 0);
    long magnitude = exact.nearest(HALF);
    boolean overflow = magnitude == 0x7C00;
    boolean inexact = overflow || !exact.isMagnitude(HALF, magnitude);
    check(
        bench,
        word,
        magnitude | (integer < 0 ? 0x8000 : 0),
        (overflow ? 4 : 0) | (inexact ? INEXACT : 0));
  }

  private static void check(FloatBench bench, long operand, long value, long flags) {
    bench.apply(operand);
    if (bench.value() != value || bench.flags() != flags) {
      assertThat("%x %02x".formatted(bench.value(), bench.flags()))
          .as("%x", operand)
          .isEqualTo("%x %02x".formatted(value, flags));
    }
  }

  private static boolean isNan(int half) {
    return (half & 0x7FFF) > 0x7C00;
  }

  private static boolean isSignaling(int half) {
    return isNan(half) && (half & 0x0200) == 0;
  }

  /** The value of a half, an infinity too; a NaN's is of no meaning. */
  private static double value(int half) {
    if ((half & 0x7C00) == 0x7C00) {
      return (half & 0x8000) == 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
    FloatReference exact = FloatReference.of(HALF, half);
    double magnitude = Math.scalb(exact.value().doubleValue(), -exact.unit());
    return (half & 0x8000) != 0 && magnitude == 0 ? -0.0 : magnitude;
  }
}
