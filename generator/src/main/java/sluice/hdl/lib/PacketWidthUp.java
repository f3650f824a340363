package sluice.hdl.lib;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * Gathers the narrow words of packets into wide ones, the first in the low bits. A packet begins
 * with a wide word of its own; its last one may be partial. One cycle from the last narrow word of
 * a wide one to that; full rate.
 */
public final class PacketWidthUp extends Module {

  /**
   * A narrow word.
   *
   * @param last whether it ends its packet
   */
  public record Narrow(UInt data, Bool last) implements Bundle {
    /** The type of a word. */
    public static Narrow of(int bits) {
      return new Narrow(UInt.of(bits), Bool.of());
    }
  }

  /**
   * A wide word.
   *
   * @param data narrow words side by side, the first in the low bits; those that are not there are
   *     undefined
   * @param keep a bit for each narrow word, high if it is there: bit 0, and from there up without a
   *     gap
   * @param last whether it ends its packet
   */
  public record Wide(UInt data, UInt keep, Bool last) implements Bundle {
    /** The type of a word of {@code ratio} narrow words. */
    public static Wide of(int narrow, int ratio) {
      return new Wide(UInt.of(narrow * ratio), UInt.of(ratio), Bool.of());
    }
  }

  /** Narrow words of packets. */
  public final Stream<Narrow> in;

  /** The wide words of the same packets; registers. */
  public final Stream<Wide> out;

  /**
   * @param narrow bits of an input word
   * @param ratio narrow words in a wide one, at least 2
   */
  public PacketWidthUp(int narrow, int ratio) {
    super("packet_width_up" + narrow + "to" + narrow * Math.max(ratio, 0));
    Parameter.of("PacketWidthUp", "narrow", narrow).atLeast(1);
    Parameter.of("PacketWidthUp", "ratio", ratio).atLeast(2);
    describe(
        "Gathers up to %d words of %d bits of a packet into one, the first lowest.\nLatency: 1 cycle from the last of them; full rate."
            .formatted(ratio, narrow));
    in = input(Stream.of(Narrow.of(narrow)));
    out = output(Stream.of(Wide.of(narrow, ratio)));

    Bool full = register(Bool.of()).reset(false);
    UInt place = register(UInt.index(ratio)).reset(0);
    Vec<UInt> words = register(Vec.of(ratio, UInt.of(narrow)));
    UInt keep = register(UInt.of(ratio));
    Bool last = register(Bool.of());

    Narrow word = in.payload();
    Counter places = new Counter(place, ratio);
    Bool accept = full.not().or(out.ready());
    Bool ends = word.last().or(places.isLast());
    UInt kept = mux(places.isFirst(), UInt.literal(0, ratio - 1), keep.truncate(ratio - 1));
    in.ready().set(accept);
    when(
        in.fires(),
        () -> {
          words.set(place, word.data());
          keep.set(kept.concat(UInt.literal(1)));
          last.set(word.last());
          when(ends, places::clear).otherwise(() -> place.set(place.plusWrap(1)));
        });
    when(accept, () -> full.set(in.valid().and(ends)));

    out.valid().set(full);
    List<UInt> highFirst = new ArrayList<>(words.elements());
    Collections.reverse(highFirst);
    out.payload().data().set(pack(Vec.from(highFirst)));
    out.payload().keep().set(keep);
    out.payload().last().set(last);
  }
}
