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
 * ever collide, and a tree that sums one bucket over the lanes. Counting and sweeping take turns.
 */
final class Histogram extends Module {
  /** Counts a row: every lane of {@code candidates} in its bucket. */
  public final Bool count;

  /** Bit l is lane l, [R]. */
  public final UInt candidates;

  public final Vec<UInt> buckets;

  /** Reads and clears one bucket in all lanes. */
  public final Bool sweep;

  public final UInt sweepBucket;

  /** Candidates in a swept bucket; in the order of the sweep, a fixed number of cycles later. */
  public final UInt total;

  public final Bool totalValid;

  Histogram(AcceleratorConfig config) {
    SignalTypes types = new SignalTypes(config);
    int lanes = config.rowTokens();
    AdderTree sumOfLanes = instance(new AdderTree(lanes, types.rows()));
    describe(
        "Histogram of "
            + config.buckets()
            + " buckets over rows of "
            + lanes
            + " tokens, one bank of counters a lane. A sweep reads and clears a bucket; its total"
            + " comes "
            + (1 + sumOfLanes.latency())
            + " cycles later.");
    count = input(Bool.of());
    candidates = input(UInt.of(lanes));
    buckets = input(Vec.of(lanes, types.bucket()));
    sweep = input(Bool.of());
    sweepBucket = input(types.bucket());
    total = output(types.tokens());
    totalValid = output(Bool.of());

    Bool swept = register(Bool.of()).reset(false);
    swept.set(sweep);
    List<HistogramBank> banks = new ArrayList<>();
    for (int lane = 0; lane < lanes; lane++) {
      HistogramBank bank = instance(new HistogramBank(config));
      bank.access.set(sweep.or(count.and(candidates.bit(lane))));
      bank.clear.set(sweep);
      bank.bucket.set(mux(sweep, sweepBucket, buckets.get(lane)));
      sumOfLanes.values.get(lane).set(bank.count);
      banks.add(bank);
    }
    sumOfLanes.valid.set(swept);
    total.set(sumOfLanes.sum);
    totalValid.set(sumOfLanes.sumValid);
  }
}
