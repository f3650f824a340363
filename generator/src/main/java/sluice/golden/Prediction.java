package sluice.golden;

/**
 * Predicted scores: the dot product of query codes and key codes, the largest over the group's
 * query heads.
 *
 * @param queryCodes codes [G][h]
 * @param thresholds N, the largest key code
 */
public record Prediction(int[][] queryCodes, int thresholds) {

  /** The predicted score of a token. */
  public int score(byte[] keyCodes) {
    int best = Integer.MIN_VALUE;
    for (int[] codes : queryCodes) {
      int sum = 0;
      for (int i = 0; i < codes.length; i++) {
        sum += codes[i] * keyCodes[i];
      }
      best = Math.max(best, sum);
    }
    return best;
  }

  /** The least score possible, known before any key is. */
  public int lo() {
    int lo = Integer.MIN_VALUE;
    for (int[] codes : queryCodes) {
      int sum = 0;
      for (int code : codes) {
        sum += Math.min(code, 0);
      }
      lo = Math.max(lo, thresholds * sum);
    }
    return lo;
  }

  /** The largest score possible, known before any key is. */
  public int hi() {
    int hi = Integer.MIN_VALUE;
    for (int[] codes : queryCodes) {
      int sum = 0;
      for (int code : codes) {
        sum += Math.max(code, 0);
      }
      hi = Math.max(hi, thresholds * sum);
    }
    return hi;
  }
}
