package sluice.hdl.lib;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * Gathers narrow words into wide ones, the first in the low bits. One cycle from the last narrow
 * word to the wide one; full rate.
 */
public final class WidthUp extends Module {
  /** Narrow words. */
  public final Stream<UInt> in;

  /** Wide words, each of {@code ratio} narrow ones; registers. */
  public final Stream<UInt> out;

  /**
   * @param narrow bits of an input word
   * @param ratio narrow words in a wide one, a power of two
   */
  public WidthUp(int narrow, int ratio) {
    super("width_up" + narrow + "to" + narrow * ratio);
    Parameter.of("WidthUp", "narrow", narrow).atLeast(1);
    Parameter.of("WidthUp", "ratio", ratio).powerOfTwo(1);
    describe("Gathers " + ratio + " words of " + narrow + " bits into one, the first lowest.");
    in = input(Stream.of(UInt.of(narrow)));
    out = output(Stream.of(UInt.of(narrow * ratio)));

    Bool full = register(Bool.of()).reset(false);
    UInt place = register(UInt.index(ratio)).reset(0);
    Vec<UInt> words = register(Vec.of(ratio, UInt.of(narrow)));
    Bool accept = full.not().or(out.ready());
    in.ready().set(accept);
    Bool last = place.eq(ratio - 1L);
    when(
        in.fires(),
        () -> {
          place.set(ratio == 1 ? UInt.literal(0, 1) : place.plusWrap(1));
          words.set(place, in.payload());
        });
    when(accept, () -> full.set(in.valid().and(last)));

    out.valid().set(full);
    List<UInt> highFirst = new ArrayList<>(words.elements());
    Collections.reverse(highFirst);
    out.payload().set(pack(Vec.from(highFirst)));
  }
}
