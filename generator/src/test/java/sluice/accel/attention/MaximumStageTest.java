package sluice.accel.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.config.TestConfigs;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** The maximum of head after head over the slices, each of which has its own time. */
@BlockTest(MaximumStage.class)
class MaximumStageTest {
  private static final int HEADS = 30;
  private static final int LEAST = -(1 << 25);

  @ParameterizedTest
  @MethodSource("sluice.accel.attention.Operands#stalled")
  void everySliceGetsTheLargestScoreOfAll(AcceleratorConfig config, Stalls stalls) {
    int channels = config.channels();
    int group = config.groupQueries();
    MaximumStage block = new MaximumStage(config);
    BlockBench bench = BlockBench.of(block, stalls, 31);
    List<StreamDriver> scored = new ArrayList<>();
    List<StreamSink> heads = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      scored.add(bench.drive(block.scored.get(c)));
      heads.add(bench.sink(block.heads.get(c)));
    }
    StreamDriver skips = bench.drive(block.skips);
    StreamSink keyInvalid = bench.sink(block.keyInvalid);
    bench.reset();
    Random random = new Random(32);
    int width = new SignalTypes(config).score().width();
    List<List<BigInteger>> expected = new ArrayList<>();
    List<BigInteger> expectedInvalid = new ArrayList<>();
    for (int head = 0; head < HEADS; head++) {
      int[] largest = new int[group];
      Arrays.fill(largest, LEAST);
      boolean anyInvalid = false;
      for (int c = 0; c < channels; c++) {
        // Some slices have no picks of the head; some heads none at all.
        boolean empty = head % 5 == 4 || random.nextInt(4) == 0;
        boolean invalid = random.nextInt(6) == 0;
        anyInvalid |= invalid;
        long[] fields = new long[group + 1];
        for (int g = 0; g < group; g++) {
          int score = empty ? LEAST : random.nextInt(2 * -LEAST) + LEAST;
          fields[g] = score;
          largest[g] = Math.max(largest[g], score);
        }
        fields[group] = invalid ? 1 : 0;
        scored.get(c).send(fields);
      }
      int skip = random.nextInt((1 << 16) + 1);
      skips.send(skip);
      List<BigInteger> fields = new ArrayList<>();
      for (int maximum : largest) {
        fields.add(BigInteger.valueOf(maximum).mod(BigInteger.ONE.shiftLeft(width)));
      }
      fields.add(BigInteger.valueOf(skip));
      expected.add(fields);
      expectedInvalid.add(anyInvalid ? BigInteger.ONE : BigInteger.ZERO);
    }
    bench.until(
        () ->
            keyInvalid.count() == HEADS
                && heads.stream().allMatch(slice -> slice.count() == HEADS));
    bench.simulator().step(3);
    for (StreamSink slice : heads) {
      assertThat(slice.receivedFields()).isEqualTo(expected);
    }
    assertThat(keyInvalid.received()).isEqualTo(expectedInvalid);
  }

  @Test
  void aHeadIsGivenACycleAfterItsLastSliceAndToEachSliceWhenItTakesIt() {
    MaximumStage block = new MaximumStage(TestConfigs.trace(1, 2));
    Simulator simulator = Simulator.of(block);
    StreamDriver first = simulator.drive(block.scored.get(0)).send(7, 0).send(8, 0);
    StreamDriver second = simulator.drive(block.scored.get(1));
    StreamSink quick = simulator.sink(block.heads.get(0));
    StreamDriver skips = simulator.drive(block.skips).send(1).send(2);
    simulator.reset();
    simulator.poke(block.heads.get(1).ready(), false);
    simulator.poke(block.keyInvalid.ready(), true);
    simulator.step(10);
    assertThat(skips.isDone()).isTrue();
    assertThat(first.sent()).isZero();
    second.send(9, 0).send(3, 0);
    simulator.step(10);
    // One slice has the first head, the other holds the second up.
    assertThat(first.sent()).isEqualTo(1);
    assertThat(quick.count()).isEqualTo(1);
    assertThat(quick.transferCycles().get(0)).isEqualTo(second.transferCycles().get(0) + 1);
    simulator.poke(block.heads.get(1).ready(), true);
    simulator.step(3);
    assertThat(quick.receivedFields())
        .containsExactly(
            List.of(BigInteger.valueOf(9), BigInteger.ONE),
            List.of(BigInteger.valueOf(8), BigInteger.TWO));
  }
}
