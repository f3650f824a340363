package sluice.accel.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.config.Presets;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;
import sluice.layout.KvLayout;

@BlockTest(CacheAddress.class)
class CacheAddressTest {
  /** Requests after each new head. */
  private static final int REQUESTS = 30;

  /** Loads one of the block tables. */
  private static long[] loadTable(
      Simulator simulator, CacheAddress block, AcceleratorConfig config, int table, Random random) {
    KvLayout layout = new KvLayout(config);
    long half = 1L << Math.min(62, config.addressBits() - 1);
    long most = Math.min(1L << 32, half / layout.pageStride());
    long[] pages = new long[config.pages()];
    for (int i = 0; i < pages.length; i++) {
      pages[i] = i == 0 ? most - 1 - table : (long) (random.nextDouble() * most);
      simulator.poke(block.tableWrite, true);
      simulator.poke(block.tableIndex, (long) table * pages.length + i);
      simulator.poke(block.tablePage, pages[i]);
      simulator.step();
    }
    simulator.poke(block.tableWrite, false);
    return pages;
  }

  private static void writeHead(
      BlockBench bench, CacheAddress block, int slot, int kvHead, int kvHeads, int table) {
    Simulator simulator = bench.simulator();
    simulator.poke(block.headSlot, slot);
    simulator.poke(block.kvHead, kvHead);
    simulator.poke(block.headTable, table);
    bench.pulse(block.headWrite);
    // Only the cycle of the pulse counts.
    simulator.poke(block.headSlot, slot ^ 1);
    simulator.poke(block.kvHead, (kvHead + 1) % kvHeads);
    simulator.poke(block.headTable, 1 - table);
  }

  static long offset(KvLayout layout, long[] table, int head, int row, int lane, int kind) {
    AcceleratorConfig config = layout.config();
    int token = row * config.rowTokens() + lane;
    long page = table[layout.blockIndex(token)];
    if (kind == VectorKind.KEY) {
      return layout.keyOffset(page, head, token);
    }
    return kind == VectorKind.VALUE
        ? layout.valueOffset(page, head, token)
        : layout.recordOffset(page, head, row * config.rowTokens());
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.memory.Shapes#stalled")
  void givesTheAddressesOfTheLayoutForEachHead(AcceleratorConfig config, Stalls stalls) {
    int slots = AcceleratorConfig.HEADS_IN_FLIGHT;
    KvLayout layout = new KvLayout(config);
    for (long seed = 1; seed <= 2; seed++) {
      Random random = new Random(seed);
      CacheAddress block = new CacheAddress(config);
      BlockBench bench = BlockBench.of(block, stalls, seed);
      Simulator simulator = bench.simulator();
      StreamDriver requests = bench.drive(block.requests);
      StreamSink addresses = bench.sink(block.addresses);
      bench.reset();
      long[][] pages = new long[AcceleratorConfig.JOBS_IN_WORK][];
      for (int table = 0; table < pages.length; table++) {
        pages[table] = loadTable(simulator, block, config, table, random);
      }
      long kvBase = 4096L * random.nextInt(1 << 19);
      simulator.poke(block.kvBase, kvBase);

      int[] heads = new int[slots];
      int[] tables = new int[slots];
      List<List<BigInteger>> expected = new ArrayList<>();
      for (int number = 0; number < 14; number++) {
        int slot = number % slots;
        heads[slot] =
            number == 0 ? 0 : number == 1 ? config.kvHeads() - 1 : random.nextInt(config.kvHeads());
        // Four heads with the first table, then two of each in turn; in the end the first anew.
        tables[slot] = number < 4 || number >= 12 ? 0 : number < 8 ? number / 2 % 2 : 1;
        int settled = REQUESTS * (number - 1);
        bench.until(() -> addresses.count() >= settled);
        if (number == 12) {
          // All heads in work have the second table.
          pages[0] = loadTable(simulator, block, config, 0, random);
        }
        // Requests of the last round are on their way meanwhile, none of them for this slot.
        writeHead(bench, block, slot, heads[slot], config.kvHeads(), tables[slot]);
        // It counts three cycles after the pulse.
        simulator.step(2);
        int inWork = Math.min(number + 1, slots - 1);
        for (int i = 0; i < REQUESTS; i++) {
          // Not the oldest, which the next head replaces.
          int of = i == 0 ? slot : (number - random.nextInt(inWork)) % slots;
          int row = i == 1 ? config.rows() - 1 : random.nextInt(config.rows());
          int lane = random.nextInt(config.lanes());
          int kind = random.nextInt(3);
          requests.send(row, lane, kind, of);
          long address = kvBase + offset(layout, pages[tables[of]], heads[of], row, lane, kind);
          expected.add(
              List.of(
                  BigInteger.valueOf(address),
                  BigInteger.valueOf(kind),
                  BigInteger.valueOf(row),
                  BigInteger.valueOf(lane)));
        }
      }
      bench.until(() -> addresses.count() == expected.size());
      assertThat(addresses.receivedFields()).as("seed %d", seed).isEqualTo(expected);
      assertThat(simulator.isHigh(block.idle)).isTrue();
    }
  }

  @Test
  void givesAnAddressACycleAfterFour() {
    CacheAddress block = new CacheAddress(Presets.get("tiny"));
    Simulator simulator = Simulator.of(block);
    StreamDriver requests = simulator.drive(block.requests);
    StreamSink addresses = simulator.sink(block.addresses);
    simulator.reset();
    loadTable(simulator, block, Presets.get("tiny"), 0, new Random(1));
    for (int i = 0; i < 50; i++) {
      requests.send(i, 0, 1, 0);
    }
    simulator.step();
    assertThat(simulator.isHigh(block.idle)).isFalse();
    simulator.runUntil(() -> addresses.count() == 50, 1000);
    assertThat(simulator.cycle()).isEqualTo(4 + 16 + 50 + 4);
  }
}
