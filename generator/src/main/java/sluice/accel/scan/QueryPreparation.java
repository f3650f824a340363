package sluice.accel.scan;

import java.util.List;
import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.StateRegister;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.Counter;
import sluice.hdl.lib.numeric.FloatFields;
import sluice.hdl.lib.numeric.FloatFormat;

/**
 * Makes the query codes of one KV head's group, and what follows from them before any key is seen:
 * the lower bound of the predicted scores and the shift to their buckets.
 *
 * <p>Each query head takes three passes over the h heavy channels, a channel a cycle: the products
 * of query element and weight with their largest exponent; the products aligned to it, with the
 * largest; the division of each by that. From the last word in to done: G * (3 h + qb + 11) + 3
 * cycles.
 */
public final class QueryPreparation extends Module {

  private enum State {
    IDLE,
    LOAD,
    MULTIPLY,
    ALIGN,
    DIVIDE,
    BOUND
  }

  /** Begins a KV head: takes a new table and new queries, and abandons what is being prepared. */
  public final Bool start;

  /** The words of the head table's entry up to its thresholds: heavy channels, then weights. */
  public final Stream<UInt> table;

  /** The query vectors [g][d], 4 halves a word, lowest first. */
  public final Stream<UInt> query;

  /**
   * Publishes the results while done is high, so that the next KV head can be prepared; a pulse.
   */
  public final Bool publish;

  /** The codes [g][h] that were published last. */
  public final Vec<Vec<SInt>> codes;

  /** The lower bound of the predicted scores, lo, as published. */
  public final SInt lowest;

  /** The shift from a score above the lower bound to its bucket, as published. */
  public final UInt shift;

  /**
   * For each query head, whether an element of it is NaN or infinity; from the cycle after the last
   * word of the query to the next start.
   */
  public final Vec<Bool> queryInvalid;

  /** Low from the cycle after start on until all results are final. */
  public final Bool done;

  /** Prepares the queries of an accelerator's head groups. */
  public QueryPreparation(AcceleratorConfig config) {
    SignalTypes types = new SignalTypes(config);
    int h = config.heavyChannels();
    int queries = config.groupQueries();
    describe(
        """
        Query codes of %d query heads from %d heavy channels, the lower bound of the predicted
        scores and the shift to their buckets. Latency from the last word: %d cycles."""
            .formatted(queries, h, latency(config)));
    start = input(Bool.of());
    table = input(Stream.of(UInt.of(AcceleratorConfig.HOST_BITS)));
    query = input(Stream.of(UInt.of(AcceleratorConfig.HOST_BITS)));
    publish = input(Bool.of());
    codes = output(types.queryCodes());
    lowest = output(types.predicted());
    shift = output(types.bucketShift());
    queryInvalid = output(types.flags());
    done = output(Bool.of());

    StateRegister<State> state = stateRegister(State.class, State.IDLE);
    Bool finished = register(Bool.of()).reset(false);
    Bool walking = register(Bool.of()).reset(false);
    UInt channel = register(UInt.index(h)).reset(0);
    Counter channels = new Counter(channel, h);
    UInt head = register(UInt.index(queries)).reset(0);
    UInt commonExponent = register(WeightedElement.type().exponent());
    UInt largest = register(WeightedElement.type().significand());

    ElementStore heavyChannels = instance(new ElementStore(h, 8));
    ElementStore weights = instance(new ElementStore(h, 16));
    ElementStore elements = instance(new ElementStore(queries * config.headDim(), 16));
    heavyChannels.start.set(start);
    weights.start.set(start);
    elements.start.set(start);
    splitTable(heavyChannels, weights);
    query.to(elements.words);
    flagSpecials(elements.wordIndex, Integer.numberOfTrailingZeros(config.headDim() / 4));

    // Multiply: the heavy channel and its weight, then the query's element there.
    Bool fetchesTable = walking.and(state.is(State.MULTIPLY));
    heavyChannels.read.set(fetchesTable);
    heavyChannels.index.set(channel);
    weights.read.set(fetchesTable);
    weights.index.set(channel);
    Bool channelValid = delayed(fetchesTable).reset(false);
    UInt elementIndex = heavyChannels.element.resize(UInt.bitsFor(config.headDim() - 1L));
    elements.read.set(channelValid);
    elements.index.set(queries == 1 ? elementIndex : head.concat(elementIndex));
    UInt weightRead = delayed(weights.element);
    Bool elementValid = delayed(channelValid).reset(false);
    UInt element = delayed(elements.element);
    UInt weight = delayed(weightRead);
    Bool factorsValid = delayed(elementValid).reset(false);
    WeightedElement product = delayed(WeightedElement.of(element, weight));
    Bool productValid = delayed(factorsValid).reset(false);

    Memory<WeightedElement> products = memory(product, h);
    UInt productIndex = register(UInt.index(h));
    products.write(productValid, productIndex, product);
    Bool raisesExponent =
        product.significand().orReduce().and(product.exponent().gt(commonExponent));
    when(
        productValid,
        () -> {
          productIndex.set(productIndex.plusWrap(1));
          when(raisesExponent, () -> commonExponent.set(product.exponent()));
        });

    // Align and divide: the products again, each shifted to the common exponent.
    Bool fetchesProduct = walking.andNot(state.is(State.MULTIPLY));
    WeightedElement stored = products.read(channel, fetchesProduct);
    Bool storedValid = delayed(fetchesProduct).reset(false);
    UInt below = commonExponent.minusWrap(stored.exponent());
    UInt magnitude = delayed(stored.significand().shiftRight(below));
    Bool negative = delayed(stored.negative());
    Bool alignedValid = delayed(storedValid).reset(false);
    when(alignedValid.and(magnitude.gt(largest)), () -> largest.set(magnitude));

    CodeDivider divider = instance(new CodeDivider(config));
    divider.valid.set(alignedValid.and(state.is(State.DIVIDE)));
    divider.negative.set(negative);
    divider.magnitude.set(magnitude);
    divider.largest.set(largest);
    keep(types.queryCodes(), divider.codeValid, divider.code);

    Bool multiplying = walking.or(channelValid).or(elementValid).or(factorsValid).or(productValid);
    Bool aligning = walking.or(storedValid).or(alignedValid);
    Bool dividing = aligning.or(divider.busy);
    Bool headEnds = state.is(State.DIVIDE).andNot(dividing);

    // What an abandoned head left in the pipelines has to leave them first.
    Bool loaded = heavyChannels.full.and(weights.full).and(elements.full);
    Bool begins = state.is(State.LOAD).and(loaded).andNot(multiplying).andNot(dividing);

    ScoreBounds bounds = instance(new ScoreBounds(config));
    bounds.start.set(begins);
    bounds.codeValid.set(divider.codeValid);
    bounds.code.set(divider.code);
    bounds.headEnds.set(headEnds);
    SInt publishedLowest = register(lowest);
    UInt publishedShift = register(shift);
    when(
        publish,
        () -> {
          publishedLowest.set(bounds.lowest);
          publishedShift.set(bounds.shift);
        });
    lowest.set(publishedLowest);
    shift.set(publishedShift);
    done.set(finished);

    Bool lastHead = head.eq(queries - 1L);
    state
        .on(State.LOAD, () -> when(begins, () -> walk(state, State.MULTIPLY, walking)))
        .on(State.MULTIPLY, () -> when(multiplying.not(), () -> walk(state, State.ALIGN, walking)))
        .on(State.ALIGN, () -> when(aligning.not(), () -> walk(state, State.DIVIDE, walking)))
        .on(
            State.DIVIDE,
            () -> {
              when(headEnds.and(lastHead), () -> state.set(State.BOUND))
                  .elseWhen(headEnds, () -> walk(state, State.MULTIPLY, walking));
            })
        .on(
            State.BOUND,
            () -> {
              state.set(State.IDLE);
              finished.set(true);
            });
    when(
        walking,
        () -> {
          channels.advance();
          walking.set(channels.isLast().not());
        });
    when(
        begins.or(headEnds),
        () -> {
          productIndex.set(0);
          commonExponent.set(0);
          largest.set(0);
        });
    when(headEnds, () -> head.set(head.plusWrap(1)));
    when(
        start,
        () -> {
          state.set(State.LOAD);
          finished.set(false);
          walking.set(false);
          channel.set(0);
          head.set(0);
        });
  }

