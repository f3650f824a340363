package sluice.accel.attention;

import java.util.ArrayList;
import java.util.List;
import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
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
 * halves. The sums of the next head are read as soon as those of a head are.
 */
public final class OutputStage extends Module {
  /** Sums on their way to the dividers, at most. */
  private static final int SUMS_IN_FLIGHT = 16;

  /** Heads whose outputs are not all there, at most; many dividers may hold several small ones. */
  private static final int HEADS_DUE = 15;

  /**
   * What is known of a head from the beginning.
   *
   * @param job the job that it belongs to
   * @param queryInvalid query heads whose query makes their whole output NaN, [G]
   */
  public record BegunHead(UInt job, Vec<Bool> queryInvalid) implements Bundle {

    /** The type for a configuration. */
    public static BegunHead type(AcceleratorConfig config) {
      return new BegunHead(SignalTypes.jobSlot(), new SignalTypes(config).flags());
    }
  }

  /** The heads in order, before their sums; as many wait as there are heads in flight. */
  public final Stream<BegunHead> begunHeads;

  /** Whether a key makes the whole output of a head NaN; before its sums. */
  public final Stream<Bool> keyInvalid = input(Stream.of(Bool.of()));

  /** The heads in order as the slices have done them, [C]; taken when all their sums are read. */
  public final List<Stream<WeightStage.WeightedHead>> heads;

  /** All sums of a head are read; a pulse. */
  public final Bool headLeaves = output(Bool.of());

  /** Tokens of that head, in all slices, whose values were not wanted. */
  public final UInt skipped;

  /** Reads a sum of weighted values in every slice. */
  public final Bool read = output(Bool.of());

  public final UInt readQuery;

  public final UInt readElement;

  /** Sums of weighted values, [C], as many cycles after the selection as the slices take. */
  public final Vec<SInt> sums;

  public final Vec<Bool> sumsInvalid;

  /** The outputs of all heads, one after the other. */
  public final Stream<UInt> words;

  /** The job of that head. */
  public final UInt leavingJob;

  /** Whether sums are read or divided: from the first sum of a head to its last word. */
  public final Bool busy = output(Bool.of());

  /** An output is NaN; a pulse for each. */
  public final Bool invalidSeen = output(Bool.of());

  /** The job of that output. */
  public final UInt invalidJob;

  private final AcceleratorConfig config;
  private final SignalTypes types;
  private final int readLatency;

  /**
   * @param readLatency cycles from {@code read} to {@code sums}
   */
  public OutputStage(AcceleratorConfig config, int readLatency) {
    describe("Sums over the slices, divided and packed: the outputs of the heads.");
    this.config = config;
    this.readLatency = readLatency;
    types = new SignalTypes(config);
    begunHeads = input(Stream.of(BegunHead.type(config)));
    UInt job = begunHeads.payload().job();
    leavingJob = output(job);
    invalidJob = output(job);
    List<Stream<WeightStage.WeightedHead>> ofSlices = new ArrayList<>();
    for (int c = 0; c < config.channels(); c++) {
      ofSlices.add(input(Stream.of(WeightStage.WeightedHead.type(config)), "heads_" + c));
    }
    heads = List.copyOf(ofSlices);
    skipped = output(types.selected());
    readQuery = output(UInt.index(config.groupQueries()));
    readElement = output(UInt.index(config.headDim()));
    sums = input(Vec.of(config.channels(), types.weightedSum()));
    sumsInvalid = input(Vec.of(config.channels(), Bool.of()));
    words = output(Stream.of(UInt.of(AcceleratorConfig.HOST_BITS)));

    Stream<Quotient> quotients = sum();
    Normalizer normalizer = instance(new Normalizer(config));
    quotients.to(normalizer.quotients);

    WidthUp packer = instance(new WidthUp(16, AcceleratorConfig.HOST_BITS / 16));
    normalizer.halves.to(packer.in);
    packer.out.to(words);
  }

