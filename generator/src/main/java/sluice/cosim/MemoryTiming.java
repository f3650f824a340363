package sluice.cosim;

import java.util.List;
import java.util.Locale;

/**
 * How a testbench's memories answer.
 *
 * @param leastLatency cycles from a request, or a write's last beat, to its first answer
 * @param mostLatency that of the random model; of the ideal one the same as the least
 * @param seed of everything random
 */
public record MemoryTiming(Model model, int leastLatency, int mostLatency, long seed) {

  /** A model of memories. */
  public enum Model {
    /** Fixed latency, a beat a cycle each way. */
    IDEAL,
    /** Random latencies, stalls and orders, in all that AXI4 allows. */
    RANDOM
  }

  /** Every answer after the same time, a beat a cycle. */
  public static MemoryTiming ideal(int latency) {
    return new MemoryTiming(Model.IDEAL, latency, latency, 1);
  }

  /** Random latencies, stalls and orders. */
  public static MemoryTiming random(int most, long seed) {
    return new MemoryTiming(Model.RANDOM, 1, most, seed);
  }

  /** Whether stalls and orders are random. */
  public boolean isRandom() {
    return model == Model.RANDOM;
  }

  /** The options of the testbench under Verilator. */
  List<String> options() {
    return List.of(
        "--memory",
        model.name().toLowerCase(Locale.ROOT),
        "--latency",
        leastLatency + ":" + mostLatency,
        "--seed",
        Long.toString(seed));
  }
}
