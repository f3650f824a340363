package sluice.hdl.lib.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.sim.Simulator;

/** Signed products of magnitudes: small ones in full, large ones at the edges and at random. */
@Tag("block")
class SignedProductTest {

  private static final class Product extends Module {
    final UInt multiplicand;
    final UInt multiplier;
    final Bool negative = input(Bool.of());
    final SInt product;

    Product(Arithmetic arithmetic, int left, int right) {
      multiplicand = input(UInt.of(left));
      multiplier = input(UInt.of(right));
      product = output(SInt.of(left + right + 1));
      product.set(SignedProduct.of(arithmetic, multiplicand, multiplier, negative));
    }
  }

  @ParameterizedTest
  @CsvSource({"GATES,4,5", "GATES,5,4", "GATES,1,2", "GATES,3,3", "OPERATORS,4,5", "OPERATORS,3,2"})
  void smallOnesAreRightInFull(Arithmetic arithmetic, int left, int right) {
    Product unit = new Product(arithmetic, left, right);
    Simulator simulator = Simulator.of(unit);
    for (int a = 0; a < 1 << left; a++) {
      for (int b = 0; b < 1 << right; b++) {
        check(simulator, unit, BigInteger.valueOf(a), BigInteger.valueOf(b), false);
        check(simulator, unit, BigInteger.valueOf(a), BigInteger.valueOf(b), true);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"GATES,17,11", "GATES,24,24", "GATES,88,24", "OPERATORS,17,11", "OPERATORS,88,24"})
  void largeOnesAreRightAtTheEdges(Arithmetic arithmetic, int left, int right) {
    Product unit = new Product(arithmetic, left, right);
    Simulator simulator = Simulator.of(unit);
    Random random = new Random(left);
    for (int round = 0; round < 300; round++) {
      BigInteger a = new BigInteger(left, random);
      BigInteger b = new BigInteger(right, random);
      a = round % 5 == 0 ? BigInteger.ONE.shiftLeft(left).subtract(BigInteger.ONE) : a;
      b = round % 7 == 0 ? BigInteger.ONE.shiftLeft(right).subtract(BigInteger.ONE) : b;
      check(simulator, unit, a, b, round % 2 == 0);
    }
  }

  private static void check(
      Simulator simulator, Product unit, BigInteger a, BigInteger b, boolean negative) {
    simulator.poke(unit.multiplicand, a);
    simulator.poke(unit.multiplier, b);
    simulator.poke(unit.negative, negative);
    BigInteger product = a.multiply(b);
    assertThat(simulator.peekBigSigned(unit.product))
        .as("%s * %s, negative: %s", a, b, negative)
        .isEqualTo(negative ? product.negate() : product);
  }
}
