package sluice.hdl.lib.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.hdl.UInt;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** Streams from one clock domain to another: no value is lost, doubled or reordered. */
class StreamCrossingTest {
  private static final int WIDTH = 40;
  private static final int WATCHDOG = 2_000_000;

  /** Every ratio, without stalls, with a slow producer, a slow consumer, and both. */
  static Stream<Arguments> runs() {
    return Ratio.all()
        .flatMap(
            ratio ->
                Stream.of(
                    Arguments.of(ratio, 0.0, 0.0),
                    Arguments.of(ratio, 0.8, 0.0),
                    Arguments.of(ratio, 0.0, 0.8),
                    Arguments.of(ratio, 0.4, 0.4)));
  }

  private static List<BigInteger> words(int count) {
    Random random = new Random(count);
    return IntStream.range(0, count).mapToObj(i -> new BigInteger(WIDTH, random)).toList();
  }

  @ParameterizedTest
  @MethodSource("runs")
  void aQueuePassesEveryValueInOrder(Ratio ratio, double before, double after) {
    AsyncQueue<UInt> queue = new AsyncQueue<>(UInt.of(WIDTH), 8);
    Simulator simulator = Simulator.of(queue, ratio.hashCode());
    ratio.run(simulator, queue.write, queue.read);
    List<BigInteger> words = words(300);
    simulator.drive(queue.in, words).stalls(before, 3);
    StreamSink sink = simulator.sink(queue.out).stalls(after, 4);
    simulator.reset();
    simulator.runUntil(() -> sink.count() == words.size(), WATCHDOG);
    simulator.run(50 * ratio.slower());
    assertThat(sink.received()).isEqualTo(words);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void aHandshakePassesEveryValueInOrder(Ratio ratio, double before, double after) {
    HandshakeCrossing<UInt> crossing = new HandshakeCrossing<>(UInt.of(WIDTH), 2);
    Simulator simulator = Simulator.of(crossing, ratio.hashCode());
    ratio.run(simulator, crossing.source, crossing.target);
    List<BigInteger> words = words(100);
    simulator.drive(crossing.in, words).stalls(before, 3);
    StreamSink sink = simulator.sink(crossing.out).stalls(after, 4);
    simulator.reset();
    simulator.runUntil(() -> sink.count() == words.size(), WATCHDOG);
    simulator.run(50 * ratio.slower());
    assertThat(sink.received()).isEqualTo(words);
  }

  @ParameterizedTest
  @MethodSource("sluice.hdl.lib.crossing.Ratio#all")
  void aQueuePassesAValueACycleOfTheSlowerClock(Ratio ratio) {
    AsyncQueue<UInt> queue = new AsyncQueue<>(UInt.of(WIDTH), 8);
    Simulator simulator = Simulator.of(queue);
    ratio.run(simulator, queue.write, queue.read);
    StreamDriver driver = simulator.drive(queue.in, words(400));
    StreamSink sink = simulator.sink(queue.out);
    simulator.reset();
    simulator.runUntil(() -> sink.count() == 100, WATCHDOG);
    long start = simulator.time();
    simulator.runUntil(() -> sink.count() == 300, WATCHDOG);
    assertThat(simulator.time() - start).isBetween(199 * ratio.slower(), 201 * ratio.slower());
    assertThat(driver.isDone()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("sluice.hdl.lib.crossing.Ratio#all")
  void aValueComesAfterTheStagesAndTwoEdgesOrOneMore(Ratio ratio) {
    for (int seed = 0; seed < 20; seed++) {
      AsyncQueue<UInt> queue = new AsyncQueue<>(UInt.of(8), 8, 3);
      Simulator simulator = Simulator.of(queue, seed);
      ratio.run(simulator, queue.write, queue.read);
      simulator.reset();
      simulator.poke(queue.in.payload(), 77);
      simulator.poke(queue.in.valid(), true);
      simulator.step(queue.write);
      simulator.poke(queue.in.valid(), false);
      long edges = simulator.cycle(queue.read);
      simulator.runUntil(() -> simulator.isHigh(queue.out.valid()), 100_000);
      assertThat(simulator.peek(queue.out.payload())).isEqualTo(77);
      assertThat(simulator.cycle(queue.read) - edges).isBetween(5L, 6L);
    }
  }

  @ParameterizedTest
  @MethodSource("sluice.hdl.lib.crossing.Ratio#all")
  void aHandshakeTakesTheStagesAndOneEdgeOrOneMore(Ratio ratio) {
    for (int seed = 0; seed < 20; seed++) {
      HandshakeCrossing<UInt> crossing = new HandshakeCrossing<>(UInt.of(8), 3);
      Simulator simulator = Simulator.of(crossing, seed);
      ratio.run(simulator, crossing.source, crossing.target);
      simulator.reset();
      simulator.poke(crossing.in.payload(), 77);
      simulator.poke(crossing.in.valid(), true);
      simulator.step(crossing.source);
      simulator.poke(crossing.in.valid(), false);
      long edges = simulator.cycle(crossing.target);
      simulator.runUntil(() -> simulator.isHigh(crossing.out.valid()), 100_000);
      assertThat(simulator.peek(crossing.out.payload())).isEqualTo(77);
      assertThat(simulator.cycle(crossing.target) - edges).isBetween(4L, 5L);
      assertThat(simulator.isHigh(crossing.in.ready())).isFalse();
      long answered = simulator.cycle(crossing.source);
      simulator.runUntil(() -> simulator.isHigh(crossing.in.ready()), 100_000);
      assertThat(simulator.cycle(crossing.source) - answered).isBetween(3L, 4L);
    }
  }

  @Test
  void aQueueThatNobodyReadsTakesItsDepthAndWhatIsReadAhead() {
    AsyncQueue<UInt> queue = new AsyncQueue<>(UInt.of(WIDTH), 16);
    Simulator simulator = Simulator.of(queue);
    new Ratio(1000, 1000, 500).run(simulator, queue.write, queue.read);
    StreamDriver driver = simulator.drive(queue.in, words(50));
    StreamSink sink = simulator.sink(queue.out).stalls(1.0, 1);
    simulator.reset();
    simulator.run(100_000);
    assertThat(driver.sent()).isEqualTo(16 + 4);
    sink.stalls(0, 1);
    simulator.run(100_000);
    assertThat(sink.received()).isEqualTo(words(50));
  }
}
