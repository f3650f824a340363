package sluice.hdl.lib.numeric;

import static sluice.hdl.Module.mux;
import static sluice.hdl.UInt.literal;

import java.math.BigInteger;
import sluice.hdl.Bool;
import sluice.hdl.Parameter;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * Negative powers of two in fixed point, {@code 2^-x}, by a table of one octave and linear
 * interpolation between its entries.
 *
 * <p>With {@code S = 2^tableBits} and {@code F = 2^fractionBits}, {@code x = i + (j + r / F) / S}
 * in integers {@code i}, {@code j < S} and {@code r < F}. In units of {@code 2^-unit}:
 *
 * <pre>
 * B(j)     = round(2^(unit - j / S))                     half up; B(S) is 2^(unit - 1)
 * p0       = B(j) - floor(((B(j) - B(j + 1)) r + F / 2) / F)
 * 2^-x     = i = 0 ? p0 : floor((p0 + 2^(i - 1)) / 2^i)
 * </pre>
 *
 * <p>The error is below {@code 1 + 2^unit (ln 2 / S)^2 / 8} units: what a chord lies above the
 * curve, and half a unit each for the table and a rounding. With 64 entries and a unit of {@code
 * 2^-16} that is less than 2 units. The result never grows with {@code x}, 0 gives exactly {@code
 * 2^unit}, and nothing is left of {@code x >= unit + 2}.
 *
 * @param tableBits log2 of the entries of the table, 1 to 10
 * @param fractionBits bits of {@code x} between two entries, 1 to 24
 * @param unit results are in units of {@code 2^-unit}, and have a bit more; 2 to 32
 */
public record PowerOfTwo(int tableBits, int fractionBits, int unit) {

  /** Checks the sizes. */
  public PowerOfTwo {
    Parameter.of("PowerOfTwo", "tableBits", tableBits).within(1, 10);
    Parameter.of("PowerOfTwo", "fractionBits", fractionBits).within(1, 24);
    Parameter.of("PowerOfTwo", "unit", unit).within(2, 32);
  }

  /** Bits of a result. */
  public int resultBits() {
    return unit + 1;
  }

  /**
   * {@code 2^-x}, combinational; registers are put by {@link sluice.hdl.Balanced}.
   *
   * @param x not negative, in units of {@code 2^-(tableBits + fractionBits)}, and wider than that
   * @return in units of {@code 2^-unit}, {@link #resultBits} wide
   */
  public UInt negative(UInt x) {
    int octaveAt = tableBits + fractionBits;
    Parameter.of("PowerOfTwo", "the width of x", x.width()).atLeast(octaveAt + 1L);
    UInt step = x.bits(octaveAt - 1, fractionBits);
    int width = resultBits();
    int dropBits = bits(entry(0).subtract(entry(1)));
    UInt base = table(j -> entry(j), width).get(step).named("base");
    UInt drop = table(j -> entry(j).subtract(entry(j + 1)), dropBits).get(step).named("drop");

    UInt product = drop.times(x.truncate(fractionBits)).named("product");
    UInt interpolated = product.plus(literal(1L << fractionBits - 1)).shiftRight(fractionBits);
    UInt mantissa = base.minusWrap(interpolated).named("mantissa");

    // One bit more than the result, for rounding half up.
    UInt octaves = x.shiftRight(octaveAt);
    int octaveBits = Math.min(octaves.width(), UInt.bitsFor(unit + 1L));
    UInt shifted = mantissa.shiftLeft(1).shiftRight(octaves.truncate(octaveBits)).named("shifted");
    if (octaves.width() > octaveBits) {
      Bool vanishes = octaves.shiftRight(octaveBits).orReduce().named("vanishes");
      shifted = mux(vanishes, literal(0, width + 1), shifted);
    }
    return shifted.plus(literal(1)).shiftRight(1).truncate(width);
  }

  /** What the table holds. */
  private interface Entry {
    BigInteger of(int j);
  }

  private Vec<UInt> table(Entry entry, int width) {
    return Vec.generate(1 << tableBits, j -> literal(entry.of(j), width));
  }

  private static int bits(BigInteger largest) {
    return Math.max(1, largest.bitLength());
  }

  /** {@code B(j)}: exact, since the integer root of an integer root is that of both together. */
  private BigInteger entry(int j) {
    BigInteger twice = BigInteger.ONE.shiftLeft((unit + 1 << tableBits) - j);
    for (int i = 0; i < tableBits; i++) {
      twice = twice.sqrt();
    }
    return twice.add(BigInteger.ONE).shiftRight(1);
  }
}
