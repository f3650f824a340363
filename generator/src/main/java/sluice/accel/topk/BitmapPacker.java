package sluice.accel.topk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * Packs rows of picks into the words of a head's selection bitmap: token t is bit t mod 64 of word
 * t / 64; ceil(n / 64) words. Without a bitmap the rows are swallowed.
 */
public final class BitmapPacker extends Module {
  private static final int WORD_BITS = AcceleratorConfig.HOST_BITS;

  /** Begins a head. */
  public final Bool start = input(Bool.of());

  /** Whether words are wanted. */
  public final Bool enable = input(Bool.of());

  /** Tokens of the sequence. */
  public final UInt tokens;

  /** One row of picks after the other, the lowest token first. */
  public final Stream<Vec<Bool>> rows;

  public final Stream<UInt> words;

  public BitmapPacker(AcceleratorConfig config) {
    describe("Packs rows of picks into the words of the selection bitmap.");
    SignalTypes types = new SignalTypes(config);
    tokens = input(types.tokens());
    rows = input(Stream.of(Vec.of(config.rowTokens(), Bool.of())));
    words = output(Stream.of(UInt.of(WORD_BITS)));

    List<Bool> highFirst = new ArrayList<>(rows.payload().elements());
    Collections.reverse(highFirst);
    UInt row = pack(Vec.from(highFirst));
    if (config.rowTokens() < WORD_BITS) {
      gather(row);
    } else {
      split(row);
    }
  }

  /** Several rows make a word; the last word of a head may be partial. */
  private void gather(UInt row) {
    int rowTokens = row.width();
    int places = WORD_BITS / rowTokens;
    int rowShift = Integer.numberOfTrailingZeros(rowTokens);
    UInt rowsLeft = register(UInt.of(tokens.width() + 1)).reset(0);
    UInt rowCount = tokens.plus(rowTokens - 1L).shiftRight(rowShift);
    UInt place = register(UInt.index(places)).reset(0);
    Vec<UInt> parts = register(Vec.of(places, UInt.of(rowTokens)));
    Bool full = register(Bool.of()).reset(false);
    Bool accept = full.not().or(words.ready()).or(enable.not());
    rows.ready().set(accept);
    Bool ends = rowsLeft.eq(1);
    Bool completes = place.eq(places - 1L).or(ends);
    when(
            start,
            () -> {
              rowsLeft.set(rowCount.extend(rowsLeft.width()));
              place.set(0);
              parts.elements().forEach(part -> part.set(0));
            })
        .elseWhen(
            rows.fires(),
            () -> {
              rowsLeft.set(rowsLeft.minusWrap(1));
              place.set(mux(completes, UInt.literal(0, place.width()), place.plusWrap(1)));
              for (int i = 0; i < places; i++) {
                UInt part = parts.get(i);
                // A new word begins with its other places empty.
                when(place.eq(i), () -> part.set(row)).elseWhen(place.eq(0), () -> part.set(0));
              }
            });
    when(accept, () -> full.set(rows.valid().and(completes).and(enable)));
    words.valid().set(full);
    List<UInt> highFirst = new ArrayList<>(parts.elements());
    Collections.reverse(highFirst);
    words.payload().set(pack(Vec.from(highFirst)));
  }

  /** A row makes one word or more; words beyond the last token are dropped. */
  private void split(UInt row) {
    int perRow = row.width() / WORD_BITS;
    List<UInt> parts = new ArrayList<>();
    for (int i = 0; i < perRow; i++) {
      parts.add(row.bits(WORD_BITS * i + WORD_BITS - 1, WORD_BITS * i));
    }
    int wordShift = Integer.numberOfTrailingZeros(WORD_BITS);
    UInt wordCount = tokens.plus(WORD_BITS - 1L).shiftRight(wordShift);
    UInt wordsLeft = register(UInt.of(wordCount.width())).reset(0);
    UInt place = register(UInt.index(perRow)).reset(0);
    Bool wanted = enable.and(wordsLeft.ne(0));
    Bool last = place.eq(perRow - 1L);
    Bool steps = rows.valid().and(wanted.not().or(words.ready()));
    when(
            start,
            () -> {
              wordsLeft.set(wordCount);
              place.set(0);
            })
        .elseWhen(
            steps,
            () -> {
              place.set(mux(last, UInt.literal(0, place.width()), place.plusWrap(1)));
              when(wordsLeft.ne(0), () -> wordsLeft.set(wordsLeft.minusWrap(1)));
            });
    rows.ready().set(steps.and(last));
    words.valid().set(rows.valid().and(wanted));
    words.payload().set(Vec.from(parts).get(place));
  }
}
