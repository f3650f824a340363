package sluice.hdl.lib.numeric;

import static sluice.hdl.Module.mux;

import java.math.BigInteger;
import sluice.hdl.Bool;
import sluice.hdl.Parameter;
import sluice.hdl.SInt;
import sluice.hdl.UInt;

/** Products of two magnitudes with a sign of their own, as floating-point numbers have them. */
public final class SignedProduct {
  private SignedProduct() {}

  /**
   * {@code (-1)^negative * multiplicand * multiplier}, combinational and exact.
   *
   * <p>As gates: Booth's digits of two bits of the multiplier (O. L. MacSorley, "High-speed
   * arithmetic in binary computers", 1961), -2 to 2, each of which makes one row; the sign only
   * turns the signs of the digits around. Rows are summed by a {@link DaddaTree}.
   *
   * @param multiplier the one of fewer bits makes fewer rows
   * @return as wide as both together and a sign
   */
  public static SInt of(Arithmetic arithmetic, UInt multiplicand, UInt multiplier, Bool negative) {
    Parameter.of("SignedProduct", "the width of multiplier", multiplier.width()).atLeast(2);
    int width = multiplicand.width() + multiplier.width() + 1;
    if (arithmetic == Arithmetic.OPERATORS) {
      SInt magnitude = multiplier.toSInt();
      SInt factor = mux(negative, magnitude.negate().truncate(magnitude.width()), magnitude);
      return factor.times(multiplicand.toSInt()).truncate(width);
    }
    return booth(multiplicand, multiplier, negative, width).asSInt();
  }

  private static UInt booth(UInt multiplicand, UInt multiplier, Bool negative, int width) {
    int digits = multiplier.width() / 2 + 1;
    int digitBits = multiplicand.width() + 1;
    UInt once = multiplicand.extend(digitBits);
    UInt twice = multiplicand.shiftLeft(1);
    // The bits from behind the multiplier's last one to two in front of its first.
    UInt recoded = multiplier.shiftLeft(1).extend(2 * digits + 1);
    DaddaTree tree = new DaddaTree("product", width);
    BigInteger signs = BigInteger.ZERO;
    for (int i = 0; i < digits; i++) {
      Bool low = recoded.bit(2 * i);
      Bool middle = recoded.bit(2 * i + 1);
      Bool high = recoded.bit(2 * i + 2);
      Bool one = middle.xor(low);
      Bool two = mux(high, middle.or(low).not(), middle.and(low));
      Bool minus = high.xor(negative);
      UInt magnitude =
          once.and(one.asUInt().repeat(digitBits)).or(twice.and(two.asUInt().repeat(digitBits)));
      UInt digit = magnitude.xor(minus.asUInt().repeat(digitBits));
      // A negative digit is its complement and one; its sign counts as the sign's complement, less
      // a constant.
      tree.add(2 * i, digit);
      tree.add(2 * i, minus);
      tree.add(2 * i + digitBits, minus.not());
      signs = signs.subtract(BigInteger.ONE.shiftLeft(2 * i + digitBits));
    }
    tree.add(0, signs);
    return tree.sum();
  }
}
