package sluice.accel.topk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** Picks to words of the bitmap, rows narrower and wider than a word. */
@BlockTest(BitmapPacker.class)
class BitmapPackerTest {

  @ParameterizedTest
  @MethodSource("sluice.accel.topk.TopKConfigs#stalled")
  void tokenTIsBitTOfTheBitmap(TopKConfigs shape, Stalls stalls) {
    AcceleratorConfig config = shape.config();
    BitmapPacker block = new BitmapPacker(config);
    BlockBench bench = BlockBench.of(block, stalls, 171);
    Simulator simulator = bench.simulator();
    StreamDriver heads = bench.drive(block.heads);
    StreamDriver rows = bench.drive(block.rows);
    StreamSink words = bench.sink(block.words);
    bench.reset();
    Random random = new Random(172);
    List<BigInteger> expected = new ArrayList<>();
    // Once head after head, then all of them at once: as many wait as may, and rows are held.
    for (boolean waits : new boolean[] {true, false}) {
      for (int length : shape.lengths()) {
        // A head without a bitmap between two with one must leave nothing behind.
        for (boolean wanted : new boolean[] {true, false}) {
          BigInteger bitmap = new BigInteger(length, random);
          sendRows(shape, rows, length, bitmap);
          heads.send(length, wanted ? 1 : 0);
          for (int word = 0; wanted && word < (length + 63) / 64; word++) {
            expected.add(bitmap.shiftRight(64 * word).mod(BigInteger.ONE.shiftLeft(64)));
          }
          if (waits) {
            bench.until(() -> rows.isDone() && words.count() >= expected.size());
            simulator.step(4);
            assertThat(words.received()).as("n = %d", length).isEqualTo(expected);
          }
        }
      }
    }
    bench.until(() -> rows.isDone() && heads.isDone() && words.count() >= expected.size());
    simulator.step(4);
    assertThat(words.received()).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.topk.TopKConfigs#shapes")
  void rowsWaitForTheirHeadAndAsManyHeadsForRowsAsAreInFlight(TopKConfigs shape) {
    BitmapPacker block = new BitmapPacker(shape.config());
    BlockBench bench = BlockBench.of(block, Stalls.NEVER, 173);
    StreamDriver heads = bench.drive(block.heads);
    StreamDriver rows = bench.drive(block.rows);
    StreamSink words = bench.sink(block.words);
    bench.reset();
    sendRows(shape, rows, 1, BigInteger.ONE);
    bench.simulator().step(20);
    assertThat(rows.sent()).isZero();
    heads.send(1, 1);
    bench.until(() -> words.count() == 1);
    assertThat(words.received()).containsExactly(BigInteger.ONE);
    for (int i = 0; i < AcceleratorConfig.HEADS_IN_FLIGHT + 1; i++) {
      heads.send(1, i % 2);
    }
    bench.simulator().step(20);
    assertThat(heads.sent()).isEqualTo(1 + AcceleratorConfig.HEADS_IN_FLIGHT);
  }

  /** The rows of a head, the last one marked. */
  private static void sendRows(
      TopKConfigs shape, StreamDriver rows, int length, BigInteger bitmap) {
    int lanes = shape.config().rowTokens();
    int count = shape.rowsOf(length);
    for (int row = 0; row < count; row++) {
      long[] fields = new long[lanes + 2];
      fields[0] = row;
      for (int lane = 0; lane < lanes; lane++) {
        fields[1 + lane] = bitmap.testBit(row * lanes + lane) ? 1 : 0;
      }
      fields[lanes + 1] = row == count - 1 ? 1 : 0;
      rows.send(fields);
    }
  }
}
