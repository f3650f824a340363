package sluice.golden;

/** Query codes: a query head's heavy elements, weighted and rounded to a few bits. */
public final class QueryCodes {

  private QueryCodes() {}

  /**
   * The codes of one query head.
   *
   * @param query the query vector, d halves
   * @param calibration the KV head's heavy channels and weights
   * @param queryBits bits of a code, sign included
   * @return h codes of at most 2^(queryBits-1) - 1 in magnitude; all 0 if every product is 0
   */
  public static int[] encode(short[] query, Calibration calibration, int queryBits) {
    int h = calibration.heavy().length;
    long[] sig = new long[h];
    int[] ex = new int[h];
    int common = 0;
    for (int i = 0; i < h; i++) {
      short element = query[calibration.heavy()[i]];
      short weight = calibration.weights()[i];
      sig[i] = (long) Half.sig(element) * Half.sig(weight);
      ex[i] = Half.ex(element) + Half.ex(weight);
      if (sig[i] != 0) {
        common = Math.max(common, ex[i]);
      }
    }
    long[] aligned = new long[h];
    long largest = 0;
    for (int i = 0; i < h; i++) {
      aligned[i] = sig[i] == 0 ? 0 : sig[i] / (1L << (common - ex[i]));
      largest = Math.max(largest, aligned[i]);
    }
    int[] codes = new int[h];
    if (largest == 0) {
      return codes;
    }
    long most = (1L << (queryBits - 1)) - 1;
    for (int i = 0; i < h; i++) {
      int magnitude = (int) ((2 * most * aligned[i] + largest) / (2 * largest));
      codes[i] = Half.negative(query[calibration.heavy()[i]]) ? -magnitude : magnitude;
    }
    return codes;
  }
}
