package sluice.cosim;

/**
 * How a testbench's memories answer.
 *
 * @param model of the memories
 * @param seed of everything random
 */
public record MemoryTiming(MemoryModel model, long seed) {

  /** Every answer after the same time, a beat a cycle. */
  public static MemoryTiming ideal(int latency) {
    return new MemoryTiming(new MemoryModel.Ideal(latency), 1);
  }

  /** Random latencies, stalls and orders. */
  public static MemoryTiming random(int most, long seed) {
    return new MemoryTiming(new MemoryModel.Random(1, most), seed);
  }

  /** DRAM of a name, at the clock that suits it. */
  public static MemoryTiming dram(String name) {
    return new MemoryTiming(MemoryModel.Dram.named(name), 1);
  }

  /** Whether stalls and orders are random. */
  public boolean isRandom() {
    return model instanceof MemoryModel.Random;
  }

  @Override
  public String toString() {
    return "--memory %s --seed %d".formatted(model.text(), seed);
  }
}
