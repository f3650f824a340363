package sluice.hdl.lib;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.StreamSink;

/** Blocks that lead streams: nothing is lost, repeated or reordered, whatever stalls. */
@Tag("block")
class StreamBlocksTest {
  private static final int WORDS = 200;
  private static final int PATIENCE = 20_000;

  private static List<BigInteger> words(int bits, int seed) {
    Random random = new Random(seed);
    return IntStream.range(0, WORDS).mapToObj(i -> new BigInteger(bits, random)).toList();
  }

  /** Each word marked with its producer in the bits above 16. */
  private static List<BigInteger> marked(int producer) {
    return words(16, producer).stream()
        .map(word -> word.add(BigInteger.valueOf((long) producer << 16)))
        .toList();
  }

  private static List<BigInteger> ofProducer(List<BigInteger> words, int producer) {
    return words.stream().filter(word -> word.shiftRight(16).intValue() == producer).toList();
  }

  @ParameterizedTest
  @CsvSource({"0.0,0.0", "0.5,0.0", "0.0,0.5", "0.7,0.7"})
  void aForkGivesEveryValueToEveryConsumer(double before, double after) {
    StreamFork<UInt> fork = new StreamFork<>(UInt.of(20), 3);
    Simulator simulator = Simulator.of(fork);
    simulator.drive(fork.in, words(20, 1)).stalls(before, 2);
    List<StreamSink> sinks = new ArrayList<>();
    for (Stream<UInt> out : fork.outs) {
      sinks.add(simulator.sink(out).stalls(after, sinks.size()));
    }
    simulator.reset();
    simulator.runUntil(() -> sinks.stream().allMatch(s -> s.count() == WORDS), PATIENCE);
    simulator.step(20);
    sinks.forEach(sink -> assertThat(sink.received()).isEqualTo(words(20, 1)));
  }

  @ParameterizedTest
  @CsvSource({"0.0,0.0", "0.5,0.0", "0.0,0.5", "0.7,0.7"})
  void arbitersPassEveryValueOnceAndKeepEachProducersOrder(double before, double after) {
    Arbiter<UInt> priority = new Arbiter<>(UInt.of(20), 3);
    RoundRobinArbiter<UInt> roundRobin = new RoundRobinArbiter<>(UInt.of(20), 3);
    merges(Simulator.of(priority), priority.ins, priority.out, before, after);
    merges(Simulator.of(roundRobin), roundRobin.ins, roundRobin.out, before, after);
  }

  private static void merges(
      Simulator simulator, List<Stream<UInt>> ins, Stream<UInt> out, double before, double after) {
    for (int i = 0; i < ins.size(); i++) {
      simulator.drive(ins.get(i), marked(i)).stalls(before, i);
    }
    StreamSink sink = simulator.sink(out).stalls(after, 7);
    simulator.reset();
    simulator.runUntil(() -> sink.count() == 3 * WORDS, PATIENCE);
    for (int i = 0; i < ins.size(); i++) {
      assertThat(ofProducer(sink.received(), i)).isEqualTo(marked(i));
    }
  }

