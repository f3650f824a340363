package sluice.cosim;

import java.io.IOException;
import sluice.cosim.dram.DramConfig;
import sluice.cosim.dram.DramConfig.Parameter;

/** What stands behind the accelerator's memory ports in a testbench. */
public sealed interface MemoryModel {

  /** As {@link #parse} reads it. */
  String text();

  /**
   * Every answer after the same time, a beat a cycle each way.
   *
   * @param latency cycles from a request, or a write's last beat, to its first answer
   */
  record Ideal(int latency) implements MemoryModel {
    @Override
    public String text() {
      return "ideal:" + latency;
    }
  }

  /**
   * Random latencies, stalls and orders, in all that AXI4 allows.
   *
   * @param least fewest cycles from a request, or a write's last beat, to its first answer
   * @param most most cycles; others add to it
   */
  record Random(int least, int most) implements MemoryModel {
    @Override
    public String text() {
      return "random:%d:%d".formatted(least, most);
    }
  }

  /**
   * A DRAM channel behind each channel port; the host's memory is ideal, with a latency of {@link
   * #HOST_LATENCY}. A burst is answered as a whole, and those with other IDs as they become ready.
   *
   * @param name of the memory: a name of its own, or a file
   * @param clock of the accelerator, in MHz
   */
  record Dram(String name, DramConfig config, int clock) implements MemoryModel {

    /** Latency of the host's memory, in cycles. */
    public static final int HOST_LATENCY = 100;

    /** The memory at the clock that its description names. */
    public static Dram named(String name) {
      DramConfig config = DramConfig.named(name);
      return new Dram(name, config, config.get(Parameter.ACCELERATOR_MHZ));
    }

    @Override
    public String text() {
      return name + ":" + clock;
    }
  }

  /** That of the host's memory, where this is that of the channels. */
  default MemoryModel ofHost() {
    return this instanceof Dram ? new Ideal(Dram.HOST_LATENCY) : this;
  }

  /**
   * Reads a model from a command line: {@code ideal:LATENCY}, {@code random:MIN:MAX}, the name of a
   * DRAM or a file that describes one, also with {@code :MHZ}, the accelerator's clock.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  static MemoryModel parse(String text) throws IOException {
    return MemoryModelReader.read(text);
  }
}
