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
 * Splits wide words into narrow ones, the low bits first. No latency; a narrow word a cycle; the
 * wide word is taken with its last narrow one.
 */
public final class WidthDown extends Module {
  /** Wide words; each is taken with its last narrow one. */
  public final Stream<UInt> in;

  /** Narrow words, {@code ratio} of each wide one. */
  public final Stream<UInt> out;

  /**
   * @param narrow bits of an output word
   * @param ratio narrow words in a wide one, a power of two of at least 2
   */
  public WidthDown(int narrow, int ratio) {
    super("width_down" + narrow * ratio + "to" + narrow);
    Parameter.of("WidthDown", "narrow", narrow).atLeast(1);
    Parameter.of("WidthDown", "ratio", ratio).powerOfTwo(2);
    describe("Splits words of " + narrow * ratio + " bits into " + ratio + ", the lowest first.");
    in = input(Stream.of(UInt.of(narrow * ratio)));
    out = output(Stream.of(UInt.of(narrow)));

    List<UInt> words = new ArrayList<>();
    for (int i = 0; i < ratio; i++) {
      words.add(in.payload().bits(narrow * i + narrow - 1, narrow * i));
    }
    UInt place = register(UInt.index(ratio)).reset(0);
    Bool last = place.eq(ratio - 1L);
    when(out.fires(), () -> place.set(place.plusWrap(1)));

    out.valid().set(in.valid());
    out.payload().set(Vec.from(words).get(place));
    in.ready().set(out.ready().and(last));
  }
}
