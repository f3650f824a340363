package sluice.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoresAndWeightsTest {

  private static final int MAX_SCORE = (1 << 25) - 1;
  private static final int MIN_SCORE = -(1 << 25);

  @Test
  void exactSumNeverLosesABit() {
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      ExactSum sum = new ExactSum();
      BigInteger expected = BigInteger.ZERO;
      for (int j = 0; j < 40; j++) {
        long a = random.nextLong() >> random.nextInt(63);
        long b = random.nextLong() >> (4 + random.nextInt(59));
        sum.add(a, b);
        expected = expected.add(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)));
        assertThat(sum.value()).isEqualTo(expected);
      }
    }
  }

  @Test
  void dotProductIsExactOverTheWholeRangeOfHalves() {
    Random random = new Random(2);
    for (int i = 0; i < 500; i++) {
      short[] query = new short[64];
      short[] key = new short[64];
      BigDecimal expected = BigDecimal.ZERO;
      for (int j = 0; j < query.length; j++) {
        query[j] = Samples.anyFinite(random);
        key[j] = Samples.anyFinite(random);
        BigDecimal product =
            new BigDecimal(Half.toDouble(query[j])).multiply(new BigDecimal(Half.toDouble(key[j])));
        expected = expected.add(product);
      }
      BigDecimal unit = new BigDecimal(Math.scalb(1.0, -48));
      assertThat(new BigDecimal(Scores.dot(query, key)).multiply(unit))
          .isEqualByComparingTo(expected);
    }
  }

  @Test
  void scoreIsTheFloorOfTheExactProduct() {
    Random random = new Random(3);
    for (int i = 0; i < 5000; i++) {
      BigInteger dot = new BigInteger(1 + random.nextInt(88), random);
      dot = random.nextBoolean() ? dot.negate() : dot;
      int factor = (96 + random.nextInt(47)) << 23 | random.nextInt(1 << 23);
      BigDecimal exact =
          new BigDecimal(dot)
              .multiply(new BigDecimal(Math.scalb(1.0, -34)))
              .multiply(new BigDecimal(Float.intBitsToFloat(factor)));
      BigInteger floor = exact.setScale(0, RoundingMode.FLOOR).toBigIntegerExact();
      BigInteger saturated =
          floor.min(BigInteger.valueOf(MAX_SCORE)).max(BigInteger.valueOf(MIN_SCORE));
      assertThat(Scores.scale(dot, factor)).isEqualTo(saturated.intValueExact());
    }
  }

  @Test
  void tinyNegativeDotScoresMinusOne() {
    int factor = Float.floatToIntBits(0.25f);
    assertThat(Scores.scale(BigInteger.ONE.negate(), factor)).isEqualTo(-1);
    assertThat(Scores.scale(BigInteger.ONE, factor)).isZero();
  }

  @Test
  void scoreSaturatesAtBothEnds() {
    int factor = Float.floatToIntBits(1.0f);
    BigInteger huge = BigInteger.ONE.shiftLeft(80);
    assertThat(Scores.scale(huge, factor)).isEqualTo(MAX_SCORE);
    assertThat(Scores.scale(huge.negate(), factor)).isEqualTo(MIN_SCORE);
    BigInteger limit = BigInteger.valueOf(MAX_SCORE).shiftLeft(34);
    assertThat(Scores.scale(limit, factor)).isEqualTo(MAX_SCORE);
    assertThat(Scores.scale(limit.subtract(BigInteger.ONE), factor)).isEqualTo(MAX_SCORE - 1);
  }

  @Test
  void tableEntriesAreTheExactlyRoundedPowers() {
    for (int j = 0; j <= Weights.STEPS; j++) {
      // entry = round(2^(16 - j/64)): (entry +- 1/2)^64 brackets 2^(1024 - j).
      BigDecimal power = new BigDecimal(BigInteger.ONE.shiftLeft(1024 - j));
      BigDecimal entry = BigDecimal.valueOf(Weights.tableEntry(j));
      BigDecimal half = new BigDecimal("0.5");
      assertThat(entry.subtract(half).pow(64)).isLessThanOrEqualTo(power);
      assertThat(entry.add(half).pow(64)).isGreaterThan(power);
    }
  }

  @Test
  void weightFallsWithDistanceAndEndsAtZero() {
    assertThat(Weights.weight(0)).isEqualTo(Weights.ONE);
    int last = Weights.ONE;
    for (int delta = 1; delta < 20 << 14; delta++) {
      int weight = Weights.weight(delta);
      assertThat(weight).isLessThanOrEqualTo(last);
      last = weight;
    }
    assertThat(Weights.weight((17 << 14) - 1)).isEqualTo(1);
    assertThat(Weights.weight((17 << 14))).isEqualTo(1);
    assertThat(Weights.weight((17 << 14) + 256)).isZero();
    assertThat(Weights.weight(18 << 14)).isZero();
    assertThat(Weights.weight(MAX_SCORE - MIN_SCORE)).isZero();
  }

  @Test
  void weightIsWithinAUnitOfThePower() {
    for (int delta = 0; delta < 18 << 14; delta += 7) {
      double exact = Math.pow(2, 16 - delta / 16384.0);
      assertThat(Math.abs(Weights.weight(delta) - exact)).isLessThan(2.0);
    }
  }

  @Test
  void weightsBelowTheSkipThresholdAreZero() {
    int[] scores = {0, -16384, -32768};
    assertThat(Weights.of(scores, 0)).containsExactly(65536, 32768, 16384);
    assertThat(Weights.of(scores, 32768)).containsExactly(65536, 32768, 0);
    assertThat(Weights.of(scores, 32769)).containsExactly(65536, 0, 0);
    assertThat(Weights.of(scores, 65536)).containsExactly(65536, 0, 0);
  }

  @Test
  void outputIsTheQuotientRoundedOnceToEven() {
    Random random = new Random(6);
    BigDecimal unit = new BigDecimal(Math.scalb(1.0, -24));
    for (int i = 0; i < 20000; i++) {
      long weights = 65536 + random.nextInt(1 << 22);
      BigInteger bound = BigInteger.valueOf(weights).multiply(BigInteger.valueOf(65504L << 24));
      BigInteger sum = new BigInteger(1 + random.nextInt(bound.bitLength() - 1), random);
      short half = Output.quotient(sum, weights);
      BigDecimal exact = new BigDecimal(sum).multiply(unit);
      BigDecimal quotient = exact.divide(BigDecimal.valueOf(weights), new MathContext(60));
      assertThat(half).isEqualTo(nearest(quotient));
      short negative = sum.signum() == 0 ? 0 : (short) (half | 0x8000);
      assertThat(Output.quotient(sum.negate(), weights)).isEqualTo(negative);
    }
  }

  /** Rounds by counting units of the exponent that the number has. */
  private static short nearest(BigDecimal value) {
    int exponent = -14;
    while (value.compareTo(new BigDecimal(Math.scalb(1.0, exponent + 1))) >= 0) {
      exponent++;
    }
    BigDecimal ulp = new BigDecimal(Math.scalb(1.0, exponent - 10));
    BigDecimal units = value.divide(ulp, new MathContext(80)).setScale(0, RoundingMode.HALF_EVEN);
    return Half.ofDouble(units.multiply(ulp).doubleValue());
  }
}
