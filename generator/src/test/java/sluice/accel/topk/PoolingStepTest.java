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
import sluice.golden.Pooling;
import sluice.hdl.sim.Packing;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** One step of pooling: whole rows, head behind head. */
@BlockTest(PoolingStep.class)
class PoolingStepTest {

  @ParameterizedTest
  @MethodSource("sluice.accel.topk.TopKConfigs#stalled")
  void aScoreBecomesTheLargestOfThreeWithinItsHead(TopKConfigs shape, Stalls stalls) {
    AcceleratorConfig config = shape.config();
    int lanes = config.rowTokens();
    Packing packing = Packing.of(ScoreRow.type(config));
    for (boolean widens : new boolean[] {true, false}) {
      PoolingStep block = new PoolingStep(config);
      BlockBench bench = BlockBench.of(block, stalls, 181);
      StreamDriver in = bench.drive(block.in);
      StreamSink out = bench.sink(block.out);
      bench.simulator().poke(block.widen, widens);
      bench.reset();
      Random random = new Random(182);
      List<BigInteger> expected = new ArrayList<>();
      for (int rows : new int[] {1, 2, 1, 1, 9, 3, 20}) {
        int[] scores = random.ints((long) rows * lanes, -12, 12).toArray();
        int[] pooled = widens ? Pooling.pool(scores, 3) : scores;
        for (int row = 0; row < rows; row++) {
          in.send(row(packing, scores, row, lanes, rows));
          expected.add(row(packing, pooled, row, lanes, rows));
        }
      }
      out.expectAll(expected);
      bench.until(out::isDone);
      bench.simulator().step(5);
      assertThat(out.received()).isEqualTo(expected);
    }
  }

  private static BigInteger row(Packing packing, int[] scores, int row, int lanes, int rows) {
    long[] fields = new long[lanes + 2];
    for (int lane = 0; lane < lanes; lane++) {
      fields[lane] = scores[row * lanes + lane];
    }
    fields[lanes] = row == 0 ? 1 : 0;
    fields[lanes + 1] = row == rows - 1 ? 1 : 0;
    return packing.pack(fields);
  }
}
