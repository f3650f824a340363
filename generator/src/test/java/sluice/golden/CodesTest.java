package sluice.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodesTest {

  private static Calibration calibration(short... weights) {
    int[] heavy = new int[weights.length];
    for (int i = 0; i < heavy.length; i++) {
      heavy[i] = i;
    }
    return new Calibration(heavy, weights, new short[weights.length][3]);
  }

  private static short half(double value) {
    return Half.ofDouble(value);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 8})
  void largestProductGetsTheLargestCode(int queryBits) {
    int most = (1 << (queryBits - 1)) - 1;
    short[] query = {half(-3), half(1), half(0), half(0.01)};
    short one = half(1);
    int[] codes = QueryCodes.encode(query, calibration(one, one, one, one), queryBits);
    assertThat(codes).containsExactly(-most, Math.round(most / 3f), 0, Math.round(most / 300f));
  }

  @Test
  void codeIsTheRoundedQuotientWhenNoBitIsLostInAlignment() {
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      int queryBits = 2 + random.nextInt(7);
      short[] query = new short[8];
      short[] weights = new short[8];
      for (int j = 0; j < 8; j++) {
        query[j] = (short) (random.nextInt(2) << 15 | 15 << 10 | random.nextInt(1024));
        weights[j] = (short) (12 << 10 | random.nextInt(1024));
      }
      int[] codes = QueryCodes.encode(query, calibration(weights), queryBits);
      double largest = 0;
      for (int j = 0; j < 8; j++) {
        largest = Math.max(largest, Math.abs(product(query[j], weights[j])));
      }
      int most = (1 << (queryBits - 1)) - 1;
      for (int j = 0; j < 8; j++) {
        BigDecimal scaled =
            new BigDecimal(Math.abs(product(query[j], weights[j])))
                .multiply(BigDecimal.valueOf(most));
        int magnitude =
            scaled
                .divide(new BigDecimal(largest), 60, RoundingMode.FLOOR)
                .setScale(0, RoundingMode.HALF_UP)
                .intValueExact();
        assertThat(codes[j]).isEqualTo(query[j] < 0 ? -magnitude : magnitude);
      }
    }
  }

  @Test
  void alignmentDropsBitsBelowTheLargestExponent() {
    // Exponents differ by 21: the small product keeps one of its 22 bits.
    short[] query = {half(1.5), Half.ofDouble(Math.scalb(1.75, -11))};
    short[] weights = {half(1), Half.ofDouble(Math.scalb(1.75, -10))};
    int[] codes = QueryCodes.encode(query, calibration(weights), 8);
    assertThat(codes).containsExactly(127, 0);
  }

  @Test
  void codesAreZeroWhenAllProductsAre() {
    short[] query = {half(5), half(-0.0)};
    assertThat(QueryCodes.encode(query, calibration((short) 0, half(2)), 4)).containsExactly(0, 0);
  }

  @Test
  void subnormalQueryHasOrdinaryCodes() {
    short[] query = {1, 3, (short) 0x8002};
    int[] codes = QueryCodes.encode(query, calibration((short) 1, (short) 1, (short) 1), 4);
    assertThat(codes).containsExactly(2, 7, -5);
  }

  @Test
  void infinityIsTakenByItsSigAndEx() {
    short[] query = {Half.INFINITY, half(-32768)};
    int[] codes = QueryCodes.encode(query, calibration(half(1), half(1)), 4);
    assertThat(codes).containsExactly(7, -4);
  }

  @Test
  void keyCodeCountsThresholdsNotAbove() {
    short[] thresholds = {half(-1), half(0), half(1)};
    Calibration calibration =
        new Calibration(new int[] {0}, new short[] {half(1)}, new short[][] {thresholds});
    double[] elements = {-2, -1, -0.5, -0.0, 0.0, 0.999, 1, 7};
    int[] codes = {0, 1, 1, 2, 2, 2, 3, 3};
    for (int i = 0; i < elements.length; i++) {
      assertThat(KeyRecords.quantize(new short[] {half(elements[i])}, calibration))
          .containsExactly(codes[i]);
    }
    assertThat(KeyRecords.quantize(new short[] {Half.NAN}, calibration)).containsExactly(3);
    assertThat(KeyRecords.quantize(new short[] {(short) 0xFC00}, calibration)).containsExactly(0);
  }

  @Test
  void recordHoldsItsCodesLowestFirst() {
    byte[] two = KeyRecords.pack(new byte[] {1, 2, 3, 0, 3}, 2, 4);
    assertThat(two).containsExactly(0b00111001, 3, 0, 0);
    assertThat(KeyRecords.unpack(two, 2, 5)).containsExactly(1, 2, 3, 0, 3);
    byte[] four = KeyRecords.pack(new byte[] {15, 9, 8}, 4, 2);
    assertThat(four).containsExactly(0x9F, 0x08);
    assertThat(KeyRecords.unpack(four, 4, 3)).containsExactly(15, 9, 8);
  }

  private static double product(short a, short b) {
    return Half.toDouble(a) * Half.toDouble(b);
  }
}
