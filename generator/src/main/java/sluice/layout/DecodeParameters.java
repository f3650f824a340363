package sluice.layout;

/**
 * The numbers of a decode step, the same for all its heads. Counts are unsigned 32-bit; what the
 * hardware refuses can be stated too.
 *
 * @param mode which tokens are read
 * @param tokens n, tokens of the sequence
 * @param budget k, candidates to select beside the forced tokens
 * @param sink tokens at the beginning that are always selected
 * @param recent tokens at the end that are always selected
 * @param window w, tokens over which predicted scores are pooled: 1, 3, 5 or 7; 8 bits
 * @param factor c, bits of the FP32 number log2(e) * softmax scale
 * @param skip pmin, weights below it count as 0; in units of 2^-16, 0 to 65536
 */
public record DecodeParameters(
    DecodeMode mode,
    long tokens,
    long budget,
    long sink,
    long recent,
    int window,
    int factor,
    long skip) {

  /** Those of a sparse decode step. */
  public DecodeParameters(
      long tokens, long budget, long sink, long recent, int window, int factor, long skip) {
    this(DecodeMode.SPARSE, tokens, budget, sink, recent, window, factor, skip);
  }

  /** Those of a dense decode step. */
  public static DecodeParameters dense(long tokens, int factor, long skip) {
    return new DecodeParameters(DecodeMode.DENSE, tokens, 0, 0, 0, 1, factor, skip);
  }

  /** Whether every token is read. */
  public boolean isDense() {
    return mode == DecodeMode.DENSE;
  }

  /** The largest allowed skip threshold, and the largest weight: 1.0 in units of 2^-16. */
  public static final int MAX_SKIP = 65536;

  /** Least allowed biased exponent of the softmax factor. */
  public static final int MIN_FACTOR_EXPONENT = 96;

  /** Largest allowed biased exponent of the softmax factor. */
  public static final int MAX_FACTOR_EXPONENT = 142;

  /** Bits of the customary factor for heads of dimension d: log2(e) / sqrt(d), rounded to FP32. */
  public static int defaultFactor(int headDim) {
    return Float.floatToIntBits((float) (1 / (Math.log(2) * Math.sqrt(headDim))));
  }

  /** True if the window is one the hardware knows. */
  public static boolean isWindow(long window) {
    return window == 1 || window == 3 || window == 5 || window == 7;
  }

  /** True if FP32 bits are a positive normal number in the allowed range of exponents. */
  public static boolean isFactor(int bits) {
    int signAndExponent = bits >>> 23;
    return signAndExponent >= MIN_FACTOR_EXPONENT && signAndExponent <= MAX_FACTOR_EXPONENT;
  }
}
