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
import sluice.hdl.lib.Queue;
import sluice.hdl.lib.StreamFork;

/**
 * From scores to weighted sums: reads the scores of a head, turns them into weights, asks for the
 * values whose weights are not all 0, and accumulates them exactly. The next head begins when all
 * values of a head are asked for; there are sums for two heads, so that those of one can be read
 * while the next adds to its own.
 */
public final class WeightStage extends Module {
  /** Scores between the read from their buffer and the request of their value, at most. */
  private static final int SCORES_IN_FLIGHT = 31;

  /**
   * A head whose scores are complete in all slices.
   *
   * @param maximum of its scores, [G]
   * @param skip weights below it count as 0
   */
  public record WeightHead(Vec<SInt> maximum, UInt skip) implements Bundle {

    /** The type for a configuration. */
    public static WeightHead type(AcceleratorConfig config) {
      SignalTypes types = new SignalTypes(config);
      return new WeightHead(types.scores(), types.weight());
    }
  }

  /**
   * A head whose values are all in the sums.
   *
   * @param weightSums sums of the weights, [G]
   * @param skipped tokens whose value was not wanted
   */
  public record WeightedHead(Vec<UInt> weightSums, UInt skipped) implements Bundle {

    /** The type for a configuration. */
    public static WeightedHead type(AcceleratorConfig config) {
      return new WeightedHead(
          Vec.of(config.groupQueries(), new SignalTypes(config).weightSum()),
          UInt.upTo(config.scoreEntries()));
    }
  }

  /**
   * A token whose value is wanted.
   *
   * @param slot its head
   * @param weights of the token, [G]; they come back with the beats of its value
   */
  public record ValueRequest(UInt row, UInt lane, UInt slot, Vec<UInt> weights) implements Bundle {}

  /**
   * One beat of a value.
   *
   * @param slot its head
   * @param weights of its token, [G]
   * @param index of the beat in the value
   * @param last whether it ends its value
   */
  public record ValueWord(UInt data, UInt slot, Vec<UInt> weights, UInt index, Bool last)
      implements Bundle {}

  /** A token of the score buffer. */
  private record Token(UInt row, UInt lane) implements Bundle {}

  /** All tokens of a head are picked, with this cycle; a pulse for each head. */
  public final Bool headEnd = input(Bool.of());

  /** Where the picks of that head end; see {@link sluice.accel.memory.PickRing#pickEnd}. */
  public final UInt pickEnd;

  /** The slot of that head. */
  public final UInt pickSlot;

  /** The heads in order. */
  public final Stream<WeightHead> heads;

  /** Reads an entry of the score buffer, place after place; it comes one cycle later. */
  public final Bool readEnable = output(Bool.of());

  public final UInt readPlace;
  public final ScoreStage.ScoreEntry entry;

  public final Stream<ValueRequest> requests;

  /** The beats of the values asked for, in any order. */
  public final Stream<ValueWord> values;

  /** The heads in order when they are done; {@code ready} says that the sums are read. */
  public final Stream<WeightedHead> weightedHeads;

  /** Whether a head is in work. */
  public final Bool busy = output(Bool.of());

  /**
   * Selects a sum of weighted values of the head that {@code weightedHeads} offers; it comes {@link
   * #readLatency} later.
   */
  public final Bool read = input(Bool.of());

  public final UInt readQuery;

  public final UInt readElement;
  public final SInt sum;
  public final Bool sumInvalid = output(Bool.of());

  private final AcceleratorConfig config;
  private final SignalTypes types;
  private final ValueAccumulator accumulator;

  /** The head in work, and whether there is one. */
  private final UInt slot;

  private final Bool active;

