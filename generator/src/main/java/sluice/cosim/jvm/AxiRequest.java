package sluice.cosim.jvm;

import sluice.cosim.SimulationException;

/**
 * The payload of an AR or AW channel.
 *
 * @param length AxLEN: beats - 1
 */
record AxiRequest(
    long address, int id, int length, int size, int burst, int lock, int cache, int prot, int qos) {
  private static final int BOUNDARY = 4096;
  private static final int INCR = 1;

  int beats() {
    return length + 1;
  }

  /** Where a beat is; the bus is so many bytes wide. */
  long beatAddress(int beat, int beatBytes) {
    return (address & -(long) beatBytes) + (long) beat * beatBytes;
  }

  /**
   * Fails unless the burst is one that a full-width INCR-only master may send: AxSIZE the width of
   * the bus, no exclusive access, no 4 KiB boundary crossed, all of it in the memory.
   *
   * @param channel AR or AW
   */
  void check(BusMemory memory, String channel, int beatBytes) throws SimulationException {
    String name = memory.name();
    Check.that(
        1 << size == beatBytes,
        "%s: %s: size %d is not the full width of %d bytes",
        name,
        channel,
        size,
        beatBytes);
    Check.that(burst == INCR, "%s: %s: burst type %d is not INCR", name, channel, burst);
    Check.that(lock == 0, "%s: %s: exclusive access", name, channel);
    long first = beatAddress(0, beatBytes);
    long last = first + (long) beats() * beatBytes - 1;
    Check.that(
        first / BOUNDARY == last / BOUNDARY,
        "%s: %s: burst of %d beats at 0x%x crosses a 4 KiB boundary",
        name,
        channel,
        beats(),
        address);
    for (int beat = 0; beat < beats(); beat++) {
      long at = beatAddress(beat, beatBytes);
      Check.that(
          memory.contains(at, beatBytes) || memory.response(at, beatBytes) != BusMemory.OKAY,
          "%s: %s: burst of %d beats at 0x%x is outside the memory of 0x%x bytes",
          name,
          channel,
          beats(),
          address,
          memory.bytes());
    }
  }
}
