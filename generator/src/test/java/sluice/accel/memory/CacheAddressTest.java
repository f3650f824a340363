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

  private static long[] loadTable(
      Simulator simulator, CacheAddress block, AcceleratorConfig config, Random random) {
    KvLayout layout = new KvLayout(config);
    long half = 1L << Math.min(62, config.addressBits() - 1);
    long pages = Math.min(1L << 32, half / layout.pageStride());
    long[] table = new long[config.pages()];
    for (int i = 0; i < table.length; i++) {
      table[i] = i == 0 ? pages - 1 : (long) (random.nextDouble() * pages);
      simulator.poke(block.tableWrite, true);
      simulator.poke(block.tableIndex, i);
      simulator.poke(block.tablePage, table[i]);
      simulator.step();
    }
    simulator.poke(block.tableWrite, false);
    return table;
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
  void givesTheAddressesOfTheLayout(AcceleratorConfig config, Stalls stalls) {
    KvLayout layout = new KvLayout(config);
    for (long seed = 1; seed <= 2; seed++) {
      Random random = new Random(seed);
      CacheAddress block = new CacheAddress(config);
      BlockBench bench = BlockBench.of(block, stalls, seed);
      Simulator simulator = bench.simulator();
      StreamDriver requests = bench.drive(block.requests);
      StreamSink addresses = bench.sink(block.addresses);
      bench.reset();
      long[] table = loadTable(simulator, block, config, random);

      for (int head : new int[] {0, config.kvHeads() - 1, random.nextInt(config.kvHeads())}) {
        int before = addresses.count();
        long kvBase = 4096L * random.nextInt(1 << 19);
        simulator.poke(block.kvBase, kvBase);
        simulator.poke(block.kvHead, head);
        List<List<BigInteger>> expected = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
          int row = i == 0 ? config.rows() - 1 : random.nextInt(config.rows());
          int lane = random.nextInt(config.lanes());
          int kind = random.nextInt(3);
          requests.send(row, lane, kind);
          long address = kvBase + offset(layout, table, head, row, lane, kind);
          expected.add(
              List.of(
                  BigInteger.valueOf(address),
                  BigInteger.valueOf(kind),
                  BigInteger.valueOf(row),
                  BigInteger.valueOf(lane)));
        }
        bench.until(() -> addresses.count() == before + expected.size());
        assertThat(addresses.receivedFields().subList(before, addresses.count()))
            .as("seed %d, head %d", seed, head)
            .isEqualTo(expected);
        assertThat(simulator.isHigh(block.idle)).isTrue();
      }
    }
  }

  @Test
  void givesAnAddressACycleAfterFour() {
    CacheAddress block = new CacheAddress(Presets.get("tiny"));
    Simulator simulator = Simulator.of(block);
    StreamDriver requests = simulator.drive(block.requests);
    StreamSink addresses = simulator.sink(block.addresses);
    simulator.reset();
    loadTable(simulator, block, Presets.get("tiny"), new Random(1));
    for (int i = 0; i < 50; i++) {
      requests.send(i, 0, 1);
    }
    simulator.step();
    assertThat(simulator.isHigh(block.idle)).isFalse();
    simulator.runUntil(() -> addresses.count() == 50, 1000);
    assertThat(simulator.cycle()).isEqualTo(4 + 16 + 50 + 4);
  }
}
