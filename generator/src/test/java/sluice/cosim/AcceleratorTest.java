package sluice.cosim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.accel.Accelerator;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.config.Presets;
import sluice.golden.KvImages;
import sluice.golden.MemoryImage;
import sluice.hdl.lib.axi.AxiLiteMaster;
import sluice.hdl.sim.Stalls;
import sluice.layout.CompletionLayout;
import sluice.layout.DescriptorLayout;
import sluice.layout.RegisterMap;

/** The accelerator as a block: random jobs leave the memories as the golden machine does. */
@BlockTest(Accelerator.class)
class AcceleratorTest {
  private static final AcceleratorConfig CONFIG = Presets.get("tiny");
  private static final RegisterMap MAP = RegisterMap.of(CONFIG);
  private static final int MOST_JOBS = 3;

  @ParameterizedTest
  @EnumSource
  void memoriesAreThoseOfTheGoldenMachine(Stalls stalls) {
    JobMemory memory = RandomJobs.of(CONFIG, 7 + stalls.ordinal());
    int jobs = Math.min(MOST_JOBS, memory.descriptors().size());
    MemoryImage goldenHost = memory.host.memory().copy();
    KvImages goldenCache = memory.cache.copy();
    memory.golden(goldenHost, goldenCache).run(memory.ring, memory.ringLog2, 0, jobs);

    Accelerator block = new Accelerator(CONFIG);
    BlockBench bench = BlockBench.of(block, stalls, 211);
    AxiLiteMaster registers = bench.registers(block.registers);
    MemoryImage host = memory.host.memory();
    bench.memory(block.host, host);
    for (int c = 0; c < CONFIG.channels(); c++) {
      bench.memory(block.channels.get(c), memory.cache.channels().get(c));
    }
    bench.reset();
    registers.writeWide(offset("RING_BASE_LO"), memory.ring);
    registers.write(offset("RING_LOG2"), memory.ringLog2);
    registers.writeWide(offset("HOST_BASE_LO"), memory.window().base());
    registers.writeWide(offset("HOST_LIMIT_LO"), memory.window().limit());
    registers.writeWide(offset("KV_BASE_LO"), memory.cache.base());
    registers.write(offset("KV_PAGES"), memory.kvPages);
    registers.write(offset("IRQ_ENABLE"), 1);
    registers.write(offset("CONTROL"), 1);
    for (int job = 0; job < jobs; job++) {
      registers.write(offset("RING_TAIL"), job + 1);
      bench.until(() -> bench.simulator().isHigh(block.irq));
      assertThat(registers.read(offset("RING_HEAD"))).isEqualTo(job + 1);
      registers.write(offset("IRQ_STATUS"), 3);
      // The golden machine counts no cycles.
      byte[] descriptor = memory.descriptors().get(job);
      long completion = DescriptorLayout.COMPLETION.get(descriptor);
      host.writeNumber(completion + 8L * CompletionLayout.CYCLES.word(), 8, 0);
    }
    assertThat(host.firstDifference(goldenHost)).as("host memory").isEmpty();
    for (int c = 0; c < CONFIG.channels(); c++) {
      assertThat(memory.cache.channels().get(c).firstDifference(goldenCache.channels().get(c)))
          .as("channel %d", c)
          .isEmpty();
    }
  }

  private static int offset(String register) {
    return MAP.register(register).offset();
  }
}
