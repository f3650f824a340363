package sluice.accel.attention;

import java.util.ArrayList;
import java.util.List;
import sluice.accel.SelectedToken;
import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.Queue;

/**
 * From the beats of keys to scores: exact dot products with the queries, scaled, kept in the score
 * buffer with their tokens, and the maximum of each head. Keys of several heads may come mixed.
 */
public final class ScoreStage extends Module {
  /** One beat of a key. */
  public record KeyBeat(UInt data, SelectedToken token, Bool last) implements Bundle {}

  /** A selected token with its scores. */
  public record ScoreEntry(UInt row, UInt lane, Vec<SInt> scores) implements Bundle {

    /** The type. */
    public static ScoreEntry of(SignalTypes types) {
      return new ScoreEntry(types.row(), types.lane(), types.scores());
    }
  }

  /**
   * What a slice knows of a head when all of its picks are scored.
   *
   * @param maximum of the scores, [G]; the least number if nothing was picked
   * @param invalid whether a key held NaN or infinity
   */
  public record ScoredHead(Vec<SInt> maximum, Bool invalid) implements Bundle {

    /** The type for a configuration. */
    public static ScoredHead type(AcceleratorConfig config) {
      return new ScoredHead(new SignalTypes(config).scores(), Bool.of());
    }
  }

  /** Begins a head in a slot; a pulse. */
  public final Bool headWrite = input(Bool.of());

  public final UInt headSlot;

  /** FP32 bits of the head's softmax factor. */
  public final UInt factor = input(UInt.of(32));

  /** A word of the query of the head in {@code headSlot}. */
  public final Bool queryWrite = input(Bool.of());

  public final UInt queryIndex;
  public final UInt queryWord = input(UInt.of(AcceleratorConfig.HOST_BITS));

  /** A token was picked for the head in {@code pickSlot}; its key will come. */
  public final Bool picked = input(Bool.of());

  /** All tokens of that head are picked, with this cycle; a pulse for each head. */
  public final Bool headEnd = input(Bool.of());

  public final UInt pickSlot;

  public final Stream<KeyBeat> keys;

  /** Heads whose picks are scored, in order. */
  public final Stream<ScoredHead> scoredHeads;

  /** Whether there are picks whose scores are not there yet. */
  public final Bool busy = output(Bool.of());

  /** Reads an entry of the score buffer; it comes one cycle later. */
  public final Bool readEnable = input(Bool.of());

  public final UInt readPlace;
  public final ScoreEntry entry;

  private final AcceleratorConfig config;
  private final SignalTypes types;

  public ScoreStage(AcceleratorConfig config) {
    describe("Exact dot products of keys and queries, scaled; score buffer and maxima of heads.");
    this.config = config;
    types = new SignalTypes(config);
    headSlot = input(types.headSlot());
    queryIndex = input(types.queryWord());
    pickSlot = input(types.headSlot());
    keys = input(Stream.of(new KeyBeat(types.beat(), types.selectedToken(), Bool.of())));
    scoredHeads = output(Stream.of(ScoredHead.type(config)));
    readPlace = input(types.pickPlace());
    entry = output(ScoreEntry.of(types));

    KeyBeat beat = keys.payload();
    QueryBuffer query = instance(new QueryBuffer(config));
    query.write.set(queryWrite);
    query.slot.set(headSlot);
    query.index.set(queryIndex);
    query.word.set(queryWord);
    UInt beatIndex = register(types.beatIndex()).reset(0);
    when(
        keys.fires(),
        () ->
            beatIndex.set(
                mux(beat.last(), UInt.literal(0, beatIndex.width()), beatIndex.plusWrap(1))));
    query.readSlot.set(beat.token().slot());
    query.beat.set(beatIndex);

    ExactDot dot = instance(new ExactDot(config));
    // Tokens between the last beat of their key and their score.
    int beats = config.beatsPerVector();
    int inFlight = 1 + (dot.latency() + ScoreScale.latency(config) + beats - 1) / beats;
    int places = Integer.highestOneBit(2 * inFlight - 1);
    Queue<SelectedToken> tokens = instance(new Queue<>(types.selectedToken(), places));
    Queue<UInt> slots = instance(new Queue<>(types.headSlot(), places));
    // The last beat enters only if its token can be kept beside it.
    Bool room = tokens.in.ready().or(beat.last().not());
    dot.beats.valid().set(keys.valid().and(room));
    List<UInt> elements = new ArrayList<>();
    for (int e = 0; e < config.elementsPerBeat(); e++) {
      elements.add(beat.data().bits(16 * e + 15, 16 * e));
    }
    connect(dot.beats.payload(), new DotBeat(Vec.from(elements), query.halves, beat.last()));
    keys.ready().set(dot.beats.ready().and(room));
    Bool lastTaken = keys.fires().and(beat.last());
    tokens.in.valid().set(lastTaken);
    connect(tokens.in.payload(), beat.token());
    // A slot leaves before its token does, so there is room where there is room for the token.
    slots.in.valid().set(lastTaken);
    slots.in.payload().set(beat.token().slot());

    Vec<UInt> factors = register(Vec.of(AcceleratorConfig.HEADS_IN_FLIGHT, factor));
    when(headWrite, () -> factors.set(headSlot, factor));
    ScoreScale scale = instance(new ScoreScale(config));
    scale.factor.set(factors.get(slots.out.payload()));
    dot.dots.to(scale.dots);
    slots.out.ready().set(dot.dots.fires());
    store(scale.scores, tokens.out);
  }

