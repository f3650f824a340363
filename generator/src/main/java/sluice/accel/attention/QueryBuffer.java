package sluice.accel.attention;

import java.util.ArrayList;
import java.util.List;
import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * A slice's copies of the queries of all heads in flight, [G][d] halves each: written word by word,
 * read as the halves that meet one beat of a key, for all heads of the group, within the cycle.
 */
public final class QueryBuffer extends Module {
  private static final int HALVES_PER_WORD = AcceleratorConfig.HOST_BITS / 16;

  /** Writes {@code word} as word number {@code index} of the query, 4 halves a word. */
  public final Bool write = input(Bool.of());

  /** Whose query is written. */
  public final UInt slot;

  public final UInt index;
  public final UInt word = input(UInt.of(AcceleratorConfig.HOST_BITS));

  /** Whose query is read, and which beat of it. */
  public final UInt readSlot;

  public final UInt beat;

  /** [G][E] halves of the beat. */
  public final Vec<Vec<UInt>> halves;

  public QueryBuffer(AcceleratorConfig config) {
    describe(
        "Queries of "
            + AcceleratorConfig.HEADS_IN_FLIGHT
            + " KV heads, "
            + config.groupQueries()
            + " query heads of "
            + config.headDim()
            + " halves: written as words, read as beats.");
    SignalTypes types = new SignalTypes(config);
    int wordsPerBeat = config.elementsPerBeat() / HALVES_PER_WORD;
    slot = input(types.headSlot());
    index = input(types.queryWord());
    readSlot = input(types.headSlot());
    beat = input(types.beatIndex());
    halves = output(Vec.of(config.groupQueries(), Vec.of(config.elementsPerBeat(), types.half())));

    // Each word of a beat has a bank of its own, so that all are read at once.
    int beats = config.beatsPerVector();
    int placeBits = Integer.numberOfTrailingZeros(wordsPerBeat);
    int beatBits = Integer.numberOfTrailingZeros(beats);
    UInt writeAddress =
        beats == 1 ? slot : slot.concat(index.bits(placeBits + beatBits - 1, placeBits));
    UInt readAddress = beats == 1 ? readSlot : readSlot.concat(beat);
    List<Vec<UInt>> heads = new ArrayList<>();
    for (int g = 0; g < config.groupQueries(); g++) {
      List<UInt> elements = new ArrayList<>();
      for (int w = 0; w < wordsPerBeat; w++) {
        Memory<UInt> bank =
            registerFile(
                UInt.of(AcceleratorConfig.HOST_BITS), AcceleratorConfig.HEADS_IN_FLIGHT * beats);
        bank.named("bank_" + g + "_" + w);
        Bool hit =
            write
                .and(matches(0, placeBits, w))
                .and(matches(placeBits + beatBits, index.width() - placeBits - beatBits, g));
        bank.write(hit, writeAddress, word);
        UInt data = bank.read(readAddress).named("data_" + g + "_" + w);
        for (int e = 0; e < HALVES_PER_WORD; e++) {
          elements.add(data.bits(16 * e + 15, 16 * e));
        }
      }
      heads.add(Vec.from(elements));
    }
    connect(halves, Vec.from(heads));
  }

  /** Whether a field of the written word's index has a value; true for a field of no bits. */
  private Bool matches(int low, int width, int value) {
    boolean none = width <= 0 || low >= index.width();
    return none ? Bool.literal(true) : index.bits(low + width - 1, low).eq(value);
  }
}