  public WeightStage(AcceleratorConfig config) {
    describe(
        "Weights from scores; values whose weights are not all 0 are read and accumulated, for two"
            + " heads at once.");
    this.config = config;
    types = new SignalTypes(config);
    pickEnd = input(UInt.of(types.pickPlace().width() + 1));
    pickSlot = input(types.headSlot());
    heads = input(Stream.of(WeightHead.type(config)));
    readPlace = output(types.pickPlace());
    entry = input(ScoreStage.ScoreEntry.of(types));
    requests =
        output(
            Stream.of(
                new ValueRequest(types.row(), types.lane(), types.headSlot(), types.weights())));
    values =
        input(
            Stream.of(
                new ValueWord(
                    types.beat(),
                    types.headSlot(),
                    types.weights(),
                    types.beatIndex(),
                    Bool.of())));
    weightedHeads = output(Stream.of(WeightedHead.type(config)));
    readQuery = input(UInt.index(config.groupQueries()));
    readElement = input(UInt.index(config.headDim()));
    sum = output(types.weightedSum());

    slot = register(types.headSlot()).reset(0);
    active = register(Bool.of()).reset(false);
    accumulator = instance(new ValueAccumulator(config));
    accumulate();

    UInt offered = register(UInt.of(1)).reset(0);
    Bool leaves = weightedHeads.fires();
    when(leaves, () -> offered.set(offered.not()));
    Bool begins = heads.fires();
    Bool asksNoMore = wire(Bool.of());
    List<Bool> free = new ArrayList<>();
    List<Bool> done = new ArrayList<>();
    for (int b = 0; b < ValueAccumulator.BANKS; b++) {
      Bool here = slot.bit(0).asUInt().eq(b);
      Bool asks = requests.fires().and(here);
      Bool arrives = accumulator.added.and(accumulator.addedBank.eq(b));
      UInt outstanding =
          register(UInt.upTo(config.scoreEntries())).reset(0).named("outstanding_" + b);
      when(asks.andNot(arrives), () -> outstanding.set(outstanding.plusWrap(1)))
          .elseWhen(arrives.andNot(asks), () -> outstanding.set(outstanding.minusWrap(1)));
      Bool inUse = register(Bool.of()).reset(false).named("in_use_" + b);
      Bool asked = register(Bool.of()).reset(false).named("asked_" + b);
      Bool freed = leaves.and(offered.eq(b));
      when(freed, () -> inUse.set(false)).elseWhen(begins.and(here), () -> inUse.set(true));
      when(freed, () -> asked.set(false)).elseWhen(asksNoMore.and(here), () -> asked.set(true));
      free.add(inUse.not());
      done.add(asked.and(outstanding.isZero()));
    }
    UInt bank = slot.bit(0).asUInt();
    heads.ready().set(active.not().and(Vec.from(free).get(bank)));
    accumulator.clear.set(begins);
    accumulator.clearBank.set(bank);
    weightedHeads.valid().set(Vec.from(done).get(offered));
    busy.set(free.stream().reduce(Bool::and).orElseThrow().not());
    accumulator.readBank.set(offered);

    Bool weighed = wire(Bool.of());
    Stream<ScoreStage.ScoreEntry> scored = readScores(begins, weighed, asksNoMore);
    weighed.set(weigh(scored, begins, offered));
  }

  /** Cycles from a selection to its sum. */
  public int readLatency() {
    return accumulator.readLatency();
  }

  /** Walks through the scores of the head in work, and goes on to the next. */
  private Stream<ScoreStage.ScoreEntry> readScores(Bool begins, Bool weighed, Bool asksNoMore) {
    // Where the picks of the heads in flight end.
    Vec<UInt> pickEnds = register(Vec.of(AcceleratorConfig.HEADS_IN_FLIGHT, pickEnd));
    when(headEnd, () -> pickEnds.set(pickSlot, pickEnd));
    UInt endOfHead = register(pickEnd);
    when(begins, () -> endOfHead.set(pickEnds.get(slot)));

    Queue<ScoreStage.ScoreEntry> queue = instance(new Queue<>(ScoreStage.ScoreEntry.of(types), 4));
    UInt next = register(pickEnd).reset(0);
    Bool someLeft = next.ne(endOfHead);
    // Two reads may be on their way to the queue of four.
    Bool reads = active.and(someLeft).and(queue.count.le(2));
    when(reads, () -> next.set(next.plusWrap(1)));
    readEnable.set(reads);
    readPlace.set(next.truncate(readPlace.width()));
    Bool arrives = register(Bool.of()).reset(false);
    arrives.set(reads);
    queue.in.valid().set(arrives);
    connect(queue.in.payload(), entry);

    UInt weighing = register(UInt.upTo(SCORES_IN_FLIGHT)).reset(0);
    when(reads.andNot(weighed), () -> weighing.set(weighing.plusWrap(1)))
        .elseWhen(weighed.andNot(reads), () -> weighing.set(weighing.minusWrap(1)));
    asksNoMore.set(active.andNot(someLeft).and(weighing.isZero()));
    when(begins, () -> active.set(true))
        .elseWhen(
            asksNoMore,
            () -> {
              active.set(false);
              slot.set(slot.plusWrap(1));
            });
    return queue.out;
  }

