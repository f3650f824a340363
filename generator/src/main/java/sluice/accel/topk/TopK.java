package sluice.accel.topk;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.StateRegister;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * Selects the tokens of head after head: counts the buckets of a head's candidates while it stores
 * them, finds the threshold, and walks the stored rows again to pick. Forced tokens are those below
 * {@code sink} and the last {@code recent}; of the others, exactly {@code min(budget, candidates)}
 * are picked, those of the highest buckets, ties in token order. Of a dense head all tokens are
 * picked; it has no rows of buckets.
 *
 * <p>Two heads are in work at once, each with a bank of the bucket store: one is counted while the
 * one before is searched and filtered. They share the histogram: while it is swept, for B / 4
 * cycles after a head's last row, rows of the next head wait, and its last row waits until the
 * search before is over. Else a row a cycle is counted, and a row a cycle is picked.
 *
 * <p>With L = ceil(log2(R) / 2), the threshold is found at most B / 4 + 4 + L cycles after the last
 * row is taken; exactly, if T is in word w = T / 4, B / 4 - w + 4 + L. The filter begins in the
 * next cycle, if it is done with the head before. If nothing stalls, heads of n tokens follow each
 * other in ceil(n / R) + B / 4 + 20 cycles or less.
 */
public final class TopK extends Module {

  /**
   * What a head asks for. It is kept inside; later changes have no effect.
   *
   * @param tokens of the sequence, n, 1 to context
   * @param sink tokens forced at the beginning; may exceed n
   * @param recent tokens forced at the end; may exceed n
   * @param budget candidates to pick, k; may exceed n
   * @param dense all n tokens are picked, whatever the others say
   */
  public record Head(UInt tokens, UInt sink, UInt recent, UInt budget, Bool dense)
      implements Bundle {

    /** The type for an accelerator. */
    public static Head type(AcceleratorConfig config) {
      UInt tokens = new SignalTypes(config).tokens();
      return new Head(tokens, tokens, tokens, tokens, Bool.of());
    }
  }

  /** Where a head is from its start until it moves on to the filter. */
  private enum CountState {
    READY,
    /** The ends of its regions are there; their masks follow. */
    BOUNDS,
    /** The masks are there; the candidates of the first row follow. */
    FIRST_ROW,
    COUNT,
    /** Waits until the filter is free of the head before. */
    COUNTED
  }

  /** Where a head is behind that. */
  private enum PickState {
    IDLE,
    /** Until its threshold is found. */
    SEARCH,
    FILTER
  }

  /** What the filter needs of a head. */
  private record Selected(RegionEnds ends, Bool dense, Bool bank) implements Bundle {}

  /** Begins a head; taken when the one before is counted and the one before that is picked. */
  public final Stream<Head> heads;

  /**
   * Buckets of the head's tokens, [R] a row; exactly ceil(n/R) rows, none of a dense head. Taken
   * only while a head counts.
   */
  public final Stream<Vec<UInt>> buckets;

  /** The picks of every row, in order, head after head; ceil(n/R) rows each. */
  public final Stream<PickRow> picks;

  /** A pulse in the cycle after a head's last row is taken, or after a dense head is. */
  public final Bool counted;

  /** A pulse a few cycles after a head's last row of picks is accepted. */
  public final Bool filtered;

  /** Tokens picked of the head that {@code filtered} told last. */
  public final UInt selected;

  /** Whether no head is in work: low from the cycle after its start until that it is filtered. */
  public final Bool idle;

  /** Whether rows of a head are being counted, or waited for. */
  public final Bool counting;

  /** Whether the threshold of a head is being sought. */
  public final Bool searching;

  /** Whether rows of a head are being picked. */
  public final Bool filtering;

  private final AcceleratorConfig config;
  private final SignalTypes types;
  private final Histogram histogram;
  private final BucketStore store;
  private final ThresholdSearch search;
  private final Filter filter;
  private final StateRegister<CountState> countState;
  private final StateRegister<PickState> pickState;

  public TopK(AcceleratorConfig config) {
    this.config = config;
    types = new SignalTypes(config);
    int lanes = config.rowTokens();
    describe(
        "Selects the tokens of head after head by their buckets, rows of "
            + lanes
            + " tokens, "
            + config.buckets()
            + " buckets: counts, finds the threshold, and picks. A row a cycle to count and a row"
            + " a cycle to pick, of two heads at once; a cycle for four buckets in between.");
    heads = input(Stream.of(Head.type(config)));
    buckets = input(Stream.of(Vec.of(lanes, types.bucket())));
    picks = output(Stream.of(PickRow.type(config)));
    counted = output(Bool.of());
    filtered = output(Bool.of());
    selected = output(types.tokens());
    idle = output(Bool.of());
    counting = output(Bool.of());
    searching = output(Bool.of());
    filtering = output(Bool.of());

    histogram = instance(new Histogram(config));
    store = instance(new BucketStore(config));
    search = instance(new ThresholdSearch(config));
    filter = instance(new Filter(config));
    countState = stateRegister(CountState.class, CountState.READY);
    pickState = stateRegister(PickState.class, PickState.IDLE);

    pickRows(countRows());
    connect(search.totals, histogram.totals);
    search.totalsValid.set(histogram.totalsValid);
    histogram.sweep.set(search.sweep);
    histogram.sweepWord.set(search.sweepWord);

    idle.set(countState.is(CountState.READY).and(pickState.is(PickState.IDLE)));
    counting.set(countState.is(CountState.READY).or(countState.is(CountState.COUNTED)).not());
    searching.set(search.found.not().or(pickState.is(PickState.SEARCH)));
    filtering.set(pickState.is(PickState.FILTER));
  }

