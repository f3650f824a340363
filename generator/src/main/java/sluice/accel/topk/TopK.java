package sluice.accel.topk;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.StateRegister;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * Selects the tokens of one head: counts the buckets of its candidates while it stores them, finds
 * the threshold, and walks the stored rows again to pick. Forced tokens are those below {@code
 * sink} and the last {@code recent}; of the others, exactly {@code min(budget, candidates)} are
 * picked, those of the highest buckets, ties in token order.
 *
 * <p>A head takes rows + (buckets of the search) + rows cycles and a constant. Buckets are cleared
 * while the rows are walked; until that is done (at most B cycles after the search began), no row
 * of the next head is taken.
 */
public final class TopK extends Module {

  private enum State {
    IDLE,
    COUNT,
    SEARCH,
    FILTER
  }

  /** Begins a head: a pulse while {@code done}; rows are taken from the next cycle on. */
  public final Bool start;

  /** Tokens of the sequence, n, 1 to context. */
  public final UInt tokens;

  /** Tokens forced at the beginning; may exceed n. */
  public final UInt sink;

  /** Tokens forced at the end; may exceed n. */
  public final UInt recent;

  /** Candidates to pick, k; may exceed n. */
  public final UInt budget;

  /** Buckets of the head's tokens, [R] a row; exactly ceil(n/R) rows. */
  public final Stream<Vec<UInt>> buckets;

  /** The picks of every row, in order; ceil(n/R) rows. */
  public final Stream<PickRow> picks;

  /** Tokens picked of this head; final when done. */
  public final UInt selected;

  /**
   * Whether all picks are accepted: low from the cycle after the start until a few cycles after the
   * last row of picks was accepted. High after reset.
   */
  public final Bool done;

  /** Whether rows are being counted, or waited for. */
  public final Bool counting;

  /** Whether the threshold is being sought. */
  public final Bool searching;

  /** Whether rows are being picked. */
  public final Bool filtering;

  public TopK(AcceleratorConfig config) {
    SignalTypes types = new SignalTypes(config);
    int lanes = config.rowTokens();
    describe(
        "Selects the tokens of one head by their buckets, rows of "
            + lanes
            + " tokens, "
            + config.buckets()
            + " buckets: counts, finds the threshold, and picks. A row a cycle to count and a row"
            + " a cycle to pick; at most a cycle a bucket in between.");
    start = input(Bool.of());
    tokens = input(types.tokens());
    sink = input(types.tokens());
    recent = input(types.tokens());
    budget = input(types.tokens());
    buckets = input(Stream.of(Vec.of(lanes, types.bucket())));
    picks = output(Stream.of(PickRow.type(config)));
    selected = output(types.tokens());
    done = output(Bool.of());
    counting = output(Bool.of());
    searching = output(Bool.of());
    filtering = output(Bool.of());

    Histogram histogram = instance(new Histogram(config));
    BucketStore store = instance(new BucketStore(config));
    ThresholdSearch search = instance(new ThresholdSearch(config));
    Filter filter = instance(new Filter(config));

    StateRegister<State> state = stateRegister(State.class, State.IDLE);
    TokenRegions regions = delayed(TokenRegions.of(tokens, sink, recent, config));
    UInt row = register(types.row());
    UInt lastRow = register(types.row());

    Bool counted = buckets.fires();
    Bool lastCounted = counted.and(row.eq(lastRow));
    Bool filterStart = state.is(State.SEARCH).and(search.found);
    state
        .on(
            State.IDLE,
            () ->
                when(
                    start,
                    () -> {
                      row.set(0);
                      lastRow.set(LastToken.of(tokens, config).row());
                      state.set(State.COUNT);
                    }))
        .on(
            State.COUNT,
            () -> {
              when(counted, () -> row.set(row.plusWrap(1)));
              when(lastCounted, () -> state.set(State.SEARCH));
            })
        .on(State.SEARCH, () -> when(filterStart, () -> state.set(State.FILTER)))
        .on(State.FILTER, () -> when(filter.idle, () -> state.set(State.IDLE)));
    done.set(state.is(State.IDLE));
    counting.set(state.is(State.COUNT));
    searching.set(state.is(State.SEARCH));
    filtering.set(state.is(State.FILTER));
    buckets.ready().set(state.is(State.COUNT).andNot(search.busy));

    histogram.count.set(counted);
    histogram.candidates.set(regions.candidates(row));
    connect(histogram.buckets, buckets.payload());
    histogram.sweep.set(search.sweep);
    histogram.sweepBucket.set(search.sweepBucket);

    store.write.set(counted);
    store.writeRow.set(row);
    connect(store.writeBuckets, buckets.payload());
    store.read.set(filter.read);
    store.readRow.set(filter.readRow);

    search.start.set(lastCounted);
    search.budget.set(budget);
    search.total.set(histogram.total);
    search.totalValid.set(histogram.totalValid);

    filter.start.set(filterStart);
    connect(filter.regions, regions);
    filter.lastRow.set(lastRow);
    filter.threshold.set(search.threshold);
    filter.quota.set(search.quota);
    connect(filter.buckets, store.buckets);
    filter.picks.to(picks);
    selected.set(filter.selected);
  }
}
