package sluice.accel.topk;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.UInt;

/**
 * Finds the bucket that the budget reaches. A sweep takes the histogram's buckets from the top
 * down, one a cycle, and clears them; the search ends at the first bucket T at which the running
 * count reaches the budget, and the sweep goes on to the last. After reset a sweep clears the
 * histogram.
 *
 * <p>The budget k is taken as it is, not as min(k, candidates): if there are fewer candidates, the
 * search ends at bucket 0 with a quota that lets all of them in; with k = 0 it ends at the top with
 * a quota of 0. The same tokens are selected.
 */
final class ThresholdSearch extends Module {
  /** Begins a search: a pulse while not {@code busy}. */
  public final Bool start;

  /** Candidates to select, k. */
  public final UInt budget;

  /** Reads and clears a bucket of the histogram. */
  public final Bool sweep;

  public final UInt sweepBucket;

  /** Candidates in a swept bucket, in the order of the sweep. */
  public final UInt total;

  public final Bool totalValid;

  /** Whether a sweep is under way: the histogram must not be used. High after reset. */
  public final Bool busy;

  /** Whether {@code threshold} and {@code quota} are those of the last search. */
  public final Bool found;

  /** T, the bucket that is selected in part. */
  public final UInt threshold;

  /** How many candidates of bucket T are selected at most, in token order. */
  public final UInt quota;

  ThresholdSearch(AcceleratorConfig config) {
    SignalTypes types = new SignalTypes(config);
    long top = config.buckets() - 1L;
    describe(
        "Sweeps the "
            + config.buckets()
            + " buckets of the histogram from the top down, one a cycle, clears them, and finds the"
            + " bucket at which the running count reaches the budget. Sweeps once after reset.");
    start = input(Bool.of());
    budget = input(types.tokens());
    sweep = output(Bool.of());
    sweepBucket = output(types.bucket());
    total = input(types.tokens());
    totalValid = input(Bool.of());
    busy = output(Bool.of());
    found = output(Bool.of());
    threshold = output(types.bucket());
    quota = output(types.tokens());

    Bool sweeping = register(Bool.of()).reset(true);
    Bool totalsDue = register(Bool.of()).reset(true);
    UInt nextBucket = register(types.bucket()).reset(top);
    UInt totalBucket = register(types.bucket()).reset(top);
    Bool searching = register(Bool.of()).reset(false);
    UInt thresholdBucket = register(types.bucket());
    // What is left of the budget below the buckets counted so far.
    UInt remaining = register(types.tokens());

    // Both counters end at the top again, where the next sweep begins.
    when(
        sweeping,
        () -> {
          nextBucket.set(nextBucket.minusWrap(1));
          when(nextBucket.isZero(), () -> sweeping.set(false));
        });
    Bool reached = total.ge(remaining).or(totalBucket.isZero());
    when(
        totalValid,
        () -> {
          totalBucket.set(totalBucket.minusWrap(1));
          when(totalBucket.isZero(), () -> totalsDue.set(false));
        });
    when(
        totalValid.and(searching),
        () ->
            when(
                    reached,
                    () -> {
                      searching.set(false);
                      thresholdBucket.set(totalBucket);
                    })
                .otherwise(() -> remaining.set(remaining.minusWrap(total))));
    when(
        start,
        () -> {
          sweeping.set(true);
          totalsDue.set(true);
          searching.set(true);
          remaining.set(budget);
        });

    sweep.set(sweeping);
    sweepBucket.set(nextBucket);
    busy.set(totalsDue);
    found.set(searching.not());
    threshold.set(thresholdBucket);
    quota.set(remaining);
  }
}