  private void store(Stream<ScoreResult> scored, Stream<SelectedToken> tokens) {
    scored.ready().set(true);
    tokens.ready().set(scored.valid());
    SelectedToken token = tokens.payload();
    ScoreResult result = scored.payload();
    Memory<ScoreEntry> scoreBuffer = memory(ScoreEntry.of(types), config.pickPlaces());
    scoreBuffer.write(
        scored.valid(), token.place(), new ScoreEntry(token.row(), token.lane(), result.scores()));
    connect(entry, scoreBuffer.read(readPlace, readEnable));

    // Heads become complete in any order, and are reported in turn.
    UInt turn = register(types.headSlot()).reset(0);
    Bool reported = scoredHeads.fires();
    when(reported, () -> turn.set(turn.plusWrap(1)));
    List<Bool> complete = new ArrayList<>();
    List<ScoredHead> heads = new ArrayList<>();
    List<Bool> working = new ArrayList<>();
    for (int slot = 0; slot < AcceleratorConfig.HEADS_IN_FLIGHT; slot++) {
      Bool arrives = scored.valid().and(token.slot().eq(slot));
      Bool clears = reported.and(turn.eq(slot));
      UInt unscored = register(UInt.upTo(config.pickPlaces())).reset(0).named("unscored_" + slot);
      Bool expected = picked.and(pickSlot.eq(slot));
      when(expected.andNot(arrives), () -> unscored.set(unscored.plusWrap(1)))
          .elseWhen(arrives.andNot(expected), () -> unscored.set(unscored.minusWrap(1)));
      Bool ended = register(Bool.of()).reset(false).named("ended_" + slot);
      when(clears, () -> ended.set(false))
          .elseWhen(headEnd.and(pickSlot.eq(slot)), () -> ended.set(true));
      Bool done = register(Bool.of()).reset(false).named("complete_" + slot);
      done.set(ended.and(unscored.isZero()).andNot(clears));
      complete.add(done);
      working.add(unscored.ne(0));
      heads.add(collect(slot, result, arrives, clears));
    }
    scoredHeads.valid().set(Vec.from(complete).get(turn));
    connect(scoredHeads.payload(), Vec.from(heads).get(turn));
    busy.set(working.stream().reduce(Bool::or).orElseThrow());
  }

  /** What is known of the head in a slot. */
  private ScoredHead collect(int slot, ScoreResult result, Bool arrives, Bool clears) {
    long least = -(1L << (types.score().width() - 1));
    List<SInt> maxima = new ArrayList<>();
    for (int g = 0; g < config.groupQueries(); g++) {
      SInt largest = register(types.score()).reset(least).named("largest_" + slot + "_" + g);
      SInt score = result.scores().get(g);
      when(clears, () -> largest.set(least))
          .elseWhen(arrives.and(score.gt(largest)), () -> largest.set(score));
      maxima.add(largest);
    }
    Bool invalid = register(Bool.of()).reset(false).named("invalid_" + slot);
    when(clears, () -> invalid.set(false))
        .elseWhen(arrives.and(result.invalid()), () -> invalid.set(true));
    return new ScoredHead(Vec.from(maxima), invalid);
  }
}
