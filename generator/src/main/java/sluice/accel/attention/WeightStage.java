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
 * From scores to weighted sums: reads the score buffer, turns scores into weights, asks for the
 * values whose weights are not all 0, and accumulates them exactly.
 */
public final class WeightStage extends Module {

  /**
   * A token whose value is wanted.
   *
   * @param weights of the token, [G]; they come back with the beats of its value
   */
  public record ValueRequest(UInt row, UInt lane, Vec<UInt> weights) implements Bundle {}

  /**
   * One beat of a value.
   *
   * @param weights of its token, [G]
   * @param index of the beat in the value
   * @param last whether it ends its value
   */
  public record ValueWord(UInt data, Vec<UInt> weights, UInt index, Bool last) implements Bundle {}

  /** A token of the score buffer. */
  private record Token(UInt row, UInt lane) implements Bundle {}

  /** Clears sums and counts before a head. */
  public final Bool clear = input(Bool.of());

  /** Starts on the {@code count} entries of the score buffer; the maximum is final. */
  public final Bool start = input(Bool.of());

  public final UInt count;
  public final Vec<SInt> maximum;

  /** Weights below it count as 0. */
  public final UInt skip;

  public final Bool readEnable = output(Bool.of());
  public final UInt readIndex;
  public final ScoreStage.ScoreEntry entry;

  public final Stream<ValueRequest> requests;

  /** The beats of the values asked for, in any order. */
  public final Stream<ValueWord> values;

  /** Sums of the weights, [G]. */
  public final Vec<UInt> weightSums;

  /** Tokens whose value was not wanted. */
  public final UInt skipped;

  /** High from the end of the work until the next start. */
  public final Bool done = output(Bool.of());

  /** Selects a sum of weighted values; it comes {@link ValueAccumulator#READ_LATENCY} later. */
  public final UInt readQuery;

  public final UInt readElement;
  public final SInt sum;
  public final Bool sumInvalid = output(Bool.of());

  private final SignalTypes types;
  private final int entries;
  private UInt processed;
  private UInt requested;
  private UInt received;

  public WeightStage(AcceleratorConfig config) {
    describe("Weights from scores; values whose weights are not all 0 are read and accumulated.");
    types = new SignalTypes(config);
    entries = config.scoreEntries();
    count = input(UInt.upTo(entries));
    maximum = input(types.scores());
    skip = input(types.weight());
    readIndex = output(UInt.index(entries));
    entry = input(ScoreStage.ScoreEntry.of(types));
    requests = output(Stream.of(new ValueRequest(types.row(), types.lane(), types.weights())));
    values =
        input(
            Stream.of(new ValueWord(types.beat(), types.weights(), types.beatIndex(), Bool.of())));
    weightSums = output(Vec.of(config.groupQueries(), types.weightSum()));
    skipped = output(UInt.upTo(entries));
    readQuery = input(UInt.index(config.groupQueries()));
    readElement = input(UInt.index(config.headDim()));
    sum = output(types.weightedSum());

    Bool active = register(Bool.of()).reset(false);
    Stream<ScoreStage.ScoreEntry> scored = readScores(active);
    weigh(config, scored);
    ValueAccumulator accumulator = accumulate(config);

    when(clear.or(start), () -> active.set(start));
    done.set(active.and(processed.eq(count)).and(received.eq(requested)).andNot(accumulator.busy));
  }

  /** Walks through the score buffer. */
  private Stream<ScoreStage.ScoreEntry> readScores(Bool active) {
    Queue<ScoreStage.ScoreEntry> queue = instance(new Queue<>(ScoreStage.ScoreEntry.of(types), 4));
    UInt next = register(UInt.upTo(entries)).reset(0);
    // Two reads may be on their way to the queue of four.
    Bool read = active.and(next.ne(count)).and(queue.count.le(2));
    when(start, () -> next.set(0)).elseWhen(read, () -> next.set(next.plusWrap(1)));
    readEnable.set(read);
    readIndex.set(next.resize(readIndex.width()));
    Bool arrives = register(Bool.of()).reset(false);
    arrives.set(read);
    queue.in.valid().set(arrives);
    connect(queue.in.payload(), entry);
    return queue.out;
  }

  /** Makes weights and asks for values. */
  private void weigh(AcceleratorConfig config, Stream<ScoreStage.ScoreEntry> scored) {
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
    connect(requests.payload(), new ValueRequest(token.row(), token.lane(), weights));
    Bool taken = present.and(wanted.not().or(requests.ready()));
    unit.weights.ready().set(taken);
    tokens.out.ready().set(taken);

    processed = counter("processed", taken);
    requested = counter("requested", requests.fires());
    UInt unwanted = register(UInt.upTo(entries)).reset(0);
    when(clear, () -> unwanted.set(0))
        .elseWhen(taken.andNot(wanted), () -> unwanted.set(unwanted.plusWrap(1)));
    skipped.set(unwanted);
    for (int g = 0; g < weights.size(); g++) {
      UInt total = register(types.weightSum()).reset(0).named("weight_sum_" + g);
      UInt weight = weights.get(g);
      when(clear, () -> total.set(0)).elseWhen(taken, () -> total.set(total.plusWrap(weight)));
      weightSums.get(g).set(total);
    }
  }

  private ValueAccumulator accumulate(AcceleratorConfig config) {
    ValueAccumulator accumulator = instance(new ValueAccumulator(config));
    accumulator.clear.set(clear);
    ValueWord beat = values.payload();
    List<UInt> elements = new ArrayList<>();
    for (int e = 0; e < config.elementsPerBeat(); e++) {
      elements.add(beat.data().bits(16 * e + 15, 16 * e));
    }
    accumulator.beats.valid().set(values.valid());
    connect(
        accumulator.beats.payload(),
        new ValueBeat(Vec.from(elements), beat.weights(), beat.index()));
    values.ready().set(accumulator.beats.ready());
    received = counter("received", values.fires().and(beat.last()));
    accumulator.readQuery.set(readQuery);
    accumulator.readElement.set(readElement);
    sum.set(accumulator.sum);
    sumInvalid.set(accumulator.invalid);
    return accumulator;
  }

  /** Counts events from the start on. */
  private UInt counter(String name, Bool event) {
    UInt value = register(UInt.upTo(entries)).reset(0).named(name);
    when(start, () -> value.set(0)).elseWhen(event, () -> value.set(value.plusWrap(1)));
    return value;
  }
}
