package sluice.hdl.sim;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import sluice.hdl.netlist.Clock;

/** What resets registers: ports of the top module, which the test sets, and signals. */
final class ResetSources {
  private final Hierarchy hierarchy;
  private final Program program;

  /** The number of each source; the keys have a port or a signal as their reset. */
  private final Map<Clock, Integer> numbers = new IdentityHashMap<>();

  /** Where each source's signal is; -1 for a port. */
  private int[] signals = new int[0];

  private boolean[] active = new boolean[0];

  ResetSources(Hierarchy hierarchy, Program program) {
    this.hierarchy = hierarchy;
    this.program = program;
  }

  /** The number of what resets the registers of a clock. */
  int of(Clock clock) {
    Clock owner = hierarchy.resetOwner(clock);
    return numbers.computeIfAbsent(
        owner,
        o -> {
          int number = signals.length;
          signals = Arrays.copyOf(signals, number + 1);
          active = Arrays.copyOf(active, number + 1);
          signals[number] = o.reset() == null ? -1 : program.slotsOf(o.reset())[0];
          return number;
        });
  }

  /** Sets a reset that is a port. */
  void set(Clock port, boolean isActive) {
    int number = of(port);
    active[number] = isActive;
  }

  /** Whether each reset is active, by its number, with the values as they are. */
  boolean[] active(long[] v) {
    for (int i = 0; i < signals.length; i++) {
      if (signals[i] >= 0) {
        active[i] = v[signals[i]] != 0;
      }
    }
    return active;
  }
}