  /** Makes weights and asks for values; gives a pulse for each token that is through. */
  private Bool weigh(Stream<ScoreStage.ScoreEntry> scored, Bool begins, UInt offered) {
    Vec<SInt> maximum = register(types.scores());
    UInt skip = register(types.weight());
    when(
        begins,
        () -> {
          connect(maximum, heads.payload().maximum());
          skip.set(heads.payload().skip());
        });
    StreamFork<ScoreStage.ScoreEntry> fork =
        instance(new StreamFork<>(ScoreStage.ScoreEntry.of(types), 2));
    scored.to(fork.in);
    WeightUnit unit = instance(new WeightUnit(config));
    connect(unit.maximum, maximum);
    unit.skip.set(skip);
    fork.outs.get(0).map(ScoreStage.ScoreEntry::scores).to(unit.scores);
    Queue<Token> tokens = instance(new Queue<>(new Token(types.row(), types.lane()), 8));
    fork.outs.get(1).map(e -> new Token(e.row(), e.lane())).to(tokens.in);

    Vec<UInt> weights = unit.weights.payload();
    Bool wanted = weights.elements().stream().map(UInt::orReduce).reduce(Bool::or).orElseThrow();
    Bool present = unit.weights.valid().and(tokens.out.valid());
    requests.valid().set(present.and(wanted));
    Token token = tokens.out.payload();
    connect(requests.payload(), new ValueRequest(token.row(), token.lane(), slot, weights));
    Bool taken = present.and(wanted.not().or(requests.ready()));
    unit.weights.ready().set(taken);
    tokens.out.ready().set(taken);

    List<WeightedHead> results = new ArrayList<>();
    for (int b = 0; b < ValueAccumulator.BANKS; b++) {
      Bool here = slot.bit(0).asUInt().eq(b);
      Bool starts = begins.and(here);
      UInt unwanted = register(weightedHeads.payload().skipped()).named("skipped_" + b);
      when(starts, () -> unwanted.set(0))
          .elseWhen(taken.and(here).andNot(wanted), () -> unwanted.set(unwanted.plusWrap(1)));
      List<UInt> totals = new ArrayList<>();
      for (int g = 0; g < weights.size(); g++) {
        UInt total = register(types.weightSum()).named("weight_sum_" + b + "_" + g);
        UInt weight = weights.get(g);
        when(starts, () -> total.set(0))
            .elseWhen(taken.and(here), () -> total.set(total.plusWrap(weight)));
        totals.add(total);
      }
      results.add(new WeightedHead(Vec.from(totals), unwanted));
    }
    connect(weightedHeads.payload(), Vec.from(results).get(offered));
    return taken;
  }

  private void accumulate() {
    ValueWord beat = values.payload();
    List<UInt> elements = new ArrayList<>();
    for (int e = 0; e < config.elementsPerBeat(); e++) {
      elements.add(beat.data().bits(16 * e + 15, 16 * e));
    }
    accumulator.beats.valid().set(values.valid());
    connect(
        accumulator.beats.payload(),
        new ValueBeat(
            Vec.from(elements),
            beat.weights(),
            beat.slot().bit(0).asUInt(),
            beat.index(),
            beat.last()));
    values.ready().set(accumulator.beats.ready());
    accumulator.read.set(read);
    accumulator.readQuery.set(readQuery);
    accumulator.readElement.set(readElement);
    sum.set(accumulator.sum);
    sumInvalid.set(accumulator.invalid);
  }
}
