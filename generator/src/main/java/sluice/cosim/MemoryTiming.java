package sluice.cosim;

import java.util.List;

/**
 * How the testbench's memories answer.
 *
 * @param model {@code ideal} or {@code random}
 * @param latency cycles: a number, or {@code MIN:MAX} for the random model
 * @param seed of everything random
 */
public record MemoryTiming(String model, String latency, long seed) {

  /** Every answer after the same time, a beat a cycle. */
  public static MemoryTiming ideal(int latency) {
    return new MemoryTiming("ideal", Integer.toString(latency), 1);
  }

  /** Random latencies, stalls and orders. */
  public static MemoryTiming random(int most, long seed) {
    return new MemoryTiming("random", "1:" + most, seed);
  }

  List<String> options() {
    return List.of("--memory", model, "--latency", latency, "--seed", Long.toString(seed));
  }
}
