package sluice.hdl.lib;

import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.UInt;

/**
 * Counts cycles down to 0 and stays there. What it is started with in one cycle, it holds in the
 * next one; so it {@linkplain #isRunning() runs} for as many cycles as it was started with, from
 * the next one on.
 *
 * <pre>{@code
 * UInt cyclesLeft = register(UInt.upTo(1000)).reset(0);
 * Timer timeout = new Timer(cyclesLeft);
 * when(request.fires(), () -> timeout.start(1000));
 * when(timeout.isLast(), () -> state.set(State.FAILED));
 * }</pre>
 *
 * It is made outside of all {@code when}s; starting it again counts anew.
 */
public final class Timer {
  private final UInt remaining;

  /**
   * @param remaining a register with the reset value 0, wide enough for the longest time
   */
  public Timer(UInt remaining) {
    this.remaining = remaining;
    Module.when(isRunning(), () -> remaining.set(remaining.minusWrap(1)));
  }

  /** Runs for a number of cycles, 0 for none, under the conditions of the surrounding whens. */
  public void start(UInt cycles) {
    remaining.set(cycles);
  }

  /** Runs for a number of cycles, under the conditions of the surrounding whens. */
  public void start(long cycles) {
    remaining.set(cycles);
  }

  /** Stops at once: it does not run in the next cycle. */
  public void stop() {
    remaining.set(0);
  }

  /** High in the cycles of the time. */
  public Bool isRunning() {
    return remaining.ne(0);
  }

  /** High in the last cycle of the time. */
  public Bool isLast() {
    return remaining.eq(1);
  }

  /** Cycles of the time that are left, this one included. */
  public UInt remaining() {
    return remaining;
  }
}
