package sluice.hdl.sim;

import java.util.List;

/**
 * What happened on a stream, outside of reset.
 *
 * @param transfers cycles in which a value was transferred
 * @param stalled cycles in which a value was offered and not taken
 * @param starved cycles in which one could have been taken and none was offered
 * @param longestStall most cycles that one value waited
 * @param first cycle of the first transfer, -1 without any
 * @param last cycle of the last transfer, -1 without any
 */
public record StreamStatistics(
    long transfers, long stalled, long starved, long longestStall, long first, long last) {

  /** Transfers a cycle from the first transfer to the last; 0 without any. */
  public double throughput() {
    return transfers == 0 ? 0 : (double) transfers / (last - first + 1);
  }

  /**
   * Cycles between what goes in and what comes out of a circuit that gives a value for each one it
   * takes, in order.
   *
   * @param least of any value
   * @param most of any value
   * @param mean of all values
   */
  public record Latency(long least, long most, double mean) {

    /**
     * The latency of the values that came out so far.
     *
     * @throws IllegalArgumentException if there are none, or more than went in
     */
    public static Latency between(StreamDriver driver, StreamSink sink) {
      List<Long> sent = driver.transferCycles();
      List<Long> received = sink.transferCycles();
      if (received.isEmpty() || received.size() > sent.size()) {
        throw new IllegalArgumentException(
            received.size() + " values out of " + sent.size() + " have no latency");
      }
      long least = Long.MAX_VALUE;
      long most = 0;
      long sum = 0;
      for (int i = 0; i < received.size(); i++) {
        long cycles = received.get(i) - sent.get(i);
        least = Math.min(least, cycles);
        most = Math.max(most, cycles);
        sum += cycles;
      }
      return new Latency(least, most, (double) sum / received.size());
    }
  }
}
