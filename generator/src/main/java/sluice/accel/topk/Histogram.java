package sluice.accel.topk;

import java.util.ArrayList;
import java.util.List;
import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.AdderTree;

/**
 * How many candidates fall into each bucket: a {@link HistogramBank} a lane, so that no two lanes
 * ever collide, and for each bucket of a word a tree that sums it over the lanes. Counting and
 * sweeping take turns.
 */
final class Histogram extends Module {
  /** Counts a row: every lane of {@code candidates} in its bucket. */
  public final Bool count;

  /** Bit l is lane l, [R]. */
  public final UInt candidates;

  public final Vec<UInt> buckets;

  /** Reads and clears one word of four buckets in all lanes. */
  public final Bool sweep;

  /** Word w is buckets 4 w to 4 w + 3. */
  public final UInt sweepWord;

  /**
   * Candidates in each bucket of a swept word, the lowest bucket first; in the order of the sweep,
   * a fixed number of cycles later.
   */
  public final Vec<UInt> totals;

  public final Bool totalsValid;

  Histogram(AcceleratorConfig config) {
    SignalTypes types = new SignalTypes(config);
    int lanes = config.rowTokens();
    int wordBuckets = HistogramBank.WORD_BUCKETS;
    List<AdderTree> sumsOfLanes = new ArrayList<>();
    for (int place = 0; place < wordBuckets; place++) {
      sumsOfLanes.add(instance(new AdderTree(lanes, types.rows())));
    }
    int latency = 1 + sumsOfLanes.get(0).latency();
    describe(
        "Histogram of "
            + config.buckets()
            + " buckets over rows of "
            + lanes
            + " tokens, one bank of counters a lane. A sweep reads and clears a word of "
            + wordBuckets
            + " buckets; their totals come "
            + latency
            + " cycles later.");
    count = input(Bool.of());
    candidates = input(UInt.of(lanes));
    buckets = input(Vec.of(lanes, types.bucket()));
    sweep = input(Bool.of());
    sweepWord = input(UInt.index(config.buckets() / wordBuckets));
    totals = output(Vec.of(wordBuckets, types.tokens()));
    totalsValid = output(Bool.of());

    Bool swept = register(Bool.of()).reset(false);
    swept.set(sweep);
    UInt sweepBucket = sweepWord.shiftLeft(Integer.numberOfTrailingZeros(wordBuckets));
    List<HistogramBank> banks = new ArrayList<>();
    for (int lane = 0; lane < lanes; lane++) {
      HistogramBank bank = instance(new HistogramBank(config));
      bank.access.set(sweep.or(count.and(candidates.bit(lane))));
      bank.clear.set(sweep);
      bank.bucket.set(mux(sweep, sweepBucket, buckets.get(lane)));
      banks.add(bank);
    }
    for (int place = 0; place < wordBuckets; place++) {
      AdderTree sumOfLanes = sumsOfLanes.get(place);
      sumOfLanes.valid.set(swept);
      for (int lane = 0; lane < lanes; lane++) {
        sumOfLanes.values.get(lane).set(banks.get(lane).counts.get(place));
      }
      totals.get(place).set(sumOfLanes.sum);
    }
    totalsValid.set(sumsOfLanes.get(0).sumValid);
  }
}
