package sluice.golden;

import java.util.stream.IntStream;

/**
 * The tokens that are worth reading, in linear time.
 *
 * @param tokens the selected tokens, ascending
 * @param threshold T, the bucket that is taken in part; -1 if no candidate is selected
 * @param quota candidates selected of bucket T
 */
public record Selection(int[] tokens, int threshold, int quota) {

  /** Where predicted scores lie: bucket = (score - lo) >> shift. */
  public record Buckets(int lo, int shift) {

    /**
     * Buckets that cover lo to hi.
     *
     * @param buckets B, a power of two
     */
    public static Buckets covering(int lo, int hi, int buckets) {
      int bitLength = Integer.SIZE - Integer.numberOfLeadingZeros(hi - lo);
      int log2 = Integer.numberOfTrailingZeros(buckets);
      return new Buckets(lo, Math.max(0, bitLength - log2));
    }

    /** The bucket of a pooled score. */
    public int of(int score) {
      return (score - lo) >> shift;
    }
  }

  /**
   * Selects the forced tokens and exactly min(budget, candidates) of the others.
   *
   * @param bucket the bucket of every token
   * @param buckets B
   * @param budget k
   * @param sink tokens at the beginning that are forced
   * @param recent tokens at the end that are forced
   */
  public static Selection select(int[] bucket, int buckets, long budget, long sink, long recent) {
    int n = bucket.length;
    int[] histogram = new int[buckets];
    int candidates = 0;
    for (int t = 0; t < n; t++) {
      if (!forced(t, n, sink, recent)) {
        histogram[bucket[t]]++;
        candidates++;
      }
    }
    int wanted = (int) Math.min(budget, candidates);
    if (wanted == 0) {
      int[] tokens = IntStream.range(0, n).filter(t -> forced(t, n, sink, recent)).toArray();
      return new Selection(tokens, -1, 0);
    }
    int threshold = buckets;
    int count = 0;
    int above = 0;
    while (count < wanted) {
      threshold--;
      above = count;
      count += histogram[threshold];
    }
    int quota = wanted - above;
    int[] tokens = new int[n - candidates + wanted];
    int size = 0;
    int left = quota;
    for (int t = 0; t < n; t++) {
      boolean tie = bucket[t] == threshold && left > 0;
      if (forced(t, n, sink, recent)) {
        tokens[size++] = t;
      } else if (bucket[t] > threshold || tie) {
        tokens[size++] = t;
        left -= tie ? 1 : 0;
      }
    }
    return new Selection(tokens, threshold, quota);
  }

  private static boolean forced(int token, int tokens, long sink, long recent) {
    return token < sink || token >= tokens - recent;
  }
}
