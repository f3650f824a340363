package sluice.hdl.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.Queue;

/** Driving, taking and checking streams. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {SimulatorOptions.INTERPRETED, SimulatorOptions.COMPILED})
class StreamSimulationTest {
  @Parameter private String engine;

  private SimulatorOptions options() {
    return SimulatorOptions.standard().withEngine(engine);
  }

  private record Word(UInt value, SInt offset, Bool last) implements Bundle {}

  private static Queue<Word> wordQueue() {
    return new Queue<>(new Word(UInt.of(70), SInt.of(5), Bool.of()), 4);
  }

  private static List<BigInteger> randomWords(int count, int width) {
    Random random = new Random(count);
    return IntStream.range(0, count).mapToObj(i -> new BigInteger(width, random)).toList();
  }

  @ParameterizedTest
  @CsvSource({"0.0,0.0", "0.5,0.0", "0.0,0.5", "0.3,0.3", "0.9,0.1", "0.1,0.9"})
  void aQueuePassesEveryValueInOrderUnderAnyStalls(double before, double after) {
    Queue<Word> queue = wordQueue();
    Simulator simulator = Simulator.of(queue, options());
    List<BigInteger> words = randomWords(200, 76);
    StreamDriver driver = simulator.drive(queue.in, words).stalls(before, 3);
    StreamSink sink = simulator.sink(queue.out).stalls(after, 4);
    simulator.reset();
    simulator.runUntil(() -> sink.count() == words.size(), 10_000);
    assertThat(sink.received()).isEqualTo(words);
    assertThat(driver.isDone()).isTrue();
  }

  @Test
  void withoutStallsAQueueTakesOneValueACycle() {
    Queue<Word> queue = wordQueue();
    Simulator simulator = Simulator.of(queue, options());
    simulator.drive(queue.in, randomWords(100, 76));
    StreamSink sink = simulator.sink(queue.out);
    simulator.reset();
    assertThat(simulator.runUntil(() -> sink.count() == 100, 1000)).isEqualTo(101);
  }

  @Test
  void aFullQueueHoldsItsDepthAndLosesNothing() {
    Queue<Word> queue = wordQueue();
    Simulator simulator = Simulator.of(queue, options());
    List<BigInteger> words = randomWords(6, 76);
    StreamDriver driver = simulator.drive(queue.in, words);
    StreamSink sink = simulator.sink(queue.out).stalls(1.0, 1);
    simulator.reset();
    simulator.step(20);
    assertThat(driver.sent()).isEqualTo(4);
    assertThat(simulator.peek(queue.count)).isEqualTo(4);
    sink.stalls(0.0, 1);
    simulator.runUntil(() -> sink.count() == 6, 100);
    assertThat(sink.received()).isEqualTo(words);
  }

  @Test
  void aValueMayBeGivenAndTakenSignalBySignal() {
    Queue<Word> queue = wordQueue();
    Simulator simulator = Simulator.of(queue, options());
    simulator.drive(queue.in).send(77, -3, 1);
    StreamSink sink = simulator.sink(queue.out);
    simulator.reset();
    simulator.runUntil(() -> sink.count() == 1, 100);
    assertThat(sink.receivedFields())
        .containsExactly(
            List.of(BigInteger.valueOf(77), BigInteger.valueOf(32 - 3), BigInteger.ONE));
    Packing packing = Packing.of(queue.out.payload());
    assertThat(packing.leaf(sink.received().get(0), "value")).isEqualTo(77);
    assertThat(packing.leaf(sink.received().get(0), "last")).isEqualTo(1);
  }

  /** Shows a counter that nobody holds while it waits. */
  private static final class Impatient extends Module {
    final Stream<UInt> changing;
    final Stream<UInt> vanishing;

    Impatient() {
      UInt time = register(UInt.of(8)).reset(0);
      time.set(time.plusWrap(1));
      changing = output(Stream.of(UInt.of(8)));
      changing.valid().set(time.ne(0));
      changing.payload().set(time);
      vanishing = output(Stream.of(UInt.of(8)));
      vanishing.valid().set(time.bit(1));
      vanishing.payload().set(mux(time.bit(1), UInt.literal(0x1c), UInt.literal(9, 5)));
    }
  }

  @Test
  void aPayloadThatChangesWhileItWaitsIsFound() {
    Impatient impatient = new Impatient();
    Simulator simulator = Simulator.of(impatient, options().withUndefined(Undefined.ZERO));
    simulator.sink(impatient.changing).stalls(1.0, 1);
    simulator.reset();
    assertThatThrownBy(() -> simulator.step(5))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            """
            changing_valid breaks rule 2 of streams in cycle 6: the payload changed from 1 to 2 before it was taken
            cycle           0 1 2 3 4 5 6
            changing_valid  __________----
            changing_ready  ______________
            changing        ..........|1|2|
            """);
  }

  @Test
  void aValueThatIsTakenBackIsFound() {
    Impatient impatient = new Impatient();
    Simulator simulator = Simulator.of(impatient, options().withUndefined(Undefined.ZERO));
    simulator.monitor(impatient.vanishing);
    simulator.reset();
    assertThatThrownBy(() -> simulator.step(10))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            """
            vanishing_valid breaks rule 2 of streams in cycle 8: valid fell before the value 1c was taken; the payload is now 9
            cycle            0  1  2  3  4  5  6  7  8
            vanishing_valid  __________________------___
            vanishing_ready  ___________________________
            vanishing        ..................|1c   |..
            """);
  }

  private static final class Eager extends Module {
    final Stream<UInt> out = output(Stream.of(UInt.of(8)));

    Eager() {
      out.valid().set(true);
      out.payload().set(0xa5);
    }
  }

  @Test
  void aValueThatIsOfferedDuringResetIsFound() {
    Eager eager = new Eager();
    Simulator simulator = Simulator.of(eager, options());
    simulator.sink(eager.out);
    assertThatThrownBy(simulator::reset)
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            """
            out_valid breaks rule 4 of streams in cycle 1: valid is high during reset, with the payload a5
            cycle      0  1
            out_valid  ------
            out_ready  ------
            out        |a5   |
            """);
  }

  @Test
  void aTestThatDoesNotEndSaysHowFarEveryStreamIs() {
    Queue<Word> queue = wordQueue();
    Simulator simulator = Simulator.of(queue, options());
    simulator.drive(queue.in, randomWords(9, 76));
    StreamSink sink = simulator.sink(queue.out).stalls(1.0, 1);
    simulator.reset();
    assertThatThrownBy(() -> simulator.runUntil(() -> sink.count() == 9, 50))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("not done after 50 cycles")
        .hasMessageContaining("in_valid: 4 sent, 5 waiting")
        .hasMessageContaining("out_valid: 0 received");
  }

  @Test
  void anInnerStreamCanBeMonitored() {
    Chain chain = new Chain();
    Simulator simulator = Simulator.of(chain, options());
    List<BigInteger> words = new ArrayList<>(randomWords(50, 8));
    simulator.drive(chain.in, words).stalls(0.2, 5);
    StreamSink sink = simulator.sink(chain.out).stalls(0.4, 6);
    StreamMonitor inner = simulator.monitor(chain.first.out);
    simulator.reset();
    simulator.runUntil(() -> sink.count() == 50, 1000);
    assertThat(inner.transfers()).isEqualTo(50);
    assertThat(sink.received()).isEqualTo(words);
  }

  private static final class Chain extends Module {
    final Stream<UInt> in;
    final Stream<UInt> out;
    final Queue<UInt> first;
    final Queue<UInt> second;

    Chain() {
      in = input(Stream.of(UInt.of(8)));
      first = instance(new Queue<>(UInt.of(8), 2));
      second = instance(new Queue<>(UInt.of(8), 2));
      in.to(first.in);
      first.out.to(second.in);
      out = output(Stream.of(UInt.of(8)));
      second.out.to(out);
    }
  }
}
