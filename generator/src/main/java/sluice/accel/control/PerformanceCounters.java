package sluice.accel.control;

import java.util.LinkedHashMap;
import java.util.Map;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.UInt;

/**
 * Counters of a job, of 32 bits, called as in {@link sluice.layout.RegisterMap}. Each adds its
 * amount every cycle.
 */
public final class PerformanceCounters extends Module {
  private static final int BITS = 32;

  /** Begins a job: all counters become 0. */
  public final Bool clear = input(Bool.of());

  private final Map<String, UInt> amounts = new LinkedHashMap<>();
  private final Map<String, UInt> totals = new LinkedHashMap<>();

  /**
   * @param counters name of each counter and the type of what it adds a cycle
   */
  public PerformanceCounters(Map<String, UInt> counters) {
    describe("Performance counters of a job: each adds its amount every cycle.");
    counters.forEach(
        (name, type) -> {
          String port = name.toLowerCase(java.util.Locale.ROOT);
          UInt amount = input(UInt.of(type.width()), "add_" + port);
          UInt total = output(UInt.of(BITS), port);
          UInt count = register(UInt.of(BITS)).reset(0).named(port + "_count");
          when(clear, () -> count.set(0))
              .otherwise(() -> count.set(count.plusWrap(amount.resize(BITS))));
          total.set(count);
          amounts.put(name, amount);
          totals.put(name, total);
        });
  }

  /** What a counter adds in this cycle; to be assigned. */
  public UInt amount(String name) {
    return amounts.get(name);
  }

  /** The value of a counter. */
  public UInt total(String name) {
    return totals.get(name);
  }
}
