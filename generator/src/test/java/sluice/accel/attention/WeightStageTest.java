package sluice.accel.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.golden.Weights;
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.Packing;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** From a score buffer to weighted sums. */
@BlockTest(WeightStage.class)
class WeightStageTest {
  private static final int LEAST = -(1 << 25);

  /** An entry of the score buffer, and the value that belongs to it. */
  private record Token(int row, int lane, int[] scores, short[] value) {}

  /** The score buffer beside the block: an entry comes a cycle after it is asked for. */
  private static final class ScoreBuffer implements Activity {
    private final WeightStage block;
    private final Random noise = new Random(50);
    private List<Token> tokens = List.of();
    private int asked = -1;

    ScoreBuffer(WeightStage block) {
      this.block = block;
    }

    @Override
    public void drive(Simulator simulator) {
      Packing packing = Packing.of(block.entry);
      if (asked < 0) {
        simulator.pokePacked(block.entry, new BigInteger(packing.width(), noise));
        return;
      }
      Token token = tokens.get(asked);
      long[] fields = new long[2 + token.scores().length];
      fields[0] = token.row();
      fields[1] = token.lane();
      for (int g = 0; g < token.scores().length; g++) {
        fields[2 + g] = token.scores()[g];
      }
      simulator.pokePacked(block.entry, packing.pack(fields));
    }

    @Override
    public void sample(Simulator simulator) {
      boolean reads = !simulator.inReset() && simulator.isHigh(block.readEnable);
      asked = reads ? (int) simulator.peek(block.readIndex) : -1;
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.attention.Operands#stalled")
  void valuesOfWeightAreSummedAndOthersNotAskedFor(AcceleratorConfig config, Stalls stalls) {
    WeightStage block = new WeightStage(config);
    BlockBench bench = BlockBench.of(block, stalls, 51);
    Simulator simulator = bench.simulator();
    ScoreBuffer buffer = simulator.attach(new ScoreBuffer(block));
    StreamSink requests = bench.sink(block.requests);
    StreamDriver values = bench.drive(block.values);
    List<Token> wanted = new ArrayList<>();
    List<int[]> wantedWeights = new ArrayList<>();
    simulator.attach(new Answers(block, config, requests, values, wanted));
    bench.reset();
    Random random = new Random(52);
    int most = Math.min(50, config.scoreEntries());
    for (int count : new int[] {most, 0, 1, most / 2}) {
      int before = requests.count();
      int skip = random.nextInt(3) == 0 ? 0 : 1 << random.nextInt(17);
      int[] maximum = random.ints(config.groupQueries(), LEAST / 2, LEAST / -2).toArray();
      List<Token> tokens = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        tokens.add(token(config, random, maximum));
      }
      Sums sums = new Sums(config);
      long[] weightSums = new long[config.groupQueries()];
      for (Token token : tokens) {
        int[] weights = new int[maximum.length];
        Arrays.setAll(weights, g -> weight(maximum[g] - token.scores()[g], skip));
        for (int g = 0; g < weights.length; g++) {
          weightSums[g] += weights[g];
          for (int j = 0; j < config.headDim(); j++) {
            sums.add(g, j, weights[g], token.value()[j]);
          }
        }
        if (Arrays.stream(weights).anyMatch(weight -> weight != 0)) {
          wanted.add(token);
          wantedWeights.add(weights);
        }
      }

      bench.pulse(block.clear);
      buffer.tokens = tokens;
      simulator.poke(block.count, count);
      simulator.poke(block.skip, skip);
      for (int g = 0; g < maximum.length; g++) {
        simulator.poke(block.maximum.get(g), maximum[g]);
      }
      bench.pulse(block.start);
      bench.until(() -> simulator.isHigh(block.done));

      assertThat(requests.count()).isEqualTo(wanted.size());
      assertThat(requests.receivedFields().stream().map(f -> f.get(0).intValue()).toList())
          .isEqualTo(wanted.stream().map(Token::row).toList());
      assertThat(requests.receivedFields().stream().map(f -> f.get(1).intValue()).toList())
          .isEqualTo(wanted.stream().map(Token::lane).toList());
      for (int i = 0; i < wanted.size(); i++) {
        List<BigInteger> request = requests.receivedFields().get(i);
        assertThat(request.subList(2, request.size()).stream().mapToInt(BigInteger::intValue))
            .containsExactly(Arrays.stream(wantedWeights.get(i)).boxed().toArray(Integer[]::new));
      }
      assertThat(simulator.peek(block.skipped)).isEqualTo(count - (requests.count() - before));
      for (int g = 0; g < weightSums.length; g++) {
        assertThat(simulator.peek(block.weightSums.get(g))).isEqualTo(weightSums[g]);
      }
      sums.check(simulator, block.readQuery, block.readElement, block.sum, block.sumInvalid);
    }
  }

  private static Token token(AcceleratorConfig config, Random random, int[] maximum) {
    int[] scores =
        Arrays.stream(maximum)
            .map(most -> most - (random.nextInt(3) == 0 ? 0 : random.nextInt(22 << 14)))
            .toArray();
    return new Token(
        random.nextInt(config.rows()),
        random.nextInt(config.lanes()),
        scores,
        Operands.vector(random, config.headDim(), 0.02));
  }

  private static int weight(int delta, int skip) {
    int weight = Weights.weight(delta);
    return weight < skip ? 0 : weight;
  }

  /** Sends the value of every token that is asked for, in any order, and their beats mixed. */
  private static final class Answers implements Activity {
    private final AcceleratorConfig config;
    private final StreamSink requests;
    private final StreamDriver values;
    private final Packing packing;
    private final List<Token> wanted;
    private final Random random = new Random(53);
    private final List<Answer> answers = new ArrayList<>();
    private int seen;

    /** A token whose value is on its way. */
    private static final class Answer {
      final int request;
      int beats;

      Answer(int request) {
        this.request = request;
      }
    }

    Answers(
        WeightStage block,
        AcceleratorConfig config,
        StreamSink requests,
        StreamDriver values,
        List<Token> wanted) {
      this.config = config;
      this.requests = requests;
      this.values = values;
      packing = Packing.of(block.values.payload());
      this.wanted = wanted;
    }

    @Override
    public void sample(Simulator simulator) {
      for (; seen < requests.count(); seen++) {
        answers.add(new Answer(seen));
      }
      if (answers.isEmpty()) {
        return;
      }
      Answer answer = answers.get(random.nextInt(answers.size()));
      int beat = answer.beats++;
      boolean last = answer.beats == config.beatsPerVector();
      List<BigInteger> fields = new ArrayList<>();
      fields.add(Operands.beat(wanted.get(answer.request).value(), beat, config.elementsPerBeat()));
      List<BigInteger> request = requests.receivedFields().get(answer.request);
      fields.addAll(request.subList(2, request.size()));
      fields.add(BigInteger.valueOf(beat));
      fields.add(last ? BigInteger.ONE : BigInteger.ZERO);
      values.send(packing.pack(fields.toArray(BigInteger[]::new)));
      if (last) {
        answers.remove(answer);
      }
    }
  }
}
