package sluice.accel.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.golden.Half;
import sluice.golden.Scores;
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.Packing;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;
import sluice.layout.DecodeParameters;

/** From beats of keys to the score buffer, and the query beside it. */
@BlockTest({ScoreStage.class, QueryBuffer.class})
class ScoreStageTest {
  private static final int MOST_TOKENS = 40;
  private static final int HALVES = AcceleratorConfig.HOST_BITS / 16;

  private static final int SLOTS = AcceleratorConfig.HEADS_IN_FLIGHT;
  private static final int LEAST = -(1 << 25);

  /** A pick; its scores are known when its head begins. */
  private record Token(int row, int lane, int place, short[] key, int[] scores) {}

  /** A head in a slot. */
  private static final class Head {
    final int slot;
    final short[][] queries;
    final int factor;
    final List<Token> tokens = new ArrayList<>();
    boolean invalid;

    Head(AcceleratorConfig config, Random random, int number, int count, int firstPlace) {
      slot = number % SLOTS;
      queries = new short[config.groupQueries()][];
      Arrays.setAll(queries, g -> Operands.vector(random, config.headDim(), 0));
      factor = DecodeParameters.defaultFactor(config.headDim()) + random.nextInt(1 << 25);
      for (int i = 0; i < count; i++) {
        short[] key = Operands.vector(random, config.headDim(), number % 3 == 2 ? 0.02 : 0);
        invalid |= !Half.finite(key);
        tokens.add(
            new Token(
                random.nextInt(config.rows()),
                random.nextInt(config.lanes()),
                (firstPlace + i) % config.pickPlaces(),
                key,
                Arrays.stream(queries).mapToInt(q -> Scores.score(q, key, factor)).toArray()));
      }
    }
  }

  /** Picks tokens of the heads that have begun, and sends their keys, those of all heads mixed. */
  private static final class Picks implements Activity {
    private final ScoreStage block;
    private final AcceleratorConfig config;
    private final List<Head> begun = new ArrayList<>();
    private final Random random = new Random(45);
    private final List<Map.Entry<Head, Token>> open = new ArrayList<>();
    private StreamDriver keys;
    private int head;
    private int token;
    private int lastSlot = -1;
    private int changes;

    Picks(ScoreStage block, AcceleratorConfig config) {
      this.block = block;
      this.config = config;
    }

    @Override
    public void drive(Simulator simulator) {
      boolean picks = false;
      boolean ends = false;
      if (!simulator.inReset() && head < begun.size()) {
        Head current = begun.get(head);
        simulator.poke(block.pickSlot, current.slot);
        picks = token < current.tokens.size() && random.nextInt(3) != 0;
        if (picks) {
          open.add(Map.entry(current, current.tokens.get(token)));
          token++;
        }
        ends = token == current.tokens.size() && random.nextInt(3) != 0;
        if (ends) {
          head++;
          token = 0;
        }
      }
      simulator.poke(block.picked, picks);
      simulator.poke(block.headEnd, ends);
    }

