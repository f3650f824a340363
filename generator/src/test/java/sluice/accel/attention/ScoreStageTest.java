package sluice.accel.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.golden.Half;
import sluice.golden.Scores;
import sluice.hdl.sim.Packing;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.layout.DecodeParameters;

/** From beats of keys to the score buffer, and the query beside it. */
@BlockTest({ScoreStage.class, QueryBuffer.class})
class ScoreStageTest {
  private static final int MOST_TOKENS = 40;
  private static final int HALVES = AcceleratorConfig.HOST_BITS / 16;

  private record Token(int row, int lane, int[] scores) {}

  @ParameterizedTest
  @MethodSource("sluice.accel.attention.Operands#stalled")
  void theBufferHoldsTheGoldenScoresHeadAfterHead(AcceleratorConfig config, Stalls stalls) {
    ScoreStage block = new ScoreStage(config);
    BlockBench bench = BlockBench.of(block, stalls, 41);
    StreamDriver keys = bench.drive(block.keys);
    bench.reset();
    Random random = new Random(42);
    int most = Math.min(MOST_TOKENS, config.scoreEntries());
    for (int count : new int[] {most, 1, 0, most / 2}) {
      bench.pulse(block.clear);
      short[][] queries = new short[config.groupQueries()][];
      Arrays.setAll(queries, g -> Operands.vector(random, config.headDim(), 0));
      writeQuery(bench.simulator(), block, queries);
      int factor = DecodeParameters.defaultFactor(config.headDim()) + random.nextInt(1 << 20);
      bench.simulator().poke(block.factor, factor);
      Token[] expected = new Token[count];
      boolean invalid = false;
      for (int i = 0; i < count; i++) {
        short[] key = Operands.vector(random, config.headDim(), count == most / 2 ? 0.02 : 0);
        invalid |= !Half.finite(key);
        int[] scores =
            Arrays.stream(queries).mapToInt(query -> Scores.score(query, key, factor)).toArray();
        expected[i] =
            new Token(random.nextInt(config.rows()), random.nextInt(config.lanes()), scores);
        send(config, keys, block.keys.payload(), expected[i], key);
      }
      bench.until(() -> bench.simulator().peek(block.count) == count);
      bench.simulator().step(20);
      check(bench.simulator(), block, expected);
      assertThat(bench.simulator().isHigh(block.keyInvalid)).isEqualTo(invalid);
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.attention.Operands#configurations")
  void aBeatIsTakenEveryCycle(AcceleratorConfig config) {
    ScoreStage block = new ScoreStage(config);
    Simulator simulator = Simulator.of(block);
    simulator.reset();
    int beats = config.beatsPerVector();
    simulator.poke(block.keys.valid(), true);
    for (int cycle = 0; cycle < 60 * beats; cycle++) {
      simulator.poke(block.keys.payload().last(), cycle % beats == beats - 1);
      assertThat(simulator.isHigh(block.keys.ready())).as("cycle %d", cycle).isTrue();
      simulator.step();
    }
  }

  private static void writeQuery(Simulator simulator, ScoreStage block, short[][] queries) {
    int index = 0;
    simulator.poke(block.queryWrite, true);
    for (short[] query : queries) {
      for (int word = 0; word < query.length / HALVES; word++) {
        simulator.poke(block.queryIndex, index++);
        simulator.poke(block.queryWord, Operands.beat(query, word, HALVES));
        simulator.step();
      }
    }
    simulator.poke(block.queryWrite, false);
  }

  private static void send(
      AcceleratorConfig config,
      StreamDriver keys,
      ScoreStage.KeyBeat type,
      Token token,
      short[] key) {
    int beats = config.beatsPerVector();
    for (int beat = 0; beat < beats; beat++) {
      keys.send(
          Packing.of(type)
              .pack(
                  Operands.beat(key, beat, config.elementsPerBeat()),
                  BigInteger.valueOf(token.row()),
                  BigInteger.valueOf(token.lane()),
                  BigInteger.valueOf(beat == beats - 1 ? 1 : 0)));
    }
  }

  private static void check(Simulator simulator, ScoreStage block, Token[] expected) {
    assertThat(simulator.peek(block.count)).isEqualTo(expected.length);
    for (int g = 0; g < block.maximum.size(); g++) {
      int head = g;
      int largest =
          Arrays.stream(expected).mapToInt(token -> token.scores()[head]).max().orElse(-(1 << 25));
      assertThat(simulator.peekSigned(block.maximum.get(g))).isEqualTo(largest);
    }
    for (int i = 0; i < expected.length; i++) {
      simulator.poke(block.readEnable, true);
      simulator.poke(block.readIndex, i);
      simulator.step();
      simulator.poke(block.readEnable, false);
      assertThat(simulator.peek(block.entry.row())).as("row %d", i).isEqualTo(expected[i].row());
      assertThat(simulator.peek(block.entry.lane())).as("lane %d", i).isEqualTo(expected[i].lane());
      for (int g = 0; g < block.maximum.size(); g++) {
        assertThat(simulator.peekSigned(block.entry.scores().get(g)))
            .as("score %d of head %d", i, g)
            .isEqualTo(expected[i].scores()[g]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.attention.Operands#configurations")
  void aBeatOfTheQueryHasTheWordsWrittenLast(AcceleratorConfig config) {
    QueryBuffer block = new QueryBuffer(config);
    BlockBench bench = BlockBench.of(block, Stalls.NEVER, 43);
    Simulator simulator = bench.simulator();
    bench.reset();
    Random random = new Random(44);
    short[] query = new short[config.groupQueries() * config.headDim()];
    int words = query.length / HALVES;
    for (int i = 0; i < 4 * words; i++) {
      int word = i < words ? i : random.nextInt(words);
      for (int h = 0; h < HALVES; h++) {
        query[HALVES * word + h] = (short) random.nextInt();
      }
      simulator.poke(block.index, word);
      simulator.poke(block.word, Operands.beat(query, word, HALVES));
      bench.pulse(block.write);
      // Not written.
      simulator.poke(block.word, new BigInteger(64, random));
      simulator.step();
    }
    for (int beat = 0; beat < config.beatsPerVector(); beat++) {
      simulator.poke(block.beat, beat);
      for (int g = 0; g < config.groupQueries(); g++) {
        for (int e = 0; e < config.elementsPerBeat(); e++) {
          short half = query[g * config.headDim() + beat * config.elementsPerBeat() + e];
          assertThat(simulator.peek(block.halves.get(g).get(e)))
              .as("element %d of beat %d of head %d", e, beat, g)
              .isEqualTo(half & 0xFFFF);
        }
      }
    }
  }
}