  /** Cycles from the last word of table and query until done is high. */
  public static int latency(AcceleratorConfig config) {
    return config.groupQueries() * (3 * config.heavyChannels() + config.queryBits() + 11) + 3;
  }

  /** Begins a walk over the channels. */
  private static void walk(StateRegister<State> state, State next, Bool walking) {
    state.set(next);
    walking.set(true);
  }

  /** The table's first words are the heavy channels, the others the weights. */
  private void splitTable(ElementStore heavyChannels, ElementStore weights) {
    Bool inWeights = heavyChannels.full;
    connect(heavyChannels.words.payload(), table.payload());
    connect(weights.words.payload(), table.payload());
    heavyChannels.words.valid().set(table.valid().andNot(inWeights));
    weights.words.valid().set(table.valid().and(inWeights));
    table.ready().set(mux(inWeights, weights.words.ready(), heavyChannels.words.ready()));
  }

  /** Notes for each head whether a word of its query holds NaN or infinity. */
  private void flagSpecials(UInt wordIndex, int wordIndexBits) {
    Bool special = FloatFields.isSpecial(FloatFormat.FP16, query.payload().bits(15, 0));
    for (int low = 16; low < AcceleratorConfig.HOST_BITS; low += 16) {
      special =
          special.or(FloatFields.isSpecial(FloatFormat.FP16, query.payload().bits(low + 15, low)));
    }
    Bool anySpecial = special.and(query.fires());
    Vec<Bool> invalid = register(queryInvalid);
    for (int g = 0; g < invalid.size(); g++) {
      Bool flag = invalid.get(g);
      Bool isHead =
          invalid.size() == 1
              ? anySpecial
              : anySpecial.and(wordIndex.shiftRight(wordIndexBits).eq(g));
      when(start, () -> flag.set(false)).elseWhen(isHead, () -> flag.set(true));
    }
    connect(queryInvalid, invalid);
  }

  /**
   * Shifts codes into the registers from the last place: after all have come, each is in its own.
   */
  private void keep(Vec<Vec<SInt>> type, Bool valid, SInt code) {
    Vec<Vec<SInt>> kept = register(type);
    List<SInt> places = kept.elements().stream().flatMap(v -> v.elements().stream()).toList();
    when(
        valid,
        () -> {
          for (int i = 0; i < places.size() - 1; i++) {
            places.get(i).set(places.get(i + 1));
          }
          places.get(places.size() - 1).set(code);
        });
    Vec<Vec<SInt>> published = register(type);
    when(publish, () -> connect(published, kept));
    connect(codes, published);
  }
}
