package sluice.hdl.lib.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.sim.Simulator;

/** Signed products of magnitudes: small ones in full, large ones at the edges and at random. */
@Tag("block")
class SignedProductTest {

  /** Bits of multiplicand and multiplier. */
  private record Size(int left, int right) {

    boolean isSmall() {
      return left + right < 10;
    }
  }

  private static final List<Size> SIZES =
      List.of(
          new Size(4, 5),
          new Size(5, 4),
          new Size(1, 2),
          new Size(3, 3),
          new Size(17, 11),
          new Size(24, 24),
          new Size(88, 24));

  /** A product of each size. */
  private static final class Products extends Module {
    final List<UInt> multiplicands = new ArrayList<>();
    final List<UInt> multipliers = new ArrayList<>();
    final Bool negative = input(Bool.of());
    final List<SInt> products = new ArrayList<>();

    Products(Arithmetic arithmetic) {
      for (Size size : SIZES) {
        UInt multiplicand = input(UInt.of(size.left()), "multiplicand" + products.size());
        UInt multiplier = input(UInt.of(size.right()), "multiplier" + products.size());
        SInt product = output(SInt.of(size.left() + size.right() + 1), "product" + products.size());
        product.set(SignedProduct.of(arithmetic, multiplicand, multiplier, negative));
        multiplicands.add(multiplicand);
        multipliers.add(multiplier);
        products.add(product);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Arithmetic.class)
  void productsAreExact(Arithmetic arithmetic) {
    Products unit = new Products(arithmetic);
    Simulator simulator = Simulator.of(unit);
    Random random = new Random(1);
    for (int i = 0; i < SIZES.size(); i++) {
      Size size = SIZES.get(i);
      if (size.isSmall()) {
        for (int a = 0; a < 1 << size.left(); a++) {
          for (int b = 0; b < 1 << size.right(); b++) {
            check(simulator, unit, i, BigInteger.valueOf(a), BigInteger.valueOf(b), false);
            check(simulator, unit, i, BigInteger.valueOf(a), BigInteger.valueOf(b), true);
          }
        }
      } else {
        for (int round = 0; round < 300; round++) {
          BigInteger a = round % 5 == 0 ? most(size.left()) : new BigInteger(size.left(), random);
          BigInteger b = round % 7 == 0 ? most(size.right()) : new BigInteger(size.right(), random);
          check(simulator, unit, i, a, b, round % 2 == 0);
        }
      }
    }
  }

  private static BigInteger most(int bits) {
    return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
  }

  private static void check(
      Simulator simulator, Products unit, int i, BigInteger a, BigInteger b, boolean negative) {
    simulator.poke(unit.multiplicands.get(i), a);
    simulator.poke(unit.multipliers.get(i), b);
    simulator.poke(unit.negative, negative);
    BigInteger product = a.multiply(b);
    assertThat(simulator.peekBigSigned(unit.products.get(i)))
        .as("%s * %s, negative: %s", a, b, negative)
        .isEqualTo(negative ? product.negate() : product);
  }
}
