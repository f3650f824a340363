package sluice.hdl.lib.numeric;

import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.UInt;

/**
 * How two floating-point numbers lie to each other; nothing holds between a NaN and any number.
 * Both zeros are equal.
 *
 * @param less whether the first is less than the second
 * @param equal whether they are equal
 * @param unordered whether one of them is a NaN
 * @param signaling whether one of them is a signaling NaN
 */
public record FloatCompare(Bool less, Bool equal, Bool unordered, Bool signaling)
    implements Bundle {

  /** Compares, combinational. */
  public static FloatCompare of(FloatFormat format, UInt a, UInt b) {
    format.require("FloatCompare", "a", a);
    format.require("FloatCompare", "b", b);
    int top = format.bits() - 1;
    FloatFields left = FloatFields.of(format, a, "a");
    FloatFields right = FloatFields.of(format, b, "b");
    Bool unordered = left.nan().or(right.nan()).named("unordered");
    Bool zeros = left.zero().and(right.zero()).named("zeros");
    Bool same = a.eq(b);
    Bool signsDiffer = left.negative().xor(right.negative());
    Bool smaller = a.truncate(top).lt(b.truncate(top));
    // Of numbers with one sign, both negative, the greater magnitude is less.
    Bool ordered = smaller.xor(left.negative()).andNot(same);
    Bool less = left.negative().and(signsDiffer).or(ordered.andNot(signsDiffer));
    return new FloatCompare(
        less.andNot(zeros.or(unordered)),
        same.or(zeros).andNot(unordered),
        unordered,
        left.signaling().or(right.signaling()));
  }

  /** {@code a < b}, which is invalid for any NaN; one bit. */
  public FloatResult lessThan() {
    return new FloatResult(less.asUInt(), FloatFlags.onlyInvalid(unordered));
  }

  /** {@code a <= b}, which is invalid for any NaN; one bit. */
  public FloatResult atMost() {
    return new FloatResult(less.or(equal).asUInt(), FloatFlags.onlyInvalid(unordered));
  }

  /** {@code a == b}, which is invalid for signaling NaN only; one bit. */
  public FloatResult same() {
    return new FloatResult(equal.asUInt(), FloatFlags.onlyInvalid(signaling));
  }
}
