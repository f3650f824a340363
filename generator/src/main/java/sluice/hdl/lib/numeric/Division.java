package sluice.hdl.lib.numeric;

import static sluice.hdl.Module.mux;
import static sluice.hdl.UInt.literal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Data;
import sluice.hdl.Parameter;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.lib.PrefixScan;

/**
 * Quotient and remainder of two integers: {@code dividend = quotient * divisor + remainder}, the
 * quotient rounded towards 0, so that the remainder has the sign of the dividend and is smaller
 * than the divisor. Both operands have widths of their own.
 *
 * <p>What has no such result is defined as RISC-V defines it: of a division by 0 the quotient has
 * all bits 1 (the largest unsigned number, or -1) and the remainder is the dividend; the least
 * signed number by -1 is itself, with the remainder 0. A dividend that is wider than the divisor
 * keeps its lowest bits in the remainder of a division by 0.
 *
 * <p>The functions are combinational, a subtractor and a choice for each bit of the quotient;
 * {@link sluice.hdl.Balanced} makes pipelines of them. {@link UnsignedDivider} and {@link
 * SignedDivider} are modules, serial or pipelined.
 *
 * @param <T> {@code UInt} or {@code SInt}
 * @param quotient as wide as the dividend
 * @param remainder as wide as the divisor
 */
public record Division<T extends Data>(T quotient, T remainder) implements Bundle {

  /** The division of two unsigned numbers. */
  public static Division<UInt> unsigned(UInt dividend, UInt divisor) {
    List<Bool> beyond = onesAbove(divisor);
    UInt quotient = null;
    UInt remainder = null;
    for (int place = dividend.width() - 1; place >= 0; place--) {
      Bool next = dividend.bit(place);
      Bool above =
          beyond.get(remainder == null ? 0 : Math.min(remainder.width(), beyond.size() - 1));
      DivisionStep step =
          (remainder == null
                  ? DivisionStep.first(next, divisor, above)
                  : DivisionStep.of(remainder, next, divisor, above))
              .named("digit" + place, "remainder" + place);
      remainder = step.remainder();
      quotient = quotient == null ? step.digit().asUInt() : quotient.concat(step.digit().asUInt());
    }
    return new Division<>(quotient, remainder.resize(divisor.width()));
  }

  /**
   * Whether there are ones above bit 0, above bit 1, and so on; above the highest there are none.
   */
  private static List<Bool> onesAbove(UInt divisor) {
    List<Bool> fromTop = new ArrayList<>(divisor.toBools());
    Collections.reverse(fromTop);
    List<Bool> above =
        new ArrayList<>(PrefixScan.exclusive(fromTop, Bool.literal(false), Bool::or));
    Collections.reverse(above);
    return above;
  }

  /** The division of two signed numbers. */
  public static Division<SInt> signed(SInt dividend, SInt divisor) {
    Signs signs = Signs.of(dividend, divisor);
    return signs.applyTo(unsigned(magnitude(dividend, "dividend"), magnitude(divisor, "divisor")));
  }

  private static UInt magnitude(SInt number, String name) {
    return Labels.named(number.abs(), name + "_magnitude");
  }

  /**
   * The signs of a signed division, which is done with magnitudes.
   *
   * @param quotient whether the quotient is turned around
   * @param remainder whether the remainder is
   */
  record Signs(Bool quotient, Bool remainder) implements Bundle {

    static Signs type() {
      return new Signs(Bool.of(), Bool.of());
    }

    static Signs of(SInt dividend, SInt divisor) {
      // By 0 the quotient stays -1, whatever the dividend.
      Bool opposite = dividend.isNegative().xor(divisor.isNegative());
      return new Signs(opposite.andNot(divisor.isZero()), dividend.isNegative());
    }

    Division<SInt> applyTo(Division<UInt> magnitudes) {
      return new Division<>(
          turned(quotient, magnitudes.quotient()), turned(remainder, magnitudes.remainder()));
    }

    private static SInt turned(Bool negative, UInt magnitude) {
      UInt negated = literal(0, magnitude.width()).minusWrap(magnitude);
      return mux(negative, negated, magnitude).asSInt();
    }
  }

  /** Checks the widths of a module. */
  static void check(String owner, int dividendBits, int divisorBits) {
    Parameter.of(owner, "dividendBits", dividendBits).atLeast(2);
    Parameter.of(owner, "divisorBits", divisorBits).atLeast(1);
  }

  /** What a module of its own is. */
  static String description(
      String kind, int dividendBits, int divisorBits, int latency, String rate) {
    return ("%s division of %d by %d bits: quotient, rounded towards 0, and remainder.\n"
            + "By 0: all bits of the quotient are 1, and the remainder is the dividend.\n"
            + "Latency: %d cycles, %s.")
        .formatted(kind, dividendBits, divisorBits, latency, rate);
  }
}