    /** A key is sent after its pick, whole. */
    @Override
    public void sample(Simulator simulator) {
      boolean fewOpen = open.size() < 8 && head < begun.size();
      if (!keys.isDone() || open.isEmpty() || fewOpen && random.nextInt(16) != 0) {
        return;
      }
      Map.Entry<Head, Token> chosen = open.remove(random.nextInt(open.size()));
      Head of = chosen.getKey();
      changes += of.slot == lastSlot ? 0 : 1;
      lastSlot = of.slot;
      send(config, keys, block.keys.payload(), of.slot, chosen.getValue());
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.accel.attention.Operands#stalled")
  void keysOfHeadsComeMixedAndEachHeadHasItsGoldenScores(AcceleratorConfig config, Stalls stalls) {
    ScoreStage block = new ScoreStage(config);
    BlockBench bench = BlockBench.of(block, stalls, 41);
    Simulator simulator = bench.simulator();
    Picks picks = simulator.attach(new Picks(block, config));
    picks.keys = bench.drive(block.keys);
    StreamSink scored = bench.sink(block.scoredHeads);
    bench.reset();
    Random random = new Random(42);
    int most = Math.min(MOST_TOKENS, config.pickPlaces() / SLOTS);
    int[] counts = {most, 1, most, most / 2, 0, most, 0, 0, most / 3, most};
    List<Head> heads = new ArrayList<>();
    int place = config.pickPlaces() - most / 2;
    for (int number = 0; number < counts.length + SLOTS - 1; number++) {
      if (number < counts.length) {
        Head head = new Head(config, random, number, counts[number], place);
        place += counts[number];
        heads.add(head);
        begin(bench, block, head);
        picks.begun.add(head);
      }
      // The oldest head is through before its slot is used again.
      int oldest = number - SLOTS + 1;
      if (oldest >= 0) {
        bench.until(() -> scored.count() > oldest);
        check(simulator, block, scored.receivedFields().get(oldest), heads.get(oldest));
      }
    }
    simulator.step(3);
    assertThat(scored.count()).isEqualTo(counts.length);
    assertThat(simulator.isHigh(block.busy)).isFalse();
    assertThat(picks.changes).isGreaterThan(2 * counts.length);
  }

  private static void begin(BlockBench bench, ScoreStage block, Head head) {
    Simulator simulator = bench.simulator();
    simulator.poke(block.headSlot, head.slot);
    simulator.poke(block.factor, head.factor);
    bench.pulse(block.headWrite);
    // Only the cycle of the pulse counts.
    simulator.poke(block.factor, head.factor ^ 0x7FFFFF);
    writeQuery(simulator, block, head.queries);
    simulator.poke(block.headSlot, (head.slot + 1) % SLOTS);
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
      AcceleratorConfig config, StreamDriver keys, ScoreStage.KeyBeat type, int slot, Token token) {
    int beats = config.beatsPerVector();
    for (int beat = 0; beat < beats; beat++) {
      keys.send(
          Packing.of(type)
              .pack(
                  Operands.beat(token.key(), beat, config.elementsPerBeat()),
                  BigInteger.valueOf(token.row()),
                  BigInteger.valueOf(token.lane()),
                  BigInteger.valueOf(slot),
                  BigInteger.valueOf(token.place()),
                  BigInteger.valueOf(beat == beats - 1 ? 1 : 0)));
    }
  }

  private static void check(
      Simulator simulator, ScoreStage block, List<BigInteger> scored, Head head) {
    int group = head.queries.length;
    int width = block.entry.scores().get(0).width();
    for (int g = 0; g < group; g++) {
      int query = g;
      int largest = head.tokens.stream().mapToInt(t -> t.scores()[query]).max().orElse(LEAST);
      assertThat(Operands.signed(scored.get(g), width)).isEqualTo(BigInteger.valueOf(largest));
    }
    assertThat(scored.get(group).testBit(0)).isEqualTo(head.invalid);
    for (Token token : head.tokens) {
      simulator.poke(block.readEnable, true);
      simulator.poke(block.readPlace, token.place());
      simulator.step();
      simulator.poke(block.readEnable, false);
      assertThat(simulator.peek(block.entry.row())).isEqualTo(token.row());
      assertThat(simulator.peek(block.entry.lane())).isEqualTo(token.lane());
      for (int g = 0; g < group; g++) {
        assertThat(simulator.peekSigned(block.entry.scores().get(g)))
            .as("score at %d of query head %d", token.place(), g)
            .isEqualTo(token.scores()[g]);
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
    short[][] queries = new short[SLOTS][config.groupQueries() * config.headDim()];
    int words = queries[0].length / HALVES;
    for (int i = 0; i < 4 * SLOTS * words; i++) {
      int slot = i < SLOTS * words ? i / words : random.nextInt(SLOTS);
      int word = i < SLOTS * words ? i % words : random.nextInt(words);
      for (int h = 0; h < HALVES; h++) {
        queries[slot][HALVES * word + h] = (short) random.nextInt();
      }
      simulator.poke(block.slot, slot);
      simulator.poke(block.index, word);
      simulator.poke(block.word, Operands.beat(queries[slot], word, HALVES));
      bench.pulse(block.write);
      // Not written.
      simulator.poke(block.word, new BigInteger(64, random));
      simulator.step();
    }
    for (int slot = 0; slot < SLOTS; slot++) {
      simulator.poke(block.readSlot, slot);
      for (int beat = 0; beat < config.beatsPerVector(); beat++) {
        simulator.poke(block.beat, beat);
        for (int g = 0; g < config.groupQueries(); g++) {
          for (int e = 0; e < config.elementsPerBeat(); e++) {
            short half = queries[slot][g * config.headDim() + beat * config.elementsPerBeat() + e];
            assertThat(simulator.peek(block.halves.get(g).get(e)))
                .as("element %d of beat %d of query head %d in slot %d", e, beat, g, slot)
                .isEqualTo(half & 0xFFFF);
          }
        }
      }
    }
  }
}
