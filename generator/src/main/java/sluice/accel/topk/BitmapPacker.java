package sluice.accel.topk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.Queue;

/**
 * Packs rows of picks into the words of selection bitmaps, one for each head: token t is bit t mod
 * 64 of word t / 64; ceil(n / 64) words. Without a bitmap the rows are swallowed.
 */
public final class BitmapPacker extends Module {
  private static final int WORD_BITS = AcceleratorConfig.HOST_BITS;

  /**
   * A head.
   *
   * @param tokens of the sequence
   * @param wanted whether words are
   */
  public record BitmapHead(UInt tokens, Bool wanted) implements Bundle {

    /** The type for a configuration. */
    public static BitmapHead type(AcceleratorConfig config) {
      return new BitmapHead(new SignalTypes(config).tokens(), Bool.of());
    }
  }

  /** Heads in order, before their rows; as many wait as there are heads in flight. */
  public final Stream<BitmapHead> heads;

  /** One row of picks after the other, the lowest token first. */
  public final Stream<PickRow> rows;

  public final Stream<UInt> words;

  /** The head whose rows come. */
  private final Stream<BitmapHead> current;

  public BitmapPacker(AcceleratorConfig config) {
    describe("Packs rows of picks into the words of selection bitmaps.");
    heads = input(Stream.of(BitmapHead.type(config)));
    rows = input(Stream.of(PickRow.type(config)));
    words = output(Stream.of(UInt.of(WORD_BITS)));

    Queue<BitmapHead> waiting =
        instance(new Queue<>(BitmapHead.type(config), AcceleratorConfig.HEADS_IN_FLIGHT));
    heads.to(waiting.in);
    current = waiting.out;
    List<Bool> highFirst = new ArrayList<>(rows.payload().picked().elements());
    Collections.reverse(highFirst);
    UInt row = pack(Vec.from(highFirst));
    if (config.rowTokens() < WORD_BITS) {
      gather(row);
    } else {
      split(row);
    }
    current.ready().set(rows.fires().and(rows.payload().last()));
  }

  /** Several rows make a word; the last word of a head may be partial. */
  private void gather(UInt row) {
    int rowTokens = row.width();
    int places = WORD_BITS / rowTokens;
    UInt place = register(UInt.index(places)).reset(0);
    Vec<UInt> parts = register(Vec.of(places, UInt.of(rowTokens)));
    Bool full = register(Bool.of()).reset(false);
    Bool accept = full.not().or(words.ready());
    rows.ready().set(accept.and(current.valid()));
    Bool taken = rows.fires();
    Bool completes = place.eq(places - 1L).or(rows.payload().last());
    when(
        taken,
        () -> {
          place.set(mux(completes, UInt.literal(0, place.width()), place.plusWrap(1)));
          for (int i = 0; i < places; i++) {
            UInt part = parts.get(i);
            // A new word begins with its other places empty.
            when(place.eq(i), () -> part.set(row)).elseWhen(place.eq(0), () -> part.set(0));
          }
        });
    when(accept, () -> full.set(taken.and(completes).and(current.payload().wanted())));
    words.valid().set(full);
    List<UInt> highFirst = new ArrayList<>(parts.elements());
    Collections.reverse(highFirst);
    words.payload().set(pack(Vec.from(highFirst)));
  }

  /** A row makes one word or more; words beyond the last token are left out. */
  private void split(UInt row) {
    int perRow = row.width() / WORD_BITS;
    List<UInt> parts = new ArrayList<>();
    for (int i = 0; i < perRow; i++) {
      parts.add(row.bits(WORD_BITS * i + WORD_BITS - 1, WORD_BITS * i));
    }
    UInt lastToken = current.payload().tokens().minusWrap(1);
    UInt place = register(UInt.index(perRow)).reset(0);
    Bool endsRow = place.eq(perRow - 1L);
    if (perRow > 1) {
      int wordShift = Integer.numberOfTrailingZeros(WORD_BITS);
      UInt lastPlace = lastToken.shiftRight(wordShift).truncate(place.width());
      endsRow = endsRow.or(rows.payload().last().and(place.eq(lastPlace)));
    }
    Bool ends = endsRow;
    Bool present = rows.valid().and(current.valid());
    Bool wanted = current.payload().wanted();
    Bool steps = present.and(wanted.not().or(words.ready()));
    when(
        steps,
        () ->
            place.set(
                mux(ends.or(wanted.not()), UInt.literal(0, place.width()), place.plusWrap(1))));
    rows.ready().set(current.valid().and(wanted.not().or(words.ready().and(ends))));
    words.valid().set(present.and(wanted));
    words.payload().set(Vec.from(parts).get(place));
  }
}
