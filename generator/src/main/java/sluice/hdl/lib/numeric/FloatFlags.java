package sluice.hdl.lib.numeric;

import sluice.hdl.Bool;
import sluice.hdl.Bundle;

/**
 * The five exceptions of IEEE 754, as an operation raises them.
 *
 * @param invalid a signaling NaN, or no useful result
 * @param divideByZero an exact infinity from finite operands
 * @param overflow the rounded result is beyond the largest number
 * @param underflow the result is inexact, and tiny: below the normal numbers even if it were
 *     rounded with an unbounded exponent
 * @param inexact the rounded result is not the exact one
 */
public record FloatFlags(
    Bool invalid, Bool divideByZero, Bool overflow, Bool underflow, Bool inexact)
    implements Bundle {

  /** The type. */
  public static FloatFlags type() {
    return new FloatFlags(Bool.of(), Bool.of(), Bool.of(), Bool.of(), Bool.of());
  }

  /** Only whether the operation was invalid. */
  static FloatFlags onlyInvalid(Bool invalid) {
    Bool no = Bool.literal(false);
    return new FloatFlags(invalid, no, no, no, no);
  }
}
