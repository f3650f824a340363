package sluice.hdl.lib;

import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.Parameter;
import sluice.hdl.UInt;

/**
 * A register that counts from 0 to {@code count - 1}, and from there on from 0 again. It changes at
 * the end of a cycle in which one of its operations holds, each under the conditions of the
 * surrounding {@code when}s; of several that hold, the one that was written last.
 *
 * <pre>{@code
 * UInt beat = register(UInt.index(12)).reset(0);
 * Counter beats = new Counter(beat, 12);
 * Bool done = beats.advanceWhen(words.fires());
 * when(abort, beats::clear);
 * }</pre>
 */
public final class Counter {
  private final UInt value;
  private final long count;

  /**
   * @param value a register of the type {@code UInt.index(count)}
   * @param count values that it takes, at least 1
   */
  public Counter(UInt value, long count) {
    Parameter.of("Counter", "count", count).atLeast(1);
    int width = UInt.index(count).width();
    Parameter.of("Counter", "the width of value", value.width())
        .require(
            value.width() == width,
            width + " for a count of " + count,
            "declare its register as UInt.index(" + count + ")");
    this.value = value;
    this.count = count;
  }

  /** The number that it is at. */
  public UInt value() {
    return value;
  }

  /** Whether it is at 0. */
  public Bool isFirst() {
    return value.isZero();
  }

  /** Whether it is at {@code count - 1}. */
  public Bool isLast() {
    return value.eq(count - 1);
  }

  /** Goes on to the next number, from the last to 0. */
  public void advance() {
    if (wrapsByItself()) {
      value.set(value.plusWrap(1));
    } else {
      value.set(Module.mux(isLast(), UInt.literal(0, value.width()), value.plusWrap(1)));
    }
  }

  /** Goes back to the number before, from 0 to the last. */
  public void retreat() {
    if (wrapsByItself()) {
      value.set(value.minusWrap(1));
    } else {
      UInt last = UInt.literal(count - 1, value.width());
      value.set(Module.mux(isFirst(), last, value.minusWrap(1)));
    }
  }

  /**
   * Advances in the cycles in which a signal is high.
   *
   * @return high in the cycles in which it goes from the last number to 0
   */
  public Bool advanceWhen(Bool enable) {
    Module.when(enable, this::advance);
    return enable.and(isLast());
  }

  /** Goes to 0. */
  public void clear() {
    value.set(0);
  }

  /** Goes to a number, which is below {@code count}. */
  public void load(UInt number) {
    value.set(number);
  }

  private boolean wrapsByItself() {
    return Long.bitCount(count) == 1 && count > 1;
  }
}