  private Selected selectedType() {
    return new Selected(RegionEnds.type(config), Bool.of(), Bool.of());
  }

  /** From a head's start to its last row of buckets; gives what the filter needs of it. */
  private Selected countRows() {
    Selected count = register(selectedType());
    count.bank().reset(false);
    UInt budget = register(types.tokens());
    TokenRegions countRegions = delayed(TokenRegions.of(count.ends(), config));
    UInt countLastRow = delayed(LastToken.of(count.ends().tokens(), config).row());

    // What a row is compared with is worked out while the row before is taken.
    UInt row = register(types.row());
    UInt nextRow = register(types.row());
    Bool rowIsLast = register(Bool.of());
    UInt candidates = register(UInt.of(config.rowTokens()));
    Bool rowTaken = buckets.fires();
    Bool lastTaken = rowTaken.and(rowIsLast);
    Bool begins = heads.fires();
    Bool rowFollows = rowTaken.or(countState.is(CountState.FIRST_ROW));
    when(begins, () -> nextRow.set(0))
        .elseWhen(
            rowFollows,
            () -> {
              row.set(nextRow);
              nextRow.set(nextRow.plusWrap(1));
              rowIsLast.set(nextRow.eq(countLastRow));
              candidates.set(countRegions.candidates(nextRow));
            });
    countState
        .on(
            CountState.READY,
            () ->
                when(
                    heads.valid(),
                    () -> {
                      Head head = heads.payload();
                      connect(count.ends(), RegionEnds.of(head));
                      count.dense().set(head.dense());
                      budget.set(head.budget());
                      countState.set(CountState.BOUNDS);
                      when(head.dense(), () -> countState.set(CountState.COUNTED));
                    }))
        .on(CountState.BOUNDS, () -> countState.set(CountState.FIRST_ROW))
        .on(CountState.FIRST_ROW, () -> countState.set(CountState.COUNT))
        .on(CountState.COUNT, () -> when(lastTaken, () -> countState.set(CountState.COUNTED)))
        .on(
            CountState.COUNTED,
            () ->
                when(
                    pickState.is(PickState.IDLE),
                    () -> {
                      count.bank().set(count.bank().not());
                      countState.set(CountState.READY);
                    }));
    heads.ready().set(countState.is(CountState.READY));
    // A search begins with the last row, so that has to wait for the search before.
    Bool held = search.sweep.or(rowIsLast.and(search.busy));
    buckets.ready().set(countState.is(CountState.COUNT).andNot(held));
    counted.set(delayed(lastTaken.or(begins.and(heads.payload().dense()))).reset(false));

    histogram.count.set(rowTaken);
    histogram.candidates.set(candidates);
    connect(histogram.buckets, buckets.payload());
    store.write.set(rowTaken);
    store.writeBank.set(count.bank());
    store.writeRow.set(row);
    connect(store.writeBuckets, buckets.payload());
    search.start.set(lastTaken);
    search.budget.set(budget);
    return count;
  }

  /** From a counted head to its last row of picks. */
  private void pickRows(Selected count) {
    Selected pick = register(selectedType());
    TokenRegions pickRegions = delayed(TokenRegions.of(pick.ends(), config));
    UInt pickLastRow = delayed(LastToken.of(pick.ends().tokens(), config).row());
    Bool filterStart = pickState.is(PickState.SEARCH).and(search.found.or(pick.dense()));
    Bool ends = pickState.is(PickState.FILTER).and(filter.idle);
    pickState
        .on(
            PickState.IDLE,
            () ->
                when(
                    countState.is(CountState.COUNTED),
                    () -> {
                      connect(pick, count);
                      pickState.set(PickState.SEARCH);
                    }))
        .on(PickState.SEARCH, () -> when(filterStart, () -> pickState.set(PickState.FILTER)))
        .on(PickState.FILTER, () -> when(ends, () -> pickState.set(PickState.IDLE)));

    filter.start.set(filterStart);
    connect(filter.regions, pickRegions);
    filter.lastRow.set(pickLastRow);
    filter.threshold.set(search.threshold);
    filter.quota.set(search.quota);
    filter.dense.set(pick.dense());
    store.read.set(filter.read);
    store.readBank.set(pick.bank());
    store.readRow.set(filter.readRow);
    connect(filter.buckets, store.buckets);
    filter.picks.to(picks);
    filtered.set(delayed(ends).reset(false));
    UInt selectedTokens = register(types.tokens());
    when(ends, () -> selectedTokens.set(filter.selected));
    selected.set(selectedTokens);
  }
}
