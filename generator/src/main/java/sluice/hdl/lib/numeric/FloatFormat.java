package sluice.hdl.lib.numeric;

import java.math.BigInteger;
import java.util.Locale;
import sluice.hdl.Parameter;
import sluice.hdl.UInt;

/**
 * A binary interchange format of IEEE 754: a sign, a biased exponent field, a fraction. Subnormals,
 * infinities and NaN are as in the standard.
 *
 * @param name short, for names of modules: {@code fp16}
 * @param exponentBits bits of the exponent field, 3 to 11
 * @param fractionBits bits of the fraction field, 2 to 52
 */
public record FloatFormat(String name, int exponentBits, int fractionBits) {

  /** IEEE 754 binary16. */
  public static final FloatFormat FP16 = new FloatFormat("fp16", 5, 10);

  /** IEEE 754 binary32. */
  public static final FloatFormat FP32 = new FloatFormat("fp32", 8, 23);

  /** The upper half of a binary32. */
  public static final FloatFormat BF16 = new FloatFormat("bf16", 8, 7);

  /** Checks the sizes. */
  public FloatFormat {
    Parameter.of("FloatFormat", "exponentBits", exponentBits).within(3, 11);
    Parameter.of("FloatFormat", "fractionBits", fractionBits).within(2, 52);
  }

  /** Bits of a number. */
  public int bits() {
    return 1 + exponentBits + fractionBits;
  }

  /** Bits of a significand, the hidden one among them. */
  public int precision() {
    return fractionBits + 1;
  }

  /** What is added to the exponent of a normal number to make its field. */
  public int bias() {
    return (1 << (exponentBits - 1)) - 1;
  }

  /** The type of a number. */
  public UInt type() {
    return UInt.of(bits());
  }

  /** The bits of +infinity. */
  public BigInteger infinity() {
    return BigInteger.valueOf((1L << exponentBits) - 1).shiftLeft(fractionBits);
  }

  /** The bits of the one NaN that is ever a result: positive and quiet, without a payload. */
  public BigInteger nan() {
    return infinity().setBit(fractionBits - 1);
  }

  /** What the format is called in descriptions. */
  public String title() {
    return name.toUpperCase(Locale.ROOT);
  }

  void require(String owner, String parameter, UInt value) {
    Parameter.of(owner, "the width of " + parameter, value.width()).within(bits(), bits());
  }
}
