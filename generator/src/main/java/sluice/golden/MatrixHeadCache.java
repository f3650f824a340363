package sluice.golden;

import sluice.tensor.HalfMatrix;

/** A KV cache in matrices; keys are quantized when they are asked for. */
public final class MatrixHeadCache implements HeadCache {

  private final HalfMatrix keys;
  private final HalfMatrix values;
  private final Calibration calibration;

  /**
   * The cache of a sequence.
   *
   * @param keys [n][d]
   * @param values [n][d]
   * @param calibration how keys are quantized
   */
  public MatrixHeadCache(HalfMatrix keys, HalfMatrix values, Calibration calibration) {
    if (keys.rows() != values.rows() || keys.columns() != values.columns()) {
      throw new IllegalArgumentException("keys are " + keys + ", values are " + values);
    }
    this.keys = keys;
    this.values = values;
    this.calibration = calibration;
  }

  @Override
  public int tokens() {
    return keys.rows();
  }

  @Override
  public byte[] codes(int token) {
    return KeyRecords.quantize(key(token), calibration);
  }

  @Override
  public short[] key(int token) {
    return keys.row(token);
  }

  @Override
  public short[] value(int token) {
    return values.row(token);
  }
}
