package sluice.cosim.dram;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A master that keeps reads in flight at a DRAM channel: at most one request a cycle of the port,
 * and answers of a beat a cycle, whole bursts, the one that is ready first.
 *
 * @param bytes of a read
 * @param inFlight reads outstanding
 * @param addresses where the next read begins
 */
record DramTraffic(
    DramConfig config, int portMhz, int bytes, int inFlight, LongSupplier addresses) {

  /** Runs for some cycles of the port, and tells what the channel has done. */
  DramReport run(long cycles) {
    Dram dram = new Dram(config, portMhz);
    int beatBytes = config.get(DramConfig.Parameter.BURST_BYTES);
    List<DramAccess> waiting = new ArrayList<>();
    DramAccess shown = null;
    int beatsLeft = 0;
    for (long cycle = 0; cycle < cycles; cycle++) {
      dram.advance(cycle);
      if (beatsLeft == 0) {
        shown = null;
        for (DramAccess each : waiting) {
          if (each.answer() <= cycle && (shown == null || each.answer() < shown.answer())) {
            shown = each;
          }
        }
        beatsLeft = shown == null ? 0 : bytes / beatBytes;
      }
      if (shown != null && --beatsLeft == 0) {
        waiting.remove(shown);
      }
      if (waiting.size() < inFlight && dram.hasRoom(false)) {
        DramAccess access = new DramAccess(addresses.getAsLong(), bytes, false);
        dram.accept(access);
        waiting.add(access);
      }
    }
    return dram.report();
  }
}