  @ParameterizedTest
  @CsvSource({"2", "3", "5", "8"})
  void roundRobinServesWaitingProducersInTurn(int producers) {
    RoundRobinArbiter<UInt> arbiter = new RoundRobinArbiter<>(UInt.of(20), producers);
    Simulator simulator = Simulator.of(arbiter);
    for (int i = 0; i < producers; i++) {
      simulator.drive(arbiter.ins.get(i), marked(i));
    }
    StreamSink sink = simulator.sink(arbiter.out);
    simulator.reset();
    simulator.runUntil(() -> sink.count() == 100, PATIENCE);
    int first = sink.received().get(0).shiftRight(16).intValue();
    for (int n = 0; n < 100; n++) {
      assertThat(sink.received().get(n).shiftRight(16).intValue())
          .isEqualTo((first + n) % producers);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.0,0.0", "0.5,0.0", "0.0,0.5", "0.7,0.7"})
  void widthsGoUpAndDownWithoutALoss(double before, double after) {
    WidthUp up = new WidthUp(8, 4);
    Simulator upwards = Simulator.of(up);
    upwards.drive(up.in, words(8, 3)).stalls(before, 1);
    StreamSink wide = upwards.sink(up.out).stalls(after, 2);
    upwards.reset();
    upwards.runUntil(() -> wide.count() == WORDS / 4, PATIENCE);

    WidthDown down = new WidthDown(8, 4);
    Simulator downwards = Simulator.of(down);
    downwards.drive(down.in, wide.received()).stalls(before, 5);
    StreamSink narrow = downwards.sink(down.out).stalls(after, 6);
    downwards.reset();
    downwards.runUntil(() -> narrow.count() == WORDS, PATIENCE);
    assertThat(narrow.received()).isEqualTo(words(8, 3));
    assertThat(wide.received().get(0).intValue() & 0xff).isEqualTo(words(8, 3).get(0).intValue());
  }

  @ParameterizedTest
  @CsvSource({"0.0,0.0", "0.5,0.0", "0.0,0.5", "0.7,0.7"})
  void aJoinPairsTheValuesOfTwoStreams(double before, double after) {
    StreamJoin<UInt, UInt> join = new StreamJoin<>(UInt.of(10), UInt.of(6));
    Simulator simulator = Simulator.of(join);
    simulator.drive(join.first, words(10, 1)).stalls(before, 1);
    simulator.drive(join.second, words(6, 2)).stalls(after, 2);
    StreamSink sink = simulator.sink(join.out).stalls(before, 3);
    simulator.reset();
    simulator.runUntil(() -> sink.count() == WORDS, PATIENCE);
    for (int i = 0; i < WORDS; i++) {
      assertThat(sink.received().get(i))
          .isEqualTo(words(10, 1).get(i).shiftLeft(6).or(words(6, 2).get(i)));
    }
  }

  @ParameterizedTest
  @CsvSource({"2,0.0", "3,0.5", "4,0.3"})
  void aDemultiplexerSendsEachValueWhereItSays(int consumers, double stalls) {
    Demultiplexer<UInt> demultiplexer = new Demultiplexer<>(UInt.of(20), consumers);
    Simulator simulator = Simulator.of(demultiplexer);
    int toBits = UInt.index(consumers).width();
    Random random = new Random(consumers);
    List<List<BigInteger>> expected = new ArrayList<>();
    for (int i = 0; i < consumers; i++) {
      expected.add(new ArrayList<>());
    }
    List<BigInteger> sent = new ArrayList<>();
    for (BigInteger word : words(20, consumers)) {
      int to = random.nextInt(1 << toBits);
      sent.add(BigInteger.valueOf(to).shiftLeft(20).or(word));
      expected.get(Math.min(to, consumers - 1)).add(word);
    }
    simulator.drive(demultiplexer.in, sent).stalls(stalls, 1);
    List<StreamSink> sinks = new ArrayList<>();
    for (Stream<UInt> out : demultiplexer.outs) {
      sinks.add(simulator.sink(out).stalls(stalls, sinks.size()));
    }
    simulator.reset();
    simulator.runUntil(() -> sinks.stream().mapToInt(StreamSink::count).sum() == WORDS, PATIENCE);
    for (int i = 0; i < consumers; i++) {
      assertThat(sinks.get(i).received()).isEqualTo(expected.get(i));
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "3", "4"})
  void aCreditGateLetsOnlySoManyPass(int limit) {
    CreditGate<UInt> gate = new CreditGate<>(UInt.of(8), limit);
    Simulator simulator = Simulator.of(gate);
    simulator.drive(gate.in, words(8, 1));
    StreamSink sink = simulator.sink(gate.out);
    simulator.poke(gate.giveBack, false);
    simulator.reset();
    simulator.step(20);
    assertThat(sink.count()).isEqualTo(limit);
    simulator.poke(gate.giveBack, true);
    simulator.step(1);
    simulator.poke(gate.giveBack, false);
    simulator.step(20);
    assertThat(sink.count()).isEqualTo(limit + 1);
    assertThat(simulator.peek(gate.underWay)).isEqualTo(limit);
  }
}
