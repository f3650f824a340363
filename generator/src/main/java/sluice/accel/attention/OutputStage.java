package sluice.accel.attention;

import java.util.ArrayList;
import java.util.List;
import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.BalancedTree;
import sluice.hdl.lib.Queue;
import sluice.hdl.lib.WidthUp;

/**
 * The end of a head: sums over the slices, divides, and packs the outputs [G][d] into words of 4
 * halves.
 */
public final class OutputStage extends Module {
  /** Sums on their way to the dividers, at most. */
  private static final int SUMS_IN_FLIGHT = 8;

  public final Bool start = input(Bool.of());

  /** High from the last output until the next start. */
  public final Bool done = output(Bool.of());

  /** Heads of the group whose whole output is NaN. */
  public final Vec<Bool> headInvalid;

  /** Sums of the weights, [C][G]. */
  public final Vec<Vec<UInt>> weightSums;

  /** Selects a sum of weighted values in every slice. */
  public final UInt readQuery;

  public final UInt readElement;

  /** Sums of weighted values, [C], {@link ValueAccumulator#READ_LATENCY} after the selection. */
  public final Vec<SInt> sums;

  public final Vec<Bool> sumsInvalid;

  public final Stream<UInt> words;

  /** An output is NaN; a pulse for each. */
  public final Bool invalidSeen = output(Bool.of());

  private final AcceleratorConfig config;
  private final SignalTypes types;

  public OutputStage(AcceleratorConfig config) {
    describe("Sums over the slices, divided and packed: the outputs of a head.");
    this.config = config;
    types = new SignalTypes(config);
    headInvalid = input(types.flags());
    weightSums = input(Vec.of(config.channels(), Vec.of(config.groupQueries(), types.weightSum())));
    readQuery = output(UInt.index(config.groupQueries()));
    readElement = output(UInt.index(config.headDim()));
    sums = input(Vec.of(config.channels(), types.weightedSum()));
    sumsInvalid = input(Vec.of(config.channels(), Bool.of()));
    words = output(Stream.of(UInt.of(AcceleratorConfig.HOST_BITS)));

    Stream<Quotient> quotients = sum();
    Normalizer normalizer = instance(new Normalizer(config));
    quotients.to(normalizer.quotients);

    Bool invalid = register(Bool.of()).reset(false);
    invalid.set(quotients.fires().and(quotients.payload().invalid()));
    invalidSeen.set(invalid);

    WidthUp packer = instance(new WidthUp(16, AcceleratorConfig.HOST_BITS / 16));
    normalizer.halves.to(packer.in);
    packer.out.to(words);

    int wordCount = config.groupQueries() * config.headDim() * 16 / AcceleratorConfig.HOST_BITS;
    UInt wordsLeft = register(UInt.upTo(wordCount)).reset(0);
    when(start, () -> wordsLeft.set(wordCount))
        .elseWhen(words.fires(), () -> wordsLeft.set(wordsLeft.minusWrap(1)));
    done.set(wordsLeft.eq(0));
  }

  /** Walks over [G][d]; gives the sums over the slices. */
  private Stream<Quotient> sum() {
    Queue<Quotient> queue = instance(new Queue<>(Quotient.type(config), SUMS_IN_FLIGHT));
    UInt query = register(readQuery).reset(0).named("query");
    UInt element = register(readElement).reset(0).named("element");
    Bool active = register(Bool.of()).reset(false);
    UInt room = register(UInt.upTo(SUMS_IN_FLIGHT)).reset(SUMS_IN_FLIGHT);
    Bool issue = active.and(room.ne(0));
    Bool lastElement = element.eq(config.headDim() - 1L);
    Bool lastQuery = query.eq(config.groupQueries() - 1L);
    when(
            start,
            () -> {
              active.set(true);
              query.set(0);
              element.set(0);
            })
        .elseWhen(
            issue,
            () -> {
              element.set(element.plusWrap(1));
              when(
                  lastElement,
                  () -> {
                    query.set(mux(lastQuery, UInt.literal(0, query.width()), query.plusWrap(1)));
                    when(lastQuery, () -> active.set(false));
                  });
            });
    Bool taken = queue.out.fires();
    when(issue.andNot(taken), () -> room.set(room.minusWrap(1)))
        .elseWhen(taken.andNot(issue), () -> room.set(room.plusWrap(1)));
    readQuery.set(query);
    readElement.set(element);

    // The selection travels beside the sums, which come READ_LATENCY cycles later.
    Bool valid = issue;
    UInt queryOfSum = query;
    for (int i = 0; i < ValueAccumulator.READ_LATENCY; i++) {
      Bool validNext = register(Bool.of()).reset(false).named("selected_" + i);
      validNext.set(valid);
      valid = validNext;
      // A single query needs no index.
      if (config.groupQueries() > 1) {
        UInt queryNext = register(query).named("query_" + i);
        queryNext.set(queryOfSum);
        queryOfSum = queryNext;
      }
    }
    List<UInt> totals = new ArrayList<>();
    for (int g = 0; g < config.groupQueries(); g++) {
      totals.add(totalWeight(g));
    }
    UInt weights = delayed(Vec.from(totals).get(queryOfSum));
    SInt total = delayed(BalancedTree.reduce(sums.elements(), SInt::plus));
    Bool invalid =
        delayed(
            BalancedTree.reduce(sumsInvalid.elements(), Bool::or).or(headInvalid.get(queryOfSum)));
    Bool summed = register(Bool.of()).reset(false);
    summed.set(valid);
    queue.in.valid().set(summed);
    Quotient quotient = queue.in.payload();
    quotient.sum().set(total);
    quotient.weights().set(weights);
    quotient.invalid().set(invalid);
    return queue.out;
  }

  /** The sum of a head's weights over the slices; it fits, since all slices share the tokens. */
  private UInt totalWeight(int g) {
    List<UInt> ofSlices = new ArrayList<>();
    weightSums.forEach(slice -> ofSlices.add(slice.get(g)));
    return delayed(BalancedTree.reduce(ofSlices, UInt::plusWrap)).named("total_weight_" + g);
  }
}
