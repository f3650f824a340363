package sluice.accel.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.config.ConfigValidation;
import sluice.config.TestConfigs;
import sluice.hdl.lib.axi.AxiAddress;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamSink;
import sluice.layout.KvLayout;

@BlockTest(ScanRequester.class)
class ScanRequesterTest {

  private static void pulseStart(Simulator simulator, ScanRequester block, int rows) {
    simulator.poke(block.rowCount, rows);
    simulator.poke(block.start, true);
    simulator.step();
    simulator.poke(block.start, false);
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.memory.Shapes#stalled")
  void coversEveryRowOnceInBurstsInsideOnePage(AcceleratorConfig config, Stalls stalls) {
    Random random = new Random(3);
    ScanRequester block = new ScanRequester(config);
    BlockBench bench = BlockBench.of(block, stalls, 3);
    Simulator simulator = bench.simulator();
    StreamSink bursts = bench.sink(block.requests);
    bench.reset();
    assertThat(simulator.isHigh(block.done)).isTrue();
    for (int i = 0; i < 12; i++) {
      int rows = i < 2 ? 1 + i * (config.rows() - 1) : random.nextInt(config.rows() + 1);
      int before = bursts.count();
      pulseStart(simulator, block, rows);
      assertThat(simulator.isHigh(block.done)).isEqualTo(rows == 0);
      bench.until(() -> simulator.isHigh(block.done));
      int next = 0;
      for (List<BigInteger> burst : bursts.receivedFields().subList(before, bursts.count())) {
        int row = burst.get(0).intValue();
        int last = row + burst.get(1).intValue();
        assertThat(row).isEqualTo(next);
        assertThat(last / config.rowsPerPage()).isEqualTo(row / config.rowsPerPage());
        next = last + 1;
      }
      assertThat(next).isEqualTo(rows);
    }
  }

  /** Every cache that a configuration can describe, up to a size of page that tells no more. */
  private static Stream<AcceleratorConfig> everyCache() {
    int[] channelBits = {64, 128, 256, 512};
    int[] headDims = {16, 32, 64, 128, 256};
    int[] recordBits = {16, 32, 64, 128, 256, 512};
    return IntStream.of(channelBits)
        .boxed()
        .flatMap(w -> IntStream.of(headDims).boxed().map(d -> new int[] {w, d}))
        .flatMap(s -> IntStream.of(recordBits).mapToObj(b -> new int[] {s[0], s[1], b}))
        .flatMap(s -> IntStream.range(0, 12).mapToObj(p -> new int[] {s[0], s[1], s[2], 1 << p}))
        .map(s -> cache(s[0], s[1], s[2], s[3]))
        .filter(config -> ConfigValidation.problems(config).isEmpty());
  }

  private static AcceleratorConfig cache(
      int channelBits, int headDim, int recordBits, int pageTokens) {
    int keyBits = recordBits / 2 <= headDim && recordBits >= 16 ? 2 : 4;
    return TestConfigs.operators(
        1,
        channelBits,
        headDim,
        1,
        recordBits / keyBits,
        keyBits,
        4,
        16,
        4096,
        16,
        pageTokens,
        5,
        1,
        1,
        40);
  }

  @Test
  void noBurstCrosses4KiBInAnyCache() {
    assertThat(everyCache().count()).isGreaterThan(300);
    everyCache()
        .forEach(
            config -> {
              KvLayout layout = new KvLayout(config);
              int burstRows = ScanRequester.burstRows(config);
              int bytes = burstRows * layout.beatBytes();
              assertThat(config.rowsPerPage() % burstRows).isZero();
              for (int head = 0; head < config.kvHeads(); head++) {
                for (int row = 0; row < config.rowsPerPage(); row += burstRows) {
                  long first = layout.recordOffset(1, head, row * config.rowTokens());
                  assertThat(first / AxiAddress.BOUNDARY)
                      .as("%s head %d row %d", config, head, row)
                      .isEqualTo((first + bytes - 1) / AxiAddress.BOUNDARY);
                }
              }
            });
  }
}
