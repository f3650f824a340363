package sluice.hdl.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.Bool;
import sluice.hdl.ClockDomain;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;

/** Several clocks in one circuit. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {SimulatorOptions.INTERPRETED, SimulatorOptions.COMPILED})
class ClockSimulationTest {
  @Parameter private String engine;

  private SimulatorOptions options() {
    return SimulatorOptions.standard().withEngine(engine);
  }

  /** A counter of each clock, and a child's counter in the second domain. */
  private static final class Counters extends Module {
    final ClockDomain other = clockDomain("other");
    final UInt mine = output(UInt.of(8));
    final UInt others = other.output(UInt.of(8));
    final Counter child;

    Counters() {
      UInt first = register(UInt.of(8)).reset(0);
      first.set(first.plusWrap(1));
      mine.set(first);
      child = other.instance(new Counter());
      others.set(child.count);
    }
  }

  private static final class Counter extends Module {
    final UInt count = output(UInt.of(8));

    Counter() {
      UInt value = register(UInt.of(8)).reset(0);
      value.set(value.plusWrap(1));
      count.set(value);
    }
  }

  private static List<Long> counts(Simulator simulator, Counters counters) {
    return List.of(simulator.peek(counters.mine), simulator.peek(counters.others));
  }

  @Test
  void eachClockIsSteppedByItself() {
    Counters counters = new Counters();
    Simulator simulator = Simulator.of(counters, options());
    simulator.reset();
    assertThat(counts(simulator, counters)).containsExactly(0L, 0L);
    simulator.step(3);
    assertThat(counts(simulator, counters)).containsExactly(3L, 0L);
    simulator.step(counters.other, 5);
    assertThat(counts(simulator, counters)).containsExactly(3L, 5L);
    simulator.step(counters.child.clockDomain());
    assertThat(counts(simulator, counters)).containsExactly(3L, 6L);
    assertThat(simulator.cycle()).isEqualTo(4 + 3);
    assertThat(simulator.cycle(counters.other)).isEqualTo(4 + 6);
  }

  @Test
  void eachDomainIsResetByItself() {
    Counters counters = new Counters();
    Simulator simulator = Simulator.of(counters, options());
    simulator.reset();
    simulator.step(3);
    simulator.reset(counters.other);
    assertThat(counts(simulator, counters)).containsExactly(3L, 0L);
    simulator.setReset(counters.clockDomain(), true);
    assertThat(simulator.inReset()).isTrue();
    assertThat(simulator.inReset(counters.other)).isFalse();
    simulator.step();
    simulator.step(counters.other);
    assertThat(counts(simulator, counters)).containsExactly(0L, 1L);
  }

  @Test
  void clocksRunWithPeriodsAndPhases() {
    Counters counters = new Counters();
    Simulator simulator = Simulator.of(counters, options());
    simulator.reset();
    simulator.clock(counters.clockDomain(), 1000, 0).clock(counters.other, 300, 250);
    // Edges at 0, 1000, 2000; and at 250, 550, ..., 2350; the one at 2950 is not reached.
    simulator.run(2500);
    assertThat(counts(simulator, counters)).containsExactly(3L, 8L);
    assertThat(simulator.time()).isEqualTo(2500);
    simulator.run(150);
    assertThat(counts(simulator, counters)).containsExactly(3L, 8L);
    simulator.run(1);
    assertThat(counts(simulator, counters)).containsExactly(3L, 9L);
    simulator.step();
    assertThat(simulator.time()).isEqualTo(3000);
    assertThat(counts(simulator, counters)).containsExactly(4L, 10L);
  }

  /** A register of one clock that another's takes as it is, and a memory that both use. */
  private static final class Shared extends Module {
    final ClockDomain other = clockDomain("other");
    final UInt address = input(UInt.of(2));
    final UInt seen = other.output(UInt.of(8));
    final UInt word = other.output(UInt.of(8));

    Shared() {
      UInt count = register(UInt.of(8)).reset(0);
      count.set(count.plusWrap(1));
      seen.set(other.captured(count, Bool.literal(true)));
      Memory<UInt> table = memory(UInt.of(8), 4);
      table.write(Bool.literal(true), UInt.literal(1, 2), count);
      word.set(table.in(other).read(UInt.literal(2, 2), Bool.literal(true)));
      table.write(address.orReduce(), address, count);
    }
  }

  @Test
  void whereClocksRiseTogetherEverythingIsSampledBeforeAnythingChanges() {
    Shared shared = new Shared();
    Simulator simulator = Simulator.of(shared, options());
    simulator.clock(shared.clockDomain(), 10, 0).clock(shared.other, 10, 0);
    simulator.reset();
    long start = simulator.peek(shared.seen);
    simulator.step(5);
    // Before its fifth edge the counter was at 4, and that is what the other clock took.
    assertThat(simulator.peek(shared.seen)).isEqualTo(start + 4);
    assertThat(simulator.memory("table").get(1)).isEqualTo(4);
  }

  @Test
  void aMemoryIsWrittenAtOneClockAndReadAtAnother() {
    Shared shared = new Shared();
    Simulator simulator = Simulator.of(shared, options());
    simulator.reset();
    simulator.poke(shared.address, 2);
    simulator.step(3);
    simulator.poke(shared.address, 0);
    long before = simulator.peek(shared.word);
    simulator.step();
    assertThat(simulator.peek(shared.word)).isEqualTo(before);
    simulator.step(shared.other);
    assertThat(simulator.peek(shared.word)).isEqualTo(2);
  }

  /** Two streams, each of a clock of its own. */
  private static final class Streams extends Module {
    final ClockDomain other = clockDomain("other");
    final Stream<UInt> in = input(Stream.of(UInt.of(8)));
    final Stream<UInt> out = output(Stream.of(UInt.of(8)));
    final Stream<UInt> otherIn = other.input(Stream.of(UInt.of(8)));
    final Stream<UInt> otherOut = other.output(Stream.of(UInt.of(8)));

    Streams() {
      in.to(out);
      otherIn.to(otherOut);
    }
  }

  @Test
  void streamsAreDrivenAndTakenAtTheEdgesOfTheirClock() {
    Streams streams = new Streams();
    Simulator simulator = Simulator.of(streams, options());
    StreamDriver mine = simulator.drive(streams.in);
    StreamDriver others = simulator.drive(streams.otherIn);
    LongStream.range(0, 20).forEach(mine::send);
    LongStream.range(0, 20).forEach(others::send);
    StreamSink sink = simulator.sink(streams.out);
    StreamSink otherSink = simulator.sink(streams.otherOut);
    simulator.step(4);
    assertThat(List.of(sink.count(), otherSink.count())).containsExactly(4, 0);
    simulator.step(streams.other, 3);
    assertThat(List.of(sink.count(), otherSink.count())).containsExactly(4, 3);
  }

  @Test
  void anActivityIsToldOfItsOwnClock() {
    Counters counters = new Counters();
    Simulator simulator = Simulator.of(counters, options());
    List<Long> cycles = new ArrayList<>();
    Activity activity =
        new Activity() {
          @Override
          public void sample(Simulator s) {
            cycles.add(s.cycle());
          }
        };
    simulator.attach(activity, counters.other);
    simulator.step(7);
    simulator.step(counters.other, 3);
    assertThat(cycles).containsExactly(0L, 1L, 2L);
    assertThat(simulator.cycle()).isEqualTo(7);
  }

  @Test
  void aDomainOfAnotherCircuitIsRefused() {
    Simulator simulator = Simulator.of(new Counters(), options());
    Counters stranger = new Counters();
    assertThatThrownBy(() -> simulator.step(stranger.other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the domain of other_clock is not in this circuit");
  }

  @Test
  void aClockThatStandsIsNotSteppedWhileOthersRun() {
    Counters counters = new Counters();
    Simulator simulator = Simulator.of(counters, options()).clock(counters.other, 10, 0);
    assertThatThrownBy(simulator::step)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("clock does not run while others do: give it a period, too");
  }
}
