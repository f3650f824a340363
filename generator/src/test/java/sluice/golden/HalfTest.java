package sluice.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HalfTest {

  private static final BigDecimal UNIT = new BigDecimal(Math.scalb(1.0, -24));

  @Test
  void everyFiniteHalfIsSigTimesPowerOfExAndFixUnits() {
    for (int i = 0; i < 65536; i++) {
      short bits = (short) i;
      if (!Half.finite(bits)) {
        continue;
      }
      double magnitude = Half.sig(bits) * Math.pow(2, Half.ex(bits) - 25);
      assertThat(Math.abs(Half.toDouble(bits))).isEqualTo(magnitude);
      assertThat(Half.fix(bits) * Math.pow(2, -24) + 0.0).isEqualTo(Half.toDouble(bits) + 0.0);
      assertThat(Half.negative(bits)).isEqualTo(i >= 32768);
    }
  }

  @Test
  void everyHalfComesBackFromDouble() {
    for (int i = 0; i < 65536; i++) {
      short bits = (short) i;
      double value = Half.toDouble(bits);
      short expected = Double.isNaN(value) ? Half.NAN : bits;
      assertThat(Half.ofDouble(value)).isEqualTo(expected);
    }
  }

  @Test
  void rankOrdersEveryFiniteHalfAsItsNumber() {
    double[] byRank = new double[2 * 0x7BFF + 1];
    for (int i = 0; i < 65536; i++) {
      if (Half.finite((short) i)) {
        byRank[Half.rank((short) i) + 0x7BFF] = Half.toDouble((short) i);
      }
    }
    for (int i = 1; i < byRank.length; i++) {
      assertThat(byRank[i]).isGreaterThan(byRank[i - 1]);
    }
    assertThat(Half.rank((short) 0x8000)).isZero();
  }

  @Test
  void betweenTwoNeighboursDoubleGoesToTheNearestAndTiesToEven() {
    for (int bits = 0; bits < 0x7BFF; bits++) {
      double low = Half.toDouble((short) bits);
      double high = Half.toDouble((short) (bits + 1));
      double middle = (low + high) / 2;
      int even = bits % 2 == 0 ? bits : bits + 1;
      assertThat(Half.ofDouble(middle)).isEqualTo((short) even);
      assertThat(Half.ofDouble(Math.nextDown(middle))).isEqualTo((short) bits);
      assertThat(Half.ofDouble(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
      assertThat(Half.ofDouble(-middle)).isEqualTo((short) (even | 0x8000));
    }
    assertThat(Half.ofDouble(65519.99)).isEqualTo(Half.MAX);
    assertThat(Half.ofDouble(65520)).isEqualTo(Half.INFINITY);
  }

  @Test
  void everyTieOfARatioGoesToEven() {
    for (int bits = 0; bits < 0x7BFF; bits++) {
      long twice = Half.fix((short) bits) + Half.fix((short) (bits + 1));
      int even = bits % 2 == 0 ? bits : bits + 1;
      assertThat(ratio(twice, 2)).isEqualTo((short) even);
      assertThat(ratio(-3 * twice, 6)).isEqualTo((short) (even | 0x8000));
      assertThat(ratio(1000 * twice - 1, 2000)).isEqualTo((short) bits);
      assertThat(ratio(1000 * twice + 1, 2000)).isEqualTo((short) (bits + 1));
    }
  }

  @Test
  void ratioIsTheNearestHalfByExactComparison() {
    Random random = new Random(11);
    for (int i = 0; i < 20000; i++) {
      long denominator = 65536 + random.nextInt(1 << 24);
      int magnitudeBits = 1 + random.nextInt(55);
      BigInteger sum = new BigInteger(magnitudeBits, random).multiply(BigInteger.valueOf(17));
      BigDecimal exact = new BigDecimal(sum).multiply(UNIT);
      short rounded = Half.ofRatio(sum, BigInteger.valueOf(denominator), -24);
      if (rounded == Half.INFINITY) {
        assertThat(exact).isGreaterThanOrEqualTo(BigDecimal.valueOf(65520L * denominator));
        continue;
      }
      BigDecimal error = distance(exact, denominator, rounded);
      if (rounded != 0) {
        assertThat(error).isLessThanOrEqualTo(distance(exact, denominator, (short) (rounded - 1)));
      }
      if (rounded != Half.MAX) {
        assertThat(error).isLessThanOrEqualTo(distance(exact, denominator, (short) (rounded + 1)));
      }
    }
  }

  @Test
  void ratioKeepsTheSignWhenItRoundsToZero() {
    assertThat(ratio(-1, 65536)).isEqualTo((short) 0x8000);
    assertThat(ratio(1, 65536)).isEqualTo((short) 0);
    assertThat(ratio(0, 65536)).isEqualTo((short) 0);
    assertThat(ratio(-1, 2)).as("tie to even zero").isEqualTo((short) 0x8000);
    assertThat(ratio(-3, 4)).isEqualTo((short) 0x8001);
  }

  /** |exact / denominator - half| * denominator. */
  private static BigDecimal distance(BigDecimal exact, long denominator, short half) {
    BigDecimal value = new BigDecimal(Half.toDouble(half));
    return exact.subtract(value.multiply(BigDecimal.valueOf(denominator))).abs();
  }

  private static short ratio(long numerator, long denominator) {
    return Half.ofRatio(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator), -24);
  }
}
