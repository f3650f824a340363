package sluice.golden;

import java.math.BigInteger;
import java.util.Arrays;

/** The output of one query head: the weighted mean of values, exact until its one rounding. */
final class Output {

  private final ExactSum[] sums;
  private final boolean[] invalid;
  private long weights;

  /**
   * An output to which no value has been added.
   *
   * @param headDim d
   */
  Output(int headDim) {
    sums = new ExactSum[headDim];
    Arrays.setAll(sums, j -> new ExactSum());
    invalid = new boolean[headDim];
  }

  /**
   * Adds a value.
   *
   * @param weight in units of 2^-16; at 0 the value takes no part
   * @param value d halves; NaN and infinity make their element of the output NaN
   */
  void add(int weight, short[] value) {
    if (weight == 0) {
      return;
    }
    weights += weight;
    for (int j = 0; j < value.length; j++) {
      sums[j].add(weight, Half.fix(value[j]));
      invalid[j] |= !Half.finite(value[j]);
    }
  }

  /** True if an element is NaN because a value's was NaN or infinity. */
  boolean invalid() {
    for (boolean element : invalid) {
      if (element) {
        return true;
      }
    }
    return false;
  }

  /** The output, d halves; all +0 if no value was added. */
  short[] halves() {
    short[] halves = new short[sums.length];
    for (int j = 0; j < halves.length; j++) {
      halves[j] = invalid[j] ? Half.NAN : quotient(sums[j].value(), weights);
    }
    return halves;
  }

  /**
   * One element: sum / weights * 2^-24, rounded once.
   *
   * @param sum of weight * fix(value element)
   * @param weights sum of the weights; 0 gives +0
   */
  static short quotient(BigInteger sum, long weights) {
    return weights == 0 ? 0 : Half.ofRatio(sum, BigInteger.valueOf(weights), -Half.FIX_BITS);
  }

  /** A vector of NaNs. */
  static short[] nan(int headDim) {
    short[] halves = new short[headDim];
    Arrays.fill(halves, Half.NAN);
    return halves;
  }
}
