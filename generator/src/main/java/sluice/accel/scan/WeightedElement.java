package sluice.accel.scan;

import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.UInt;
import sluice.hdl.lib.numeric.FloatFields;
import sluice.hdl.lib.numeric.FloatFormat;

/**
 * The exact product of a query element and the magnitude of a weight: {@code significand *
 * 2^(exponent - 50)}, with the sign of the element. NaN and infinity count by their fields.
 *
 * @param negative the sign
 * @param exponent 2 to 62
 * @param significand 22 bits
 */
record WeightedElement(Bool negative, UInt exponent, UInt significand) implements Bundle {

  /** The type. */
  static WeightedElement type() {
    return new WeightedElement(Bool.of(), UInt.of(6), UInt.of(22));
  }

  /** Hardware for the product of two halves. */
  static WeightedElement of(UInt element, UInt weight) {
    FloatFields elementFields = FloatFields.of(FloatFormat.FP16, element);
    FloatFields weightFields = FloatFields.of(FloatFormat.FP16, weight);
    UInt exponent = elementFields.exponent().plus(weightFields.exponent());
    UInt significand = elementFields.significand().times(weightFields.significand());
    return new WeightedElement(elementFields.negative(), exponent, significand);
  }
}
