package sluice.hdl.lib;

import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.UInt;

/**
 * A register that walks through the indices of a fixed number of places, and from the last on to
 * the first.
 */
public final class CyclicIndex {
  private final UInt value;
  private final int count;

  /**
   * @param value a register of the type {@code UInt.index(count)}
   * @param count number of places
   */
  public CyclicIndex(UInt value, int count) {
    this.value = value;
    this.count = count;
  }

  /** The index. */
  public UInt value() {
    return value;
  }

  /** Whether the index is the last. */
  public Bool isLast() {
    return value.eq(count - 1L);
  }

  /** Goes on to the next index, under the conditions of the surrounding {@code when}s. */
  public void advance() {
    if (Integer.bitCount(count) == 1 && count > 1) {
      value.set(value.plusWrap(1));
    } else {
      value.set(Module.mux(isLast(), UInt.literal(0, value.width()), value.plusWrap(1)));
    }
  }
}
