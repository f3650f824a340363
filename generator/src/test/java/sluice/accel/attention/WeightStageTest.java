package sluice.accel.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.golden.Weights;
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.Packing;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.StallPattern;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** From a score buffer to weighted sums, head after head and two at a time. */
@BlockTest(WeightStage.class)
class WeightStageTest {
  private static final int LEAST = -(1 << 25);

  /** An entry of the score buffer, and the value that belongs to it. */
  private record Token(int row, int lane, int[] scores, short[] value) {}

  /** A head with all that is to become of it. */
  private static final class Head {
    final int[] maximum;
    final int skip;
    final List<Token> tokens = new ArrayList<>();
    final Sums sums;
    final long[] weightSums;
    int wanted;

    Head(AcceleratorConfig config, Random random, int count, List<Request> requests, int slot) {
      maximum = random.ints(config.groupQueries(), LEAST / 2, LEAST / -2).toArray();
      skip = random.nextInt(3) == 0 ? 0 : 1 << random.nextInt(17);
      sums = new Sums(config);
      weightSums = new long[maximum.length];
      for (int i = 0; i < count; i++) {
        Token token = token(config, random, maximum);
        tokens.add(token);
        int[] weights = new int[maximum.length];
        Arrays.setAll(weights, g -> weight(maximum[g] - token.scores()[g], skip));
        for (int g = 0; g < weights.length; g++) {
          weightSums[g] += weights[g];
          for (int j = 0; j < config.headDim(); j++) {
            sums.add(g, j, weights[g], token.value()[j]);
          }
        }
        if (Arrays.stream(weights).anyMatch(weight -> weight != 0)) {
          requests.add(new Request(token, slot, weights));
          wanted++;
        }
      }
    }
  }

  /** A value that is to be asked for. */
  private record Request(Token token, int slot, int[] weights) {
    List<BigInteger> fields() {
      List<BigInteger> fields = new ArrayList<>();
      fields.add(BigInteger.valueOf(token.row()));
      fields.add(BigInteger.valueOf(token.lane()));
      fields.add(BigInteger.valueOf(slot));
      Arrays.stream(weights).forEach(weight -> fields.add(BigInteger.valueOf(weight)));
      return fields;
    }
  }

  /**
   * What is before the block: the picks of the heads, and the score buffer, in whose places they
   * are in turn. An entry comes a cycle after it is asked for, and then its place is free.
   */
  private static final class Scores implements Activity {
    private final WeightStage block;
    private final AcceleratorConfig config;
    private final List<Head> heads;
    private final Random random = new Random(50);
    private final Token[] places;
    private StreamDriver weightHeads;
    private int picked;
    private int left;
    private int tokens;
    private int used;
    private Token answer;
    private boolean ends;

    Scores(WeightStage block, AcceleratorConfig config, List<Head> heads) {
      this.block = block;
      this.config = config;
      this.heads = heads;
      places = new Token[config.pickPlaces()];
    }

    @Override
    public void drive(Simulator simulator) {
      Packing packing = Packing.of(block.entry);
      if (answer == null) {
        simulator.pokePacked(block.entry, new BigInteger(packing.width(), random));
      } else {
        long[] fields = new long[2 + answer.scores().length];
        fields[0] = answer.row();
        fields[1] = answer.lane();
        for (int g = 0; g < answer.scores().length; g++) {
          fields[2 + g] = answer.scores()[g];
        }
        simulator.pokePacked(block.entry, packing.pack(fields));
      }
      ends = !simulator.inReset() && mayPick() && random.nextInt(8) == 0;
      if (ends) {
        for (Token token : heads.get(picked).tokens) {
          places[tokens++ % places.length] = token;
        }
      }
      simulator.poke(block.headEnd, ends);
      // The end counts with its pulse only.
      int end = ends ? tokens : random.nextInt(1 << 30);
      simulator.poke(block.pickEnd, end % (2 * places.length));
      simulator.poke(block.pickSlot, picked % AcceleratorConfig.HEADS_IN_FLIGHT);
    }