  /** Walks over [G][d] of each head; gives the sums over the slices. */
  private Stream<Quotient> sum() {
    Queue<Quotient> queue = instance(new Queue<>(Quotient.type(config), SUMS_IN_FLIGHT));
    UInt query = register(readQuery).reset(0).named("query");
    UInt element = register(readElement).reset(0).named("element");
    Bool allRead = register(Bool.of()).reset(false);
    UInt room = register(UInt.upTo(SUMS_IN_FLIGHT)).reset(SUMS_IN_FLIGHT);
    Queue<BegunHead> begun =
        instance(new Queue<>(BegunHead.type(config), AcceleratorConfig.HEADS_IN_FLIGHT));
    begunHeads.to(begun.in);
    Queue<Bool> keyFlags = instance(new Queue<>(Bool.of(), AcceleratorConfig.HEADS_IN_FLIGHT));
    keyInvalid.to(keyFlags.in);
    Bool present =
        BalancedTree.reduce(heads.stream().map(Stream::valid).toList(), Bool::and)
            .and(begun.out.valid())
            .and(keyFlags.out.valid());
    Bool issue = present.andNot(allRead).and(room.ne(0));
    Bool lastElement = element.eq(config.headDim() - 1L);
    Bool lastQuery = query.eq(config.groupQueries() - 1L);
    Bool lastSum = issue.and(lastElement).and(lastQuery);
    when(
        issue,
        () -> {
          element.set(element.plusWrap(1));
          when(
              lastElement,
              () -> query.set(mux(lastQuery, UInt.literal(0, query.width()), query.plusWrap(1))));
        });
    Bool taken = queue.out.fires();
    when(issue.andNot(taken), () -> room.set(room.minusWrap(1)))
        .elseWhen(taken.andNot(issue), () -> room.set(room.plusWrap(1)));
    read.set(issue);
    countWords(issue.and(element.isZero()).and(query.isZero()));
    readQuery.set(query);
    readElement.set(element);

    // The selection travels beside the sums.
    Bool valid = issue;
    Bool last = lastSum;
    UInt queryOfSum = query;
    for (int i = 0; i < readLatency; i++) {
      valid = delayed(valid).reset(false).named("selected_" + i);
      last = delayed(last).reset(false).named("last_" + i);
      // A single query needs no index.
      if (config.groupQueries() > 1) {
        queryOfSum = delayed(queryOfSum).named("query_" + i);
      }
    }
    for (Stream<WeightStage.WeightedHead> head : heads) {
      head.ready().set(last);
    }
    begun.out.ready().set(last);
    keyFlags.out.ready().set(last);
    headLeaves.set(last);
    leavingJob.set(begun.out.payload().job());
    UInt skippedInSlices =
        BalancedTree.reduce(
            heads.stream().map(head -> head.payload().skipped()).toList(), UInt::plus);
    skipped.set(skippedInSlices.resize(skipped.width()));
    when(last, () -> allRead.set(false)).elseWhen(lastSum, () -> allRead.set(true));
    List<UInt> totals = new ArrayList<>();
    for (int g = 0; g < config.groupQueries(); g++) {
      totals.add(totalWeight(g));
    }
    UInt weights = delayed(Vec.from(totals).get(queryOfSum));
    SInt total = delayed(BalancedTree.reduce(sums.elements(), SInt::plus));
    Bool invalid =
        delayed(
            BalancedTree.reduce(sumsInvalid.elements(), Bool::or)
                .or(begun.out.payload().queryInvalid().get(queryOfSum))
                .or(keyFlags.out.payload()));
    Bool summed = register(Bool.of()).reset(false);
    summed.set(valid);
    queue.in.valid().set(summed);
    invalidSeen.set(summed.and(invalid));
    invalidJob.set(delayed(begun.out.payload().job()));
    Quotient quotient = queue.in.payload();
    quotient.sum().set(total);
    quotient.weights().set(weights);
    quotient.invalid().set(invalid);
    return queue.out;
  }

  /** Counts the words that are due of the heads whose sums are being read, or were. */
  private void countWords(Bool headBegins) {
    int wordCount = config.groupQueries() * config.headDim() * 16 / AcceleratorConfig.HOST_BITS;
    UInt due = register(UInt.upTo((long) HEADS_DUE * wordCount)).reset(0);
    UInt none = UInt.literal(0, due.width());
    UInt more = mux(headBegins, UInt.literal(wordCount, due.width()), none);
    due.set(due.plusWrap(more).minusWrap(words.fires().asUInt()));
    busy.set(due.ne(0));
  }

  /**
   * The sum of a head's weights over the slices; it fits, since all slices share the tokens. It
   * follows the head by a cycle, before the first sum of its values.
   */
  private UInt totalWeight(int g) {
    List<UInt> ofSlices = new ArrayList<>();
    heads.forEach(head -> ofSlices.add(head.payload().weightSums().get(g)));
    UInt total = BalancedTree.reduce(ofSlices, UInt::plus);
    return delayed(total.resize(types.totalWeight().width())).named("total_weight_" + g);
  }
}
