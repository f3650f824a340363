package sluice.accel.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.accel.HostAnswers;
import sluice.config.AcceleratorConfig;
import sluice.config.TestConfigs;
import sluice.golden.MemoryImage;
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;
import sluice.layout.HostLayout;

/** Block tables of all lengths, with and without pages that are not there. */
@BlockTest(BlockTableLoader.class)
class BlockTableLoaderTest {
  private static final int PAGES = 1000;
  private static final AcceleratorConfig CONFIG = TestConfigs.tiny();

  /** The entries that are handed on, and how often the end is told. */
  private static final class Entries implements Activity {
    private final BlockTableLoader block;
    private final Map<Integer, Long> entries = new LinkedHashMap<>();
    private int dones;

    Entries(BlockTableLoader block) {
      this.block = block;
    }

    @Override
    public void sample(Simulator simulator) {
      if (simulator.inReset()) {
        return;
      }
      dones += simulator.isHigh(block.done) ? 1 : 0;
      if (simulator.isHigh(block.tableWrite)) {
        int index = (int) simulator.peek(block.tableIndex);
        assertThat(entries.put(index, simulator.peek(block.tablePage))).isNull();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void goodPagesAreHandedOnAndTheFirstBadOneIsTold(Stalls stalls) {
    BlockTableLoader block = new BlockTableLoader(CONFIG);
    BlockBench bench = BlockBench.of(block, stalls, 111);
    Simulator simulator = bench.simulator();
    MemoryImage image = new MemoryImage();
    StreamSink commands = bench.sink(block.commands);
    StreamDriver words = bench.drive(block.words);
    simulator.attach(new HostAnswers(image, commands, words));
    Entries seen = simulator.attach(new Entries(block));
    bench.reset();
    simulator.poke(block.kvPages, PAGES);
    Random random = new Random(112);
    for (int round = 0; round < 40; round++) {
      int tokens =
          round < 2 ? 1 + round * (CONFIG.context() - 1) : 1 + random.nextInt(CONFIG.context());
      int entries = (tokens + CONFIG.pageTokens() - 1) / CONFIG.pageTokens();
      long pointer = 8L * random.nextInt(1 << 20);
      Map<Integer, Long> good = new LinkedHashMap<>();
      long bad = 0;
      // What fills the last word up is no entry, and may be anything.
      for (int i = 0; i < entries + entries % 2; i++) {
        boolean isGood = i < entries && (round % 2 == 0 || random.nextInt(6) != 0);
        long page = isGood ? random.nextInt(PAGES) : PAGES + random.nextInt(100);
        image.writeNumber(pointer + (long) i * HostLayout.BLOCK_ENTRY_BYTES, 4, page);
        if (isGood) {
          good.put(i, page);
        } else if (i < entries && bad == 0) {
          bad = pointer + (long) i * HostLayout.BLOCK_ENTRY_BYTES;
        }
      }
      seen.entries.clear();
      int dones = seen.dones;
      simulator.poke(block.pointer, pointer);
      simulator.poke(block.tokens, tokens);
      bench.pulse(block.start);
      bench.until(() -> seen.dones > dones);
      simulator.step(3);
      assertThat(seen.dones).isEqualTo(dones + 1);
      assertThat(seen.entries).as("round %d", round).isEqualTo(good);
      assertThat(simulator.isHigh(block.badPage)).as("round %d", round).isEqualTo(bad != 0);
      if (bad != 0) {
        assertThat(simulator.peek(block.badAddress)).as("round %d", round).isEqualTo(bad);
      }
      assertThat(commands.receivedFields().get(round).get(0).longValue()).isEqualTo(pointer);
      assertThat(commands.receivedFields().get(round).get(1).intValue())
          .isEqualTo((entries + 1) / 2);
    }
  }
}
