package sluice.accel.topk;

import java.util.ArrayList;
import java.util.List;
import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * Finds the bucket that the budget reaches. A sweep takes the histogram's words of four buckets
 * from the top down, one a cycle, and clears them. The search ends at the first bucket T, from the
 * top down, at which the running count reaches the budget; the sweep goes on to the last word.
 * After reset a sweep clears the histogram.
 *
 * <p>The sweep lasts from the cycle after the start for B / 4 cycles. If T is in word w, the search
 * has {@code found} it B / 4 - w + 3 + H cycles after the start, with H cycles of latency in the
 * histogram: the totals of a word become running sums in one cycle, are compared with what is left
 * of the budget in the next, and the bucket within the word is told in a third.
 *
 * <p>The budget k is taken as it is, not as min(k, candidates): if there are fewer candidates, the
 * search ends at bucket 0 with a quota that lets all of them in; with k = 0 it ends at the top with
 * a quota of 0. The same tokens are selected.
 */
final class ThresholdSearch extends Module {
  private static final int WORD_BUCKETS = HistogramBank.WORD_BUCKETS;
  private static final int PLACE_BITS = Integer.numberOfTrailingZeros(WORD_BUCKETS);

  /** Begins a search: a pulse while not {@code busy}. */
  public final Bool start;

  /** Candidates to select, k. */
  public final UInt budget;

  /**
   * Reads and clears a word of the histogram, in which nothing must be counted. High after reset.
   */
  public final Bool sweep;

  public final UInt sweepWord;

  /** Candidates in each bucket of a swept word, the lowest first; in the order of the sweep. */
  public final Vec<UInt> totals;

  public final Bool totalsValid;

  /** Whether totals of a sweep are under way: no search can begin. High after reset. */
  public final Bool busy;

  /** Whether {@code threshold} and {@code quota} are those of the last search. */
  public final Bool found;

  /** T, the bucket that is selected in part. */
  public final UInt threshold;

  /** How many candidates of bucket T are selected at most, in token order. */
  public final UInt quota;

  ThresholdSearch(AcceleratorConfig config) {
    SignalTypes types = new SignalTypes(config);
    int words = config.buckets() / WORD_BUCKETS;
    long top = words - 1L;
    UInt wordType = UInt.index(words);
    describe(
        "Sweeps the "
            + config.buckets()
            + " buckets of the histogram from the top down, "
            + WORD_BUCKETS
            + " a cycle, clears them, and finds the bucket at which the running count reaches the"
            + " budget. Sweeps once after reset.");
    start = input(Bool.of());
    budget = input(types.tokens());
    sweep = output(Bool.of());
    sweepWord = output(wordType);
    totals = input(Vec.of(WORD_BUCKETS, types.tokens()));
    totalsValid = input(Bool.of());
    busy = output(Bool.of());
    found = output(Bool.of());
    threshold = output(types.bucket());
    quota = output(types.tokens());

    Bool sweeping = register(Bool.of()).reset(true);
    Bool sumsDue = register(Bool.of()).reset(true);
    UInt nextWord = register(wordType).reset(top);
    UInt sumsWord = register(wordType).reset(top);
    Bool seeking = register(Bool.of()).reset(false);
    Bool searching = register(Bool.of()).reset(false);
    // What is left of the budget below the words counted so far.
    UInt remaining = register(types.tokens());

    // Entry i counts the highest i + 1 buckets of a word. All candidates fit into its type.
    UInt highPair = totals.get(3).plusWrap(totals.get(2));
    UInt lowPair = totals.get(1).plusWrap(totals.get(0));
    Vec<UInt> sums =
        delayed(
            Vec.from(
                List.of(
                    totals.get(3),
                    highPair,
                    highPair.plusWrap(totals.get(1)),
                    highPair.plusWrap(lowPair))));
    Bool sumsValid = delayed(totalsValid).reset(false);
    UInt wordSum = sums.get(WORD_BUCKETS - 1);
    Bool lastWord = sumsWord.isZero();
    Bool reached = seeking.and(sumsValid).and(wordSum.ge(remaining).or(lastWord));

    // Both counters end at the top again, where the next sweep begins.
    when(
        sweeping,
        () -> {
          nextWord.set(nextWord.minusWrap(1));
          when(nextWord.isZero(), () -> sweeping.set(false));
        });
    when(
        sumsValid,
        () -> {
          sumsWord.set(sumsWord.minusWrap(1));
          when(lastWord, () -> sumsDue.set(false));
        });
    when(seeking.and(sumsValid).andNot(reached), () -> remaining.set(remaining.minusWrap(wordSum)));
    when(reached, () -> seeking.set(false));

    // Of the word that is reached: which bucket, and what of the budget is left for it.
    Bool located = delayed(reached).reset(false);
    UInt reachedWord = delayed(sumsWord);
    List<Bool> reachedAbove = new ArrayList<>();
    List<UInt> leftBelow = new ArrayList<>();
    for (int i = 0; i < WORD_BUCKETS - 1; i++) {
      reachedAbove.add(sums.get(i).ge(remaining));
      leftBelow.add(remaining.minusWrap(sums.get(i)));
    }
    Vec<Bool> reachedAt = delayed(Vec.from(reachedAbove));
    Vec<UInt> left = delayed(Vec.from(leftBelow));
    UInt place = UInt.literal(0, PLACE_BITS);
    UInt share = left.get(WORD_BUCKETS - 2);
    for (int i = WORD_BUCKETS - 2; i >= 0; i--) {
      Bool here = reachedAt.get(i);
      place = mux(here, UInt.literal(WORD_BUCKETS - 1L - i, PLACE_BITS), place);
      share = mux(here, i == 0 ? remaining : left.get(i - 1), share);
    }
    UInt thresholdBucket = register(types.bucket());
    UInt thresholdQuota = register(types.tokens());
    UInt reachedBucket = reachedWord.concat(place);
    UInt quotaThere = share;
    when(
        located,
        () -> {
          searching.set(false);
          thresholdBucket.set(reachedBucket);
          thresholdQuota.set(quotaThere);
        });
    when(
        start,
        () -> {
          sweeping.set(true);
          sumsDue.set(true);
          seeking.set(true);
          searching.set(true);
          remaining.set(budget);
        });

    sweep.set(sweeping);
    sweepWord.set(nextWord);
    busy.set(sumsDue.or(searching));
    found.set(searching.not());
    threshold.set(thresholdBucket);
    quota.set(thresholdQuota);
  }
}
