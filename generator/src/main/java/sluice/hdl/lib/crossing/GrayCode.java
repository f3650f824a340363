package sluice.hdl.lib.crossing;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * The reflected binary code, in which numbers that follow each other, the last and the first too,
 * differ in one bit. All within the cycle.
 */
public final class GrayCode {
  private GrayCode() {}

  /** The code of a number, of the same width. */
  public static UInt encode(UInt number) {
    return number.width() == 1 ? number : number.xor(number.shiftRight(1).extend(number.width()));
  }

  /** The number of a code, of the same width. */
  public static UInt decode(UInt code) {
    List<Bool> highFirst = new ArrayList<>();
    for (int bit = code.width() - 1; bit >= 0; bit--) {
      Bool here = code.bit(bit);
      highFirst.add(highFirst.isEmpty() ? here : here.xor(highFirst.get(highFirst.size() - 1)));
    }
    return Module.pack(Vec.from(highFirst));
  }
}
