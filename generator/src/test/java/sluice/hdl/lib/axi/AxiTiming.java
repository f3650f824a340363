package sluice.hdl.lib.axi;

/**
 * How a memory under test behaves in time.
 *
 * @param stall probability that it does not offer, or does not take, something in a cycle
 * @param latency most cycles between a burst and its answer; each is random
 * @param seed of all that is random
 */
public record AxiTiming(double stall, int latency, long seed) {

  /** Takes and answers everything at once. */
  public static AxiTiming ideal() {
    return new AxiTiming(0, 0, 1);
  }

  /** Stalls half of the time, with a latency of up to 40 cycles. */
  public static AxiTiming random(long seed) {
    return new AxiTiming(0.5, 40, seed);
  }

  AxiTiming forPort(int number) {
    return new AxiTiming(stall, latency, seed * 31 + number);
  }
}
