package sluice.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {

  @Test
  void poolingTakesTheLargestOfTheWindowAndEndsWithTheSequence() {
    int[] scores = {5, 1, 2, 9, 0, 3};
    assertThat(Pooling.pool(scores, 1)).containsExactly(5, 1, 2, 9, 0, 3);
    assertThat(Pooling.pool(scores, 3)).containsExactly(5, 5, 9, 9, 9, 3);
    assertThat(Pooling.pool(scores, 5)).containsExactly(5, 9, 9, 9, 9, 9);
    assertThat(Pooling.pool(scores, 7)).containsExactly(9, 9, 9, 9, 9, 9);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5, 7})
  void poolingOfOneTokenIsItsScore(int window) {
    assertThat(Pooling.pool(new int[] {-4}, window)).containsExactly(-4);
  }

  @Test
  void predictedScoresLieWithinTheBoundsKnownBefore() {
    Random random = new Random(3);
    for (int i = 0; i < 500; i++) {
      int[][] codes = new int[1 + random.nextInt(4)][8];
      for (int[] ofHead : codes) {
        Arrays.setAll(ofHead, j -> random.nextInt(15) - 7);
      }
      Prediction prediction = new Prediction(codes, 3);
      for (int t = 0; t < 20; t++) {
        byte[] key = new byte[8];
        for (int j = 0; j < 8; j++) {
          key[j] = (byte) random.nextInt(4);
        }
        assertThat(prediction.score(key)).isBetween(prediction.lo(), prediction.hi());
      }
    }
  }

  @Test
  void predictedScoreIsTheLargestOfTheGroup() {
    Prediction prediction = new Prediction(new int[][] {{1, -2}, {-3, 4}}, 3);
    assertThat(prediction.score(new byte[] {3, 1})).isEqualTo(1);
    assertThat(prediction.score(new byte[] {1, 3})).isEqualTo(9);
    assertThat(prediction.lo()).isEqualTo(-6);
    assertThat(prediction.hi()).isEqualTo(12);
  }

  @Test
  void bucketsCoverTheBoundsWithTheLeastShift() {
    Random random = new Random(4);
    for (int i = 0; i < 2000; i++) {
      int lo = -random.nextInt(1 << 20);
      int hi = lo + random.nextInt(1 << (1 + random.nextInt(20)));
      Selection.Buckets buckets = Selection.Buckets.covering(lo, hi, 256);
      assertThat(buckets.of(lo)).isZero();
      assertThat(buckets.of(hi)).isBetween(0, 255);
      if (buckets.shift() > 0) {
        assertThat(buckets.of(hi)).as("no smaller shift").isGreaterThanOrEqualTo(128);
      }
    }
    assertThat(Selection.Buckets.covering(7, 7, 256).of(7)).isZero();
    assertThat(Selection.Buckets.covering(0, 256, 256).shift()).isEqualTo(1);
    assertThat(Selection.Buckets.covering(0, 255, 256).shift()).isZero();
  }

  @Test
  void selectionEqualsSortingByBucketThenToken() {
    Random random = new Random(9);
    for (int i = 0; i < 3000; i++) {
      int n = 1 + random.nextInt(60);
      int buckets = 16;
      int spread = 1 + random.nextInt(buckets);
      int[] bucket = random.ints(n, 0, spread).toArray();
      int budget = random.nextInt(n + 3);
      int sink = random.nextInt(4) * random.nextInt(n);
      int recent = random.nextInt(4) * random.nextInt(n);
      int[] expected = bySorting(bucket, budget, sink, recent);
      assertThat(Selection.select(bucket, buckets, budget, sink, recent).tokens())
          .isEqualTo(expected);
    }
  }

  @Test
  void tiesAreTakenInTokenOrderUpToTheQuota() {
    Selection selection = Selection.select(new int[] {3, 5, 3, 3, 1, 3}, 16, 3, 0, 0);
    assertThat(selection.tokens()).containsExactly(0, 1, 2);
    assertThat(selection.threshold()).isEqualTo(3);
    assertThat(selection.quota()).isEqualTo(2);
  }

  @Test
  void forcedTokensUseUpNoQuota() {
    assertThat(Selection.select(new int[] {3, 3, 3, 3, 3, 3}, 16, 2, 2, 1).tokens())
        .containsExactly(0, 1, 2, 3, 5);
  }

  @Test
  void withoutBudgetOnlyForcedTokensAreSelected() {
    assertThat(Selection.select(new int[] {3, 3, 3}, 16, 0, 0, 0).tokens()).isEmpty();
    assertThat(Selection.select(new int[] {3, 3, 3}, 16, 0, 1, 1).tokens()).containsExactly(0, 2);
  }

  @Test
  void moreForcedTokensThanTheSequenceHasSelectItWhole() {
    assertThat(Selection.select(new int[] {0, 1}, 16, 5, 0xFFFF_FFFFL, 0xFFFF_FFFFL).tokens())
        .containsExactly(0, 1);
  }

  private static int[] bySorting(int[] bucket, int budget, int sink, int recent) {
    int n = bucket.length;
    IntStream best =
        IntStream.range(0, n)
            .filter(t -> t >= sink && t < n - recent)
            .boxed()
            .sorted(Comparator.comparingInt((Integer t) -> -bucket[t]).thenComparingInt(t -> t))
            .limit(budget)
            .mapToInt(t -> t);
    IntStream forced = IntStream.range(0, n).filter(t -> t < sink || t >= n - recent);
    return IntStream.concat(best, forced).sorted().toArray();
  }
}
