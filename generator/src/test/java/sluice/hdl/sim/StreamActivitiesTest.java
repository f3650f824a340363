package sluice.hdl.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.UInt;
import sluice.hdl.lib.Queue;

/** Stall patterns, expectations and statistics of drivers and sinks. */
class StreamActivitiesTest {

  private record Word(UInt value, Bool last) implements Bundle {}

  private final Queue<Word> queue = new Queue<>(new Word(UInt.of(8), Bool.of()), 4);
  private final Simulator simulator =
      Simulator.of(queue, SimulatorOptions.standard().withUndefined(Undefined.ZERO));

  private static String cycles(StallPattern pattern, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> pattern.next() ? "_" : "-")
        .collect(Collectors.joining());
  }

  @Test
  void patternsAreWhatTheirNamesSay() {
    assertThat(cycles(StallPattern.none(), 8)).isEqualTo("--------");
    assertThat(cycles(StallPattern.always(), 8)).isEqualTo("________");
    assertThat(cycles(StallPattern.repeating("--_"), 8)).isEqualTo("--_--_--");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StallPattern.repeating("1101"))
        .withMessage("a pattern is made of - and _, not: 1101");
  }

  @Test
  void randomPatternsComeFromTheirSeed() {
    String some = cycles(StallPattern.random(0.3, 5), 1000);
    assertThat(some).isEqualTo(cycles(StallPattern.random(0.3, 5), 1000));
    assertThat(some).isNotEqualTo(cycles(StallPattern.random(0.3, 6), 1000));
    assertThat(some.chars().filter(c -> c == '_').count()).isBetween(250L, 350L);
  }

  @Test
  void burstsHaveRunsOfAllLengthsUpToTheLongest() {
    String bursts = cycles(StallPattern.bursts(5, 3, 1), 2000);
    assertThat(bursts).startsWith("-").contains("_-----_").doesNotContain("------");
    assertThat(bursts).contains("-___-", "-_-").doesNotContain("____");
    assertThat(bursts).isEqualTo(cycles(StallPattern.bursts(5, 3, 1), 2000));
  }

  @Test
  void aWrongValueIsReportedWithTheExpectedOneAndTheWaveform() {
    simulator.drive(queue.in).send(7, 0).send(8, 0).send(9, 1);
    StreamSink sink = simulator.sink(queue.out).stalls(StallPattern.repeating("-_"));
    sink.expect(7, 0).expect(8, 1).expect(9, 1);
    simulator.reset(2);
    assertThatThrownBy(() -> simulator.step(20))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            """
            out_valid: value 1 is {value=8, last=0} in cycle 6, expected was {value=8, last=1}
            cycle      0 1 2 3 4 5 6
            out_valid  ______--------
            out_ready  --__--__--__--
            out_value  ......|7  |8  |
            out_last   ......|0      |
            """);
  }

  @Test
  void aValueTooManyIsReported() {
    simulator.drive(queue.in).send(7, 0).send(8, 0);
    StreamSink sink = simulator.sink(queue.out).expect(7, 0);
    simulator.reset();
    assertThatThrownBy(() -> simulator.step(20))
        .hasMessageStartingWith(
            "out_valid: value 1 is {value=8, last=0} in cycle 6, a value more than the 1 expected\n"
                + "cycle");
    assertThat(sink.isDone()).isTrue();
  }

  @Test
  void aSinkIsDoneWhenAllThatIsExpectedHasCome() {
    simulator.drive(queue.in).send(7, 0).send(8, 1);
    StreamSink sink = simulator.sink(queue.out).expect(7, 0).expect(8, 1);
    assertThat(sink.isDone()).isFalse();
    simulator.reset();
    simulator.runUntil(sink::isDone, 20);
    assertThat(sink.count()).isEqualTo(2);
    sink.expect(9, 0);
    assertThatThrownBy(() -> simulator.runUntil(sink::isDone, 10))
        .hasMessageContaining("out_valid: 2 of 3 received");
  }

  @Test
  void latencyAndThroughputAreMeasured() {
    StreamDriver driver = simulator.drive(queue.in);
    StreamSink sink = simulator.sink(queue.out).stalls(StallPattern.repeating("-__"));
    IntStream.range(0, 10).forEach(i -> driver.send(i, 0));
    simulator.reset(3);
    simulator.runUntil(() -> sink.count() == 10, 100);
    StreamStatistics statistics = sink.statistics();
    assertThat(statistics.transfers()).isEqualTo(10);
    assertThat(statistics.last() - statistics.first()).isEqualTo(9 * 3);
    assertThat(statistics.throughput()).isEqualTo(10 / 28.0);
    assertThat(statistics.longestStall()).isEqualTo(2);
    assertThat(statistics.stalled()).isBetween(18L, 20L);
    StreamStatistics.Latency latency = StreamStatistics.Latency.between(driver, sink);
    assertThat(latency.least()).isBetween(1L, 3L);
    // A full queue of four words, of which one leaves every third cycle.
    assertThat(latency.most()).isBetween(10L, 14L);
    assertThat(latency.mean()).isBetween((double) latency.least(), (double) latency.most());
  }

  @Test
  void withoutValuesThereIsNoLatency() {
    StreamDriver driver = simulator.drive(queue.in);
    StreamSink sink = simulator.sink(queue.out);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StreamStatistics.Latency.between(driver, sink))
        .withMessage("0 values out of 0 have no latency");
    assertThat(sink.statistics()).isEqualTo(new StreamStatistics(0, 0, 0, 0, -1, -1));
    assertThat(sink.statistics().throughput()).isZero();
  }
}