    private boolean mayPick() {
      return picked < heads.size()
          && picked - left < AcceleratorConfig.HEADS_IN_FLIGHT
          && tokens - used + heads.get(picked).tokens.size() <= places.length;
    }

    @Override
    public void sample(Simulator simulator) {
      if (simulator.inReset()) {
        return;
      }
      if (ends) {
        Head head = heads.get(picked++);
        long[] fields = new long[config.groupQueries() + 1];
        for (int g = 0; g < head.maximum.length; g++) {
          fields[g] = head.maximum[g];
        }
        fields[head.maximum.length] = head.skip;
        weightHeads.send(fields);
      }
      answer = null;
      if (simulator.isHigh(block.readEnable)) {
        assertThat(simulator.peek(block.readPlace)).isEqualTo(used % places.length);
        answer = places[used % places.length];
        places[used % places.length] = null;
        used++;
        assertThat(answer).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.attention.Operands#stalled")
  void sumsOfAHeadAreReadWhileValuesOfTheNextArrive(AcceleratorConfig config, Stalls stalls) {
    WeightStage block = new WeightStage(config);
    BlockBench bench = BlockBench.of(block, stalls, 51);
    Simulator simulator = bench.simulator();
    Random random = new Random(52);
    int most = Math.min(50, config.scoreEntries());
    int[] counts = {most, most, 0, 1, most / 2, 0, 0, 2, most, most / 3, most, 0};
    List<Head> heads = new ArrayList<>();
    List<Request> wanted = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      int slot = i % AcceleratorConfig.HEADS_IN_FLIGHT;
      heads.add(new Head(config, random, counts[i], wanted, slot));
    }
    Scores scores = simulator.attach(new Scores(block, config, heads));
    scores.weightHeads = bench.drive(block.heads);
    StreamSink requests = bench.sink(block.requests);
    StreamDriver values = bench.drive(block.values);
    // Taken when the test has read the sums.
    AtomicBoolean take = new AtomicBoolean();
    StreamSink weighted = bench.sink(block.weightedHeads).stalls(() -> !take.get());
    simulator.attach(new Answers(block, config, requests, values, wanted));
    Sums.Ports ports =
        new Sums.Ports(
            block.read,
            block.readQuery,
            block.readElement,
            block.sum,
            block.sumInvalid,
            block.readLatency());
    StallPattern pauses = stalls.sink(54);
    bench.reset();
    long arrivedWhileRead = 0;
    for (Head head : heads) {
      bench.until(() -> simulator.isHigh(block.weightedHeads.valid()));
      long sent = values.sent();
      head.sums.check(simulator, ports, pauses);
      arrivedWhileRead += values.sent() - sent;
      take.set(true);
      simulator.step();
      take.set(false);
      scores.left++;
      List<BigInteger> expected = new ArrayList<>();
      Arrays.stream(head.weightSums).forEach(sum -> expected.add(BigInteger.valueOf(sum)));
      expected.add(BigInteger.valueOf(head.tokens.size() - head.wanted));
      assertThat(weighted.receivedFields()).hasSize(scores.left);
      assertThat(weighted.receivedFields().get(scores.left - 1)).isEqualTo(expected);
    }
    simulator.step(3);
    assertThat(requests.receivedFields()).isEqualTo(wanted.stream().map(Request::fields).toList());
    assertThat(arrivedWhileRead).isPositive();
    assertThat(simulator.isHigh(block.busy)).isFalse();
    assertThat(simulator.isHigh(block.weightedHeads.valid())).isFalse();
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
    private final List<Request> wanted;
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
        List<Request> wanted) {
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
      fields.add(
          Operands.beat(
              wanted.get(answer.request).token().value(), beat, config.elementsPerBeat()));
      // Head and weights come back as they were asked for.
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
