package sluice.hdl.lib;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.Bool;
import sluice.hdl.Data;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/** Lists of signals of which at most one is high, and priorities. All within the cycle. */
public final class OneHot {
  private OneHot() {}

  /** The first signal that is high, alone. */
  public static List<Bool> first(List<Bool> signals) {
    List<Bool> result = new ArrayList<>();
    for (int i = 0; i < signals.size(); i++) {
      Bool signal = signals.get(i);
      result.add(
          i == 0 ? signal : signal.andNot(BalancedTree.reduce(signals.subList(0, i), Bool::or)));
    }
    return result;
  }

  /** The index of the one signal that is high; 0 if none is. */
  public static UInt index(List<Bool> oneHot) {
    int width = UInt.index(oneHot.size()).width();
    List<Bool> highFirst = new ArrayList<>();
    for (int bit = width - 1; bit >= 0; bit--) {
      List<Bool> ofBit = new ArrayList<>();
      for (int i = 0; i < oneHot.size(); i++) {
        if ((i >> bit & 1) == 1) {
          ofBit.add(oneHot.get(i));
        }
      }
      highFirst.add(ofBit.isEmpty() ? Bool.literal(false) : BalancedTree.reduce(ofBit, Bool::or));
    }
    return Module.pack(Vec.from(highFirst));
  }

  /** A signal for each index below {@code count}: high at the given one. */
  public static List<Bool> of(UInt index, int count) {
    List<Bool> result = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      result.add(index.eq(i));
    }
    return result;
  }

  /** The value beside the one signal that is high; the last if none is. */
  public static <T extends Data> T choose(List<Bool> oneHot, List<T> values) {
    T result = values.get(values.size() - 1);
    for (int i = values.size() - 2; i >= 0; i--) {
      result = Module.mux(oneHot.get(i), values.get(i), result);
    }
    return result;
  }
}
