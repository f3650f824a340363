package sluice.accel.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
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
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** From the sums of the slices to the words of the output. */
@BlockTest(OutputStage.class)
class OutputStageTest {
  private static final int READ_LATENCY = 9;
  private static final long LARGEST_HALF = 65504L << 24;
  private static final int HALVES = AcceleratorConfig.HOST_BITS / 16;

  /** A head: what the slices have of it, and what is to become of it. */
  private static final class Head {
    final long job;
    final boolean[] queryInvalid;
    final boolean keyInvalid;
    final long[][] weights;
    final int[] skipped;
    final BigInteger[][][] sums;
    final boolean[][][] invalid;
    final short[] outputs;
    int invalidOutputs;

    Head(AcceleratorConfig config, Random random) {
      int channels = config.channels();
      int group = config.groupQueries();
      int d = config.headDim();
      job = random.nextInt(2);
      keyInvalid = random.nextInt(6) == 0;
      queryInvalid = new boolean[group];
      weights = new long[channels][group];
      skipped = random.ints(channels, 0, config.scoreEntries() + 1).toArray();
      for (int c = 0; c < channels; c++) {
        skipped[c] = Math.min(skipped[c], config.mostTokens() / channels);
      }
      sums = new BigInteger[channels][group][d];
      invalid = new boolean[channels][group][d];
      outputs = new short[group * d];
      long tokens = Math.min(config.scoreEntries(), config.mostTokens() / channels);
      for (int g = 0; g < group; g++) {
        // A query head whose weights are all 0 has sums of 0.
        boolean empty = random.nextInt(6) == 0;
        queryInvalid[g] = random.nextInt(6) == 0;
        BigInteger total = BigInteger.ZERO;
        for (int c = 0; c < channels; c++) {
          weights[c][g] = empty ? 0 : random.nextLong(65536L * tokens + 1);
          total = total.add(BigInteger.valueOf(weights[c][g]));
        }
        for (int j = 0; j < d; j++) {
          BigInteger sum = BigInteger.ZERO;
          boolean isInvalid = queryInvalid[g] || keyInvalid;
          for (int c = 0; c < channels; c++) {
            sums[c][g][j] = sum(random, weights[c][g]);
            invalid[c][g][j] = random.nextInt(20) == 0;
            isInvalid |= invalid[c][g][j];
            sum = sum.add(sums[c][g][j]);
          }
          invalidOutputs += isInvalid ? 1 : 0;
          short quotient = total.signum() == 0 ? 0 : Half.ofRatio(sum, total, -Half.FIX_BITS);
          outputs[g * d + j] = isInvalid ? Half.NAN : quotient;
        }
      }
    }
  }

  /** The accumulators of the slices: what is read comes as many cycles later as they say. */
  private static final class Accumulators implements Activity {
    private final OutputStage block;
    private final List<Head> heads;
    private final Random noise = new Random(63);
    private final Deque<Optional<int[]>> reads = new ArrayDeque<>();
    private final List<Long> leavingJobs = new ArrayList<>();
    private final List<Long> skipped = new ArrayList<>();
    private final List<Long> invalidJobs = new ArrayList<>();

    Accumulators(OutputStage block, List<Head> heads) {
      this.block = block;
      this.heads = heads;
    }

    @Override
    public void drive(Simulator simulator) {
      Optional<int[]> read = reads.size() < READ_LATENCY ? Optional.empty() : reads.remove();
      for (int c = 0; c < block.sums.size(); c++) {
        BigInteger sum = new BigInteger(40, noise);
        boolean invalid = noise.nextBoolean();
        if (read.isPresent()) {
          Head head = heads.get(read.get()[0]);
          sum = head.sums[c][read.get()[1]][read.get()[2]];
          invalid = head.invalid[c][read.get()[1]][read.get()[2]];
        }
        simulator.poke(block.sums.get(c), sum);
        simulator.poke(block.sumsInvalid.get(c), invalid);
      }
    }

    @Override
    public void sample(Simulator simulator) {
      if (simulator.inReset()) {
        return;
      }
      // The slices give sums of the head that they offer.
      reads.add(
          simulator.isHigh(block.read)
              ? Optional.of(
                  new int[] {
                    leavingJobs.size(),
                    (int) simulator.peek(block.readQuery),
                    (int) simulator.peek(block.readElement)
                  })
              : Optional.empty());
      if (simulator.isHigh(block.headLeaves)) {
        leavingJobs.add(simulator.peek(block.leavingJob));
        skipped.add(simulator.peek(block.skipped));
      }
      if (simulator.isHigh(block.invalidSeen)) {
        invalidJobs.add(simulator.peek(block.invalidJob));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.attention.Operands#stalled")
  void sumsOfAllSlicesBecomeTheGoldenOutputsHeadAfterHead(AcceleratorConfig config, Stalls stalls) {
    OutputStage block = new OutputStage(config, READ_LATENCY);
    BlockBench bench = BlockBench.of(block, stalls, 61);
    Simulator simulator = bench.simulator();
    Random random = new Random(62);
    List<Head> heads = new ArrayList<>();
    Accumulators accumulators = simulator.attach(new Accumulators(block, heads));
    StreamDriver begun = bench.drive(block.begunHeads);
    StreamDriver keysInvalid = bench.drive(block.keyInvalid);
    List<StreamDriver> slices = new ArrayList<>();
    block.heads.forEach(slice -> slices.add(bench.drive(slice)));
    StreamSink words = bench.sink(block.words);
    bench.reset();
    List<BigInteger> expected = new ArrayList<>();
    List<Long> invalidJobs = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Head head = new Head(config, random);
      heads.add(head);
      for (int word = 0; word < head.outputs.length / HALVES; word++) {
        expected.add(Operands.beat(head.outputs, word, HALVES));
      }
      invalidJobs.addAll(Collections.nCopies(head.invalidOutputs, head.job));
      send(begun, keysInvalid, slices, head);
      if (i == 2) {
        // The first ones one after the other, then without a pause.
        bench.until(() -> words.count() == expected.size());
      }
    }
    bench.until(() -> words.count() == expected.size());
    simulator.step(10);
    assertThat(words.received()).isEqualTo(expected);
    assertThat(accumulators.leavingJobs).isEqualTo(heads.stream().map(h -> h.job).toList());
    assertThat(accumulators.skipped)
        .isEqualTo(heads.stream().map(h -> Arrays.stream(h.skipped).asLongStream().sum()).toList());
    assertThat(accumulators.invalidJobs).isEqualTo(invalidJobs);
    assertThat(slices).allMatch(slice -> slice.sent() == heads.size());
  }

  private static void send(
      StreamDriver begun, StreamDriver keysInvalid, List<StreamDriver> slices, Head head) {
    int group = head.queryInvalid.length;
    long[] fields = new long[1 + group];
    fields[0] = head.job;
    for (int g = 0; g < group; g++) {
      fields[1 + g] = head.queryInvalid[g] ? 1 : 0;
    }
    begun.send(fields);
    keysInvalid.send(head.keyInvalid ? 1 : 0);
    for (int c = 0; c < slices.size(); c++) {
      long[] ofSlice = Arrays.copyOf(head.weights[c], group + 1);
      ofSlice[group] = head.skipped[c];
      slices.get(c).send(ofSlice);
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
