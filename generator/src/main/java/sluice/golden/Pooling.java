package sluice.golden;

/** Pooling: a token's score becomes the largest of its neighbourhood. */
public final class Pooling {

  private Pooling() {}

  /**
   * The largest score of each token's window; the window ends where the sequence does.
   *
   * @param scores predicted scores of all tokens
   * @param window w, odd
   */
  public static int[] pool(int[] scores, int window) {
    int reach = (window - 1) / 2;
    int[] pooled = new int[scores.length];
    for (int t = 0; t < scores.length; t++) {
      int largest = scores[t];
      int last = Math.min(t + reach, scores.length - 1);
      for (int u = Math.max(t - reach, 0); u <= last; u++) {
        largest = Math.max(largest, scores[u]);
      }
      pooled[t] = largest;
    }
    return pooled;
  }
}
