package sluice.golden;

/** Weights: 2 to the power of a score's distance from the largest, in units of 2^-16. */
public final class Weights {

  /** The largest weight: that of the token with the largest score. */
  public static final int ONE = 1 << 16;

  /** Steps of the table for one octave; score bits 13..8. */
  public static final int STEPS = 64;

  private static final int[] TABLE = table();

  private Weights() {}

  /**
   * round(2^(16 - j/64)), half up.
   *
   * @param j 0 to 64
   */
  public static int tableEntry(int j) {
    return TABLE[j];
  }

  /**
   * The weight of a score that is below the largest by {@code delta}.
   *
   * @param delta in units of 2^-14, not negative
   * @return 0 to 65536
   */
  public static int weight(int delta) {
    int i = delta >> 14;
    int j = (delta >> 8) & (STEPS - 1);
    int r = delta & 255;
    int p0 = TABLE[j] - (((TABLE[j] - TABLE[j + 1]) * r + 128) >> 8);
    if (i == 0) {
      return p0;
    }
    return i >= 18 ? 0 : (p0 + (1 << (i - 1))) >> i;
  }

  /**
   * The weights of one query head's scores.
   *
   * @param scores of the selected tokens
   * @param skip weights below it become 0
   */
  public static int[] of(int[] scores, long skip) {
    int largest = Integer.MIN_VALUE;
    for (int score : scores) {
      largest = Math.max(largest, score);
    }
    int[] weights = new int[scores.length];
    for (int s = 0; s < scores.length; s++) {
      int weight = weight(largest - scores[s]);
      weights[s] = weight < skip ? 0 : weight;
    }
    return weights;
  }

  private static int[] table() {
    int[] table = new int[STEPS + 1];
    for (int j = 0; j <= STEPS; j++) {
      table[j] = (int) Math.floor(Math.pow(2, 16 - j / (double) STEPS) + 0.5);
    }
    return table;
  }
}
