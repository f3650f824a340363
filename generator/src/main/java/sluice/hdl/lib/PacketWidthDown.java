package sluice.hdl.lib;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * Splits the wide words of packets into narrow ones, the low bits first; of a partial word, only
 * what is there. No latency; a narrow word a cycle; the wide word is taken with its last narrow
 * one.
 */
public final class PacketWidthDown extends Module {
  /** Wide words of packets; each is taken with its last narrow one. */
  public final Stream<PacketWidthUp.Wide> in;

  /** The narrow words of the same packets. */
  public final Stream<PacketWidthUp.Narrow> out;

  /**
   * @param narrow bits of an output word
   * @param ratio narrow words in a wide one, at least 2
   */
  public PacketWidthDown(int narrow, int ratio) {
    super("packet_width_down" + narrow * Math.max(ratio, 0) + "to" + narrow);
    Parameter.of("PacketWidthDown", "narrow", narrow).atLeast(1);
    Parameter.of("PacketWidthDown", "ratio", ratio).atLeast(2);
    describe(
        "Splits words of %d bits of a packet into up to %d, the lowest first."
            .formatted(narrow * ratio, ratio));
    in = input(Stream.of(PacketWidthUp.Wide.of(narrow, ratio)));
    out = output(Stream.of(PacketWidthUp.Narrow.of(narrow)));

    PacketWidthUp.Wide wide = in.payload();
    UInt place = register(UInt.index(ratio)).reset(0);
    List<UInt> words = new ArrayList<>();
    List<Bool> ends = new ArrayList<>();
    for (int i = 0; i < ratio; i++) {
      words.add(wide.data().bits(narrow * i + narrow - 1, narrow * i));
      ends.add(i == ratio - 1 ? Bool.literal(true) : wide.keep().bit(i + 1).not());
    }
    Bool last = Vec.from(ends).get(place);
    when(
        out.fires(),
        () -> when(last, () -> place.set(0)).otherwise(() -> place.set(place.plusWrap(1))));

    out.valid().set(in.valid());
    out.payload().data().set(Vec.from(words).get(place));
    out.payload().last().set(wide.last().and(last));
    in.ready().set(out.ready().and(last));
  }
}
