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
    StreamDriver rows = bench.drive(block.rows);
    StreamSink words = bench.sink(block.words);
    bench.reset();
    Random random = new Random(172);
    List<BigInteger> expected = new ArrayList<>();
    for (int length : shape.lengths()) {
      // A head without a bitmap between two with one must leave nothing behind.
      for (boolean wanted : new boolean[] {true, false}) {
        BigInteger bitmap = new BigInteger(length, random);
        simulator.poke(block.tokens, length);
        simulator.poke(block.enable, wanted);
        bench.pulse(block.start);
        for (int row = 0; row < shape.rowsOf(length); row++) {
          long[] picked = new long[config.rowTokens()];
          for (int lane = 0; lane < picked.length; lane++) {
            picked[lane] = bitmap.testBit(row * picked.length + lane) ? 1 : 0;
          }
          rows.send(picked);
        }
        for (int word = 0; wanted && word < (length + 63) / 64; word++) {
          expected.add(bitmap.shiftRight(64 * word).mod(BigInteger.ONE.shiftLeft(64)));
        }
        bench.until(() -> rows.isDone() && words.count() >= expected.size());
        simulator.step(4);
        assertThat(words.received()).as("n = %d", length).isEqualTo(expected);
      }
    }
  }
}
