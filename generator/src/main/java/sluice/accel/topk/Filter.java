package sluice.accel.topk;

import java.util.List;
import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.AdderTree;
import sluice.hdl.lib.PrefixCount;
import sluice.hdl.lib.Queue;

/**
 * Walks the rows of a head and picks its tokens: every forced one, every candidate above the
 * threshold, and the first {@code quota} candidates at the threshold in token order.
 *
 * <p>The pipeline never stalls. A row is only read when the queue at the end has a place for it;
 * the queue is deep enough for a row a cycle.
 */
final class Filter extends Module {

  /** Cycles of a row from its read to its place in the queue, without the prefix count. */
  private static final int FIXED_LATENCY = 3;

  /** Cycles from a pick that leaves the queue to the read that takes its place. */
  private static final int CREDIT_LATENCY = 2;

  /** A row while its ties are counted: lanes that are selected anyway, and lanes that compete. */
  private record ComparedRow(Bool valid, UInt row, Bool last, UInt certain, UInt ties)
      implements Bundle {}

  /** Begins a walk: a pulse while {@code idle}; takes threshold and quota. */
  public final Bool start;

  /** From the cycle after the start until idle again, as is {@code lastRow}. */
  public final TokenRegions regions;

  /** The row of the last token. */
  public final UInt lastRow;

  /** T, the bucket that is selected in part. */
  public final UInt threshold;

  /** How many candidates of bucket T are selected at most. */
  public final UInt quota;

  /** Whether the regions leave no candidates: no buckets are read. Stays until idle again. */
  public final Bool dense;

  /** Reads a row of the bucket store. */
  public final Bool read;

  public final UInt readRow;

  /** The buckets of the row read in the cycle before, [R]. */
  public final Vec<UInt> buckets;

  /** The picks of every row, in order. */
  public final Stream<PickRow> picks;

  /** Tokens picked since the start; final when idle. */
  public final UInt selected;

  /** Whether all picks are accepted and counted. */
  public final Bool idle;

  Filter(AcceleratorConfig config) {
    SignalTypes types = new SignalTypes(config);
    int lanes = config.rowTokens();
    PrefixCount tieCount = instance(new PrefixCount(lanes));
    AdderTree pickCount = instance(new AdderTree(lanes, UInt.of(1)));
    int latency = FIXED_LATENCY + tieCount.latency();
    int depth = Integer.highestOneBit(latency + CREDIT_LATENCY - 1) * 2;
    describe(
        "Walks rows of "
            + lanes
            + " tokens, one a cycle, and picks the forced tokens, the candidates above the"
            + " threshold, and the first of those at the threshold up to the quota. Picks come "
            + (latency + 1)
            + " cycles after the row is read.");
    start = input(Bool.of());
    regions = input(TokenRegions.type(config));
    lastRow = input(types.row());
    threshold = input(types.bucket());
    quota = input(types.tokens());
    dense = input(Bool.of());
    read = output(Bool.of());
    readRow = output(types.row());
    buckets = input(Vec.of(lanes, types.bucket()));
    picks = output(Stream.of(PickRow.type(config)));
    selected = output(types.tokens());
    idle = output(Bool.of());

    // Rows are read as long as the queue has a place for each of those on their way.
    Bool walking = register(Bool.of()).reset(false);
    UInt nextRow = register(types.row());
    UInt placesTaken = register(UInt.upTo(depth)).reset(0);
    Bool issue = walking.and(placesTaken.ne(depth));
    Bool ends = nextRow.eq(lastRow);
    Bool accepted = picks.fires();
    when(
            start,
            () -> {
              walking.set(true);
              nextRow.set(0);
            })
        .elseWhen(
            issue,
            () -> {
              nextRow.set(nextRow.plusWrap(1));
              when(ends, () -> walking.set(false));
            });
    when(issue.andNot(accepted), () -> placesTaken.set(placesTaken.plusWrap(1)))
        .elseWhen(accepted.andNot(issue), () -> placesTaken.set(placesTaken.minusWrap(1)));
    read.set(issue.andNot(dense));
    readRow.set(nextRow);

    ComparedRow counted = counted(compare(issue, ends, nextRow), tieCount);

    // Ties are let in as long as the quota lasts.
    UInt everyLane = UInt.literal(lanes);
    UInt quotaLeft = register(types.tokens());
    UInt admitted = register(everyLane);
    Bool exhausted = tieCount.total.ge(quotaLeft);
    UInt leftAfter =
        mux(exhausted, UInt.literal(0, quotaLeft.width()), quotaLeft.minusWrap(tieCount.total));
    UInt nextLeft = mux(start, quota, leftAfter);
    when(
        start.or(counted.valid()),
        () -> {
          quotaLeft.set(nextLeft);
          admitted.set(nextLeft.min(everyLane).truncate(everyLane.width()));
        });
    UInt early =
        LaneMask.of(tieCount.below.elements().stream().map(below -> below.lt(admitted)).toList());
    UInt picked = delayed(counted.certain().or(counted.ties().and(early)));
    UInt pickedRow = delayed(counted.row());
    Bool pickedLast = delayed(counted.last());
    Bool pickedValid = register(Bool.of()).reset(false);
    pickedValid.set(counted.valid());

    Queue<PickRow> queue = instance(new Queue<>(PickRow.type(config), depth));
    queue.in.valid().set(pickedValid);
    connect(queue.in.payload(), new PickRow(pickedRow, Vec.from(picked.toBools()), pickedLast));
    queue.out.to(picks);

    UInt selectedTokens = register(types.tokens());
    pickCount.valid.set(pickedValid);
    connect(pickCount.values, Vec.from(picked.toBools().stream().map(Bool::asUInt).toList()));
    when(start, () -> selectedTokens.set(0))
        .elseWhen(
            pickCount.sumValid, () -> selectedTokens.set(selectedTokens.plusWrap(pickCount.sum)));
    selected.set(selectedTokens);
    idle.set(walking.or(placesTaken.ne(0)).or(pickCount.busy).not());
  }

  /** Compares a row with the threshold, once it is read; two cycles. */
  private ComparedRow compare(Bool issue, Bool ends, UInt nextRow) {
    Bool rowValid = delayed(issue).reset(false);
    UInt row = delayed(nextRow);
    Bool last = delayed(ends);
    UInt candidates = delayed(regions.candidates(nextRow));
    UInt present = delayed(regions.present(nextRow));
    UInt bound = register(threshold);
    when(start, () -> bound.set(threshold));

    List<UInt> lanes = buckets.elements();
    UInt above = LaneMask.of(lanes.stream().map(bucket -> bucket.gt(bound)).toList());
    UInt at = LaneMask.of(lanes.stream().map(bucket -> bucket.eq(bound)).toList());
    UInt forced = present.and(candidates.not());
    UInt certain = forced.or(candidates.and(above));
    UInt ties = candidates.and(at);
    ComparedRow compared = delayed(new ComparedRow(rowValid, row, last, certain, ties));
    compared.valid().reset(false);
    return compared;
  }

  /** The row when its ties are counted. */
  private ComparedRow counted(ComparedRow compared, PrefixCount tieCount) {
    tieCount.bits.set(compared.ties());
    ComparedRow counted = compared;
    for (int cycle = 0; cycle < tieCount.latency(); cycle++) {
      counted = delayed(counted);
      counted.valid().reset(false);
    }
    return counted;
  }
}
