package sluice.cosim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.cosim.dram.DramConfig;
import sluice.golden.MemoryImage;

/**
 * The testbench of the JVM simulator and that of Verilator do the same in every cycle: runs of
 * random jobs take the same cycles, read the same registers, counters among them, and leave the
 * same bytes, with memories that stall on every AXI channel by the same seed.
 */
class TestbenchesIT {
  private static final int SEEDS = 12;

  @ParameterizedTest
  @ValueSource(strings = {Simulators.TINY, Simulators.CHANNELS})
  void runsTakeTheSameCycles(String shape) throws IOException {
    Testbench verilator = Simulators.build(shape);
    Testbench jvm = Simulators.inJvm(shape);
    for (long seed = 1; seed <= SEEDS; seed++) {
      MemoryTiming timing = timing(seed);
      JobMemory memory = RandomJobs.of(verilator.config(), seed);
      AcceleratorRun expected = memory.run(verilator, program(memory), timing);
      AcceleratorRun actual = memory.run(jvm, program(memory), timing);
      assertThat(actual.registers()).as("seed %d", seed).isEqualTo(expected.registers());
      assertThat(actual.cycles()).as("cycles, seed %d", seed).isEqualTo(expected.cycles());
      assertThat(actual.memories()).as("seed %d", seed).isEqualTo(expected.memories());
      assertSame(actual.host(), expected.host());
      List<MemoryImage> channels = actual.cache().channels();
      for (int c = 0; c < channels.size(); c++) {
        assertSame(channels.get(c), expected.cache().channels().get(c));
      }
    }
  }

  /** DRAM at three clocks, an ideal memory, and mostly random ones. */
  private static MemoryTiming timing(long seed) {
    return switch ((int) seed % 6) {
      case 0 -> MemoryTiming.ideal((int) seed);
      case 1 -> MemoryTiming.dram(seed % 4 == 1 ? "hbm2" : "ddr4");
      case 2 -> new MemoryTiming(dram("hbm2", 450 + (int) seed), seed);
      default -> MemoryTiming.random((int) (seed * seed), seed);
    };
  }

  private static MemoryModel dram(String name, int clock) {
    return new MemoryModel.Dram(name, DramConfig.named(name), clock);
  }

  /** Jobs one by one: by interrupt, by polling, or rung while another one is at work. */
  private static DriverProgram program(JobMemory memory) {
    DriverProgram program = memory.setUp();
    int jobs = memory.descriptors().size();
    for (int tail = 1; tail <= jobs; tail++) {
      program.write("RING_TAIL", tail);
      switch (tail % 3) {
        case 0 -> program.idle(77 * tail);
        case 1 -> program.awaitInterrupt();
        default -> program.awaitValue("RING_HEAD", tail);
      }
      program.read("CYCLES_TOTAL").read("BEATS_KEY").readRefused(0xFFC);
    }
    return program
        .awaitValue("RING_HEAD", jobs)
        .read("CYCLES_TOTAL")
        .read("TOKENS_SELECTED")
        .reset(5)
        .read("RING_HEAD");
  }

  private static void assertSame(MemoryImage actual, MemoryImage expected) {
    OptionalLong difference = actual.firstDifference(expected);
    assertThat(difference.isPresent() ? "at 0x%x".formatted(difference.getAsLong()) : "none")
        .as("difference")
        .isEqualTo("none");
  }
}
