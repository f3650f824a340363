package sluice.accel.attention;

import java.util.ArrayList;
import java.util.List;
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
 * From the beats of keys to scores: exact dot products with the query, scaled, kept in the score
 * buffer with their tokens, and their maximum.
 */
public final class ScoreStage extends Module {
  /** One beat of a key. */
  public record KeyBeat(UInt data, UInt row, UInt lane, Bool last) implements Bundle {}

  /** A selected token with its scores. */
  public record ScoreEntry(UInt row, UInt lane, Vec<SInt> scores) implements Bundle {

    /** The type. */
    public static ScoreEntry of(SignalTypes types) {
      return new ScoreEntry(types.row(), types.lane(), types.scores());
    }
  }

  /** Forgets the scores of the head before. */
  public final Bool clear = input(Bool.of());

  /** FP32 bits of the softmax factor. */
  public final UInt factor = input(UInt.of(32));

  public final Bool queryWrite = input(Bool.of());
  public final UInt queryIndex;
  public final UInt queryWord = input(UInt.of(AcceleratorConfig.HOST_BITS));

  public final Stream<KeyBeat> keys;

  /** Entries of the score buffer. */
  public final UInt count;

  public final Vec<SInt> maximum;

  /** A key held NaN or infinity. */
  public final Bool keyInvalid = output(Bool.of());

  /** Reads an entry of the score buffer; it comes one cycle later. */
  public final Bool readEnable = input(Bool.of());

  public final UInt readIndex;
  public final ScoreEntry entry;

  public ScoreStage(AcceleratorConfig config) {
    describe("Exact dot products of keys and query, scaled; score buffer and maximum.");
    SignalTypes types = new SignalTypes(config);
    int entries = config.scoreEntries();
    queryIndex = input(types.queryWord());
    keys = input(Stream.of(new KeyBeat(types.beat(), types.row(), types.lane(), Bool.of())));
    count = output(UInt.upTo(entries));
    maximum = output(types.scores());
    readIndex = input(UInt.index(entries));
    entry = output(ScoreEntry.of(types));

    QueryBuffer query = instance(new QueryBuffer(config));
    query.write.set(queryWrite);
    query.index.set(queryIndex);
    query.word.set(queryWord);

    KeyBeat beat = keys.payload();
    UInt beatIndex = register(types.beatIndex()).reset(0);
    when(
        keys.fires(),
        () ->
            beatIndex.set(
                mux(beat.last(), UInt.literal(0, beatIndex.width()), beatIndex.plusWrap(1))));
    query.beat.set(beatIndex);

    ExactDot dot = instance(new ExactDot(config));
    // Tokens between the last beat of their key and their score.
    int beats = config.beatsPerVector();
    int inFlight = 1 + (dot.latency() + ScoreScale.latency(config) + beats - 1) / beats;
    Queue<UInt> tokens =
        instance(
            new Queue<>(
                UInt.of(types.row().width() + types.lane().width()),
                Integer.highestOneBit(2 * inFlight - 1)));
    // The last beat enters only if its token can be kept beside it.
    Bool room = tokens.in.ready().or(beat.last().not());
    dot.beats.valid().set(keys.valid().and(room));
    List<UInt> elements = new ArrayList<>();
    for (int e = 0; e < config.elementsPerBeat(); e++) {
      elements.add(beat.data().bits(16 * e + 15, 16 * e));
    }
    connect(dot.beats.payload(), new DotBeat(Vec.from(elements), query.halves, beat.last()));
    keys.ready().set(dot.beats.ready().and(room));
    tokens.in.valid().set(keys.fires().and(beat.last()));
    tokens.in.payload().set(beat.row().concat(beat.lane()));

    ScoreScale scale = instance(new ScoreScale(config));
    scale.factor.set(factor);
    dot.dots.to(scale.dots);
    store(config, types, scale, tokens);
  }

  private void store(
      AcceleratorConfig config, SignalTypes types, ScoreScale scale, Queue<UInt> tokens) {
    Stream<ScoreResult> scored = scale.scores;
    scored.ready().set(true);
    tokens.out.ready().set(scored.valid());

    UInt used = register(UInt.upTo(config.scoreEntries())).reset(0);
    Memory<ScoreEntry> scoreBuffer = memory(ScoreEntry.of(types), config.scoreEntries());
    UInt token = tokens.out.payload();
    int laneBits = types.lane().width();
    scoreBuffer.write(
        scored.valid(),
        used.resize(readIndex.width()),
        new ScoreEntry(
            token.bits(token.width() - 1, laneBits),
            token.bits(laneBits - 1, 0),
            scored.payload().scores()));
    connect(entry, scoreBuffer.read(readIndex, readEnable));

    Bool invalidSeen = register(Bool.of()).reset(false);
    when(clear, () -> used.set(0)).elseWhen(scored.valid(), () -> used.set(used.plusWrap(1)));
    when(clear, () -> invalidSeen.set(false))
        .elseWhen(scored.valid().and(scored.payload().invalid()), () -> invalidSeen.set(true));
    long least = -(1L << (types.score().width() - 1));
    for (int g = 0; g < config.groupQueries(); g++) {
      SInt largest = register(types.score()).named("largest_" + g);
      SInt score = scored.payload().scores().get(g);
      when(clear, () -> largest.set(least))
          .elseWhen(scored.valid().and(score.gt(largest)), () -> largest.set(score));
      maximum.get(g).set(largest);
    }
    count.set(used);
    keyInvalid.set(invalidSeen);
  }
}
