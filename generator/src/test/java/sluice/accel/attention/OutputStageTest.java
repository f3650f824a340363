package sluice.accel.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.golden.Half;
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamSink;

/** From the sums of the slices to the words of the output. */
@BlockTest(OutputStage.class)
class OutputStageTest {
  private static final long LARGEST_HALF = 65504L << 24;
  private static final int HALVES = AcceleratorConfig.HOST_BITS / 16;

  /** The accumulators of the slices: what is selected comes as many cycles later as they say. */
  private static final class Accumulators implements Activity {
    private final OutputStage block;
    private final Deque<int[]> selections = new ArrayDeque<>();
    private BigInteger[][][] sums;
    private boolean[][][] invalid;
    private int invalidOutputs;

    Accumulators(OutputStage block) {
      this.block = block;
    }

    @Override
    public void drive(Simulator simulator) {
      if (selections.size() < ValueAccumulator.READ_LATENCY) {
        return;
      }
      int[] selected = selections.remove();
      for (int c = 0; c < block.sums.size(); c++) {
        simulator.poke(block.sums.get(c), sums[c][selected[0]][selected[1]]);
        simulator.poke(block.sumsInvalid.get(c), invalid[c][selected[0]][selected[1]]);
      }
    }

    @Override
    public void sample(Simulator simulator) {
      if (!simulator.inReset()) {
        selections.add(
            new int[] {
              (int) simulator.peek(block.readQuery), (int) simulator.peek(block.readElement)
            });
        invalidOutputs += simulator.isHigh(block.invalidSeen) ? 1 : 0;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.attention.Operands#stalled")
  void sumsOfAllSlicesBecomeTheGoldenOutputs(AcceleratorConfig config, Stalls stalls) {
    int channels = config.channels();
    int group = config.groupQueries();
    int d = config.headDim();
    OutputStage block = new OutputStage(config);
    BlockBench bench = BlockBench.of(block, stalls, 61);
    Simulator simulator = bench.simulator();
    Accumulators accumulators = simulator.attach(new Accumulators(block));
    StreamSink words = bench.sink(block.words);
    Random random = new Random(62);
    accumulators.sums = new BigInteger[channels][group][d];
    accumulators.invalid = new boolean[channels][group][d];
    List<BigInteger> expected = new ArrayList<>();
    int invalidOutputs = 0;
    boolean first = true;
    for (int round = 0; round < 3; round++) {
      long[][] weights = new long[channels][group];
      short[] halves = new short[group * d];
      for (int g = 0; g < group; g++) {
        // A head whose weights are all 0 has sums of 0.
        boolean empty = random.nextInt(6) == 0;
        boolean headInvalid = random.nextInt(6) == 0;
        BigInteger total = BigInteger.ZERO;
        for (int c = 0; c < channels; c++) {
          weights[c][g] = empty ? 0 : random.nextLong(65536L * config.maxSelected() / channels + 1);
          total = total.add(BigInteger.valueOf(weights[c][g]));
          simulator.poke(block.weightSums.get(c).get(g), weights[c][g]);
        }
        simulator.poke(block.headInvalid.get(g), headInvalid);
        for (int j = 0; j < d; j++) {
          BigInteger sum = BigInteger.ZERO;
          boolean invalid = headInvalid;
          for (int c = 0; c < channels; c++) {
            BigInteger ofSlice = sum(random, weights[c][g]);
            accumulators.sums[c][g][j] = ofSlice;
            accumulators.invalid[c][g][j] = random.nextInt(20) == 0;
            invalid |= accumulators.invalid[c][g][j];
            sum = sum.add(ofSlice);
          }
          invalidOutputs += invalid ? 1 : 0;
          short quotient = total.signum() == 0 ? 0 : Half.ofRatio(sum, total, -Half.FIX_BITS);
          halves[g * d + j] = invalid ? Half.NAN : quotient;
        }
      }
      for (int word = 0; word < halves.length / HALVES; word++) {
        expected.add(Operands.beat(halves, word, HALVES));
      }
      if (first) {
        bench.reset();
        first = false;
      }
      simulator.step(2);
      bench.pulse(block.start);
      assertThat(simulator.isHigh(block.done)).isFalse();
      bench.until(() -> simulator.isHigh(block.done));
      assertThat(words.received()).as("round %d", round).isEqualTo(expected);
      assertThat(accumulators.invalidOutputs).isEqualTo(invalidOutputs);
    }
  }

  /** A sum that values can have at weights of this sum. */
  private static BigInteger sum(Random random, long weights) {
    long half = Half.fix(Operands.finite(random));
    BigInteger limit = BigInteger.valueOf(weights).multiply(BigInteger.valueOf(LARGEST_HALF));
    return BigInteger.valueOf(weights)
        .multiply(BigInteger.valueOf(half))
        .add(BigInteger.valueOf(random.nextInt(1 << 20) - (1L << 19)))
        .min(limit)
        .max(limit.negate());
  }
}
