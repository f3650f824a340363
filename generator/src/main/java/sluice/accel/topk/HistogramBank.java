package sluice.accel.topk;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * One lane's counters, one a bucket, in a memory of words of {@value #WORD_BUCKETS} buckets. An
 * access adds 1 to a counter or clears a word; one access a cycle, to any buckets in any order. The
 * word is read in the cycle of the access and written in the next; an access right behind one to
 * the same word takes the counters being written instead of reading.
 */
final class HistogramBank extends Module {
  /** Counters of a word. Bucket b is counter b mod 4 of word b / 4. */
  static final int WORD_BUCKETS = 4;

  private static final int PLACE_BITS = Integer.numberOfTrailingZeros(WORD_BUCKETS);

  /** Accesses a counter. */
  public final Bool access;

  /** Clears the whole word of the bucket instead of counting. */
  public final Bool clear;

  public final UInt bucket;

  /** The counters of the word before the access, one cycle after it; the lowest bucket first. */
  public final Vec<UInt> counts;

  HistogramBank(AcceleratorConfig config) {
    SignalTypes types = new SignalTypes(config);
    int words = config.buckets() / WORD_BUCKETS;
    Vec<UInt> wordType = Vec.of(WORD_BUCKETS, types.rows());
    describe(
        "Counters of one lane, one for each of "
            + config.buckets()
            + " buckets, "
            + WORD_BUCKETS
            + " in a word. An access adds 1 to a counter or clears a word, one a cycle; counts are"
            + " those of the word before the access, one cycle later. Counters are undefined until"
            + " cleared.");
    access = input(Bool.of());
    clear = input(Bool.of());
    bucket = input(types.bucket());
    counts = output(wordType);

    Memory<Vec<UInt>> counters = memory(wordType, words);
    UInt word = bucket.shiftRight(PLACE_BITS);
    Bool pending = register(Bool.of()).reset(false);
    Bool pendingClear = register(Bool.of());
    UInt pendingWord = register(UInt.index(words));
    UInt pendingPlace = register(UInt.index(WORD_BUCKETS));
    Bool forward = register(Bool.of());
    Vec<UInt> written = register(wordType);

    Bool repeats = pending.and(word.eq(pendingWord));
    Vec<UInt> stored = counters.read(word, access.andNot(repeats));
    Vec<UInt> current = mux(forward, written, stored);
    Vec<UInt> next =
        Vec.generate(
            WORD_BUCKETS,
            place -> {
              UInt count = current.get(place);
              UInt more = count.plusWrap(pendingPlace.eq(place).asUInt());
              return mux(pendingClear, UInt.literal(0, count.width()), more);
            });
    counters.write(pending, pendingWord, next);
    connect(counts, current);

    pending.set(access);
    pendingClear.set(clear);
    pendingWord.set(word);
    pendingPlace.set(bucket.truncate(PLACE_BITS));
    forward.set(repeats);
    connect(written, next);
  }
}
