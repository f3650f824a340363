package sluice.hdl.lib.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.Bool;
import sluice.hdl.ClockDomain;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.Simulator;

/** Signals from one clock domain to another. */
class SignalCrossingTest {

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void aChangeComesAfterTheStagesOrOneMore(int stages) {
    Set<Long> latencies = new HashSet<>();
    Synchronizer<Bool> synchronizer = new Synchronizer<>(Bool.of(), stages);
    Simulator simulator = Simulator.of(synchronizer).metastability(true);
    simulator.reset();
    for (int i = 0; i < 40; i++) {
      boolean level = i % 2 == 0;
      simulator.poke(synchronizer.in, level);
      latencies.add(
          simulator.runUntil(() -> simulator.isHigh(synchronizer.out) == level, stages + 2));
      simulator.step(3);
    }
    assertThat(latencies).containsExactlyInAnyOrder((long) stages, stages + 1L);
  }

  @Test
  void withoutMetastabilityAChangeComesAfterTheStages() {
    Synchronizer<Bool> synchronizer = Synchronizer.ofBool();
    Simulator simulator = Simulator.of(synchronizer).metastability(false);
    simulator.reset();
    for (int i = 0; i < 40; i++) {
      boolean level = i % 2 == 0;
      simulator.poke(synchronizer.in, level);
      assertThat(simulator.runUntil(() -> simulator.isHigh(synchronizer.out) == level, 4))
          .isEqualTo(2);
    }
  }

  @Test
  void bitsThatChangeTogetherMayComeApart() {
    Synchronizer<UInt> synchronizer = new Synchronizer<>(UInt.of(8), 2);
    Simulator simulator = Simulator.of(synchronizer).metastability(true);
    simulator.reset();
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      simulator.poke(synchronizer.in, i % 2 == 0 ? 0xff : 0);
      simulator.step(2);
      seen.add(simulator.peek(synchronizer.out));
      simulator.step(2);
    }
    assertThat(seen).hasSizeGreaterThan(10);
  }

  @Test
  void theSameSeedGivesTheSameMetastability() {
    assertThat(history(5)).isEqualTo(history(5)).isNotEqualTo(history(6));
  }

  private static String history(long seed) {
    Synchronizer<Bool> synchronizer = Synchronizer.ofBool();
    Simulator simulator = Simulator.of(synchronizer, seed).metastability(true);
    simulator.reset();
    StringBuilder history = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      simulator.poke(synchronizer.in, i % 3 == 0);
      simulator.step();
      history.append(simulator.peek(synchronizer.out));
    }
    return history.toString();
  }

  @ParameterizedTest
  @MethodSource("sluice.hdl.lib.crossing.Ratio#all")
  void everyPulseMakesOnePulse(Ratio ratio) {
    PulseCrossing crossing = new PulseCrossing(2);
    Simulator simulator = Simulator.of(crossing, ratio.hashCode());
    ratio.run(simulator, crossing.source, crossing.target);
    simulator.reset();
    long[] arrived = {0};
    simulator.attach(
        new Activity() {
          @Override
          public void sample(Simulator s) {
            arrived[0] += s.peek(crossing.out);
          }
        },
        crossing.target);
    Random random = new Random(1);
    int pulses = 100;
    for (int i = 0; i < pulses; i++) {
      simulator.poke(crossing.in, true);
      simulator.step(crossing.source);
      simulator.poke(crossing.in, false);
      long distance = 2 * ratio.second() + random.nextLong(3 * ratio.slower());
      simulator.step(crossing.source, (int) (distance / ratio.first()));
    }
    simulator.step(crossing.target, 10);
    assertThat(arrived[0]).isEqualTo(pulses);
  }

  /** Codes and numbers side by side. */
  private static final class Codes extends Module {
    final UInt number = input(UInt.of(6));
    final UInt code = output(UInt.of(6));
    final UInt back = output(UInt.of(6));

    Codes() {
      code.set(GrayCode.encode(number));
      back.set(GrayCode.decode(code));
    }
  }

  @Test
  void grayCodesOfNeighboursDifferInOneBit() {
    Codes codes = new Codes();
    Simulator simulator = Simulator.of(codes);
    simulator.poke(codes.number, 63);
    long before = simulator.peek(codes.code);
    for (int i = 0; i < 64; i++) {
      simulator.poke(codes.number, i);
      assertThat(simulator.peek(codes.code)).isEqualTo(i ^ i >> 1);
      assertThat(Long.bitCount(simulator.peek(codes.code) ^ before)).isEqualTo(1);
      assertThat(simulator.peek(codes.back)).isEqualTo(i);
      before = simulator.peek(codes.code);
    }
  }

  /** A counter whose reset comes from outside at any time. */
  private static final class Counting extends Module {
    final UInt count = output(UInt.of(8));
    final Bool inReset = output(Bool.of());

    Counting() {
      ResetSynchronizer synchronizer = instance(new ResetSynchronizer(2));
      ClockDomain core = clockDomain().withReset("core", synchronizer.inReset);
      UInt value = core.register(UInt.of(8)).reset(7);
      value.set(value.plusWrap(1));
      count.set(value);
      inReset.set(synchronizer.inReset);
    }
  }

  @Test
  void aSynchronizedResetBeginsAtOnceAndEndsWithTheStages() {
    Counting counting = new Counting();
    Simulator simulator = Simulator.of(counting);
    simulator.setReset(true);
    assertThat(simulator.isHigh(counting.inReset)).isTrue();
    simulator.setReset(false);
    assertThat(simulator.isHigh(counting.inReset)).isTrue();
    simulator.step(2);
    assertThat(simulator.isHigh(counting.inReset)).isFalse();
    assertThat(simulator.peek(counting.count)).isEqualTo(7);
    simulator.step(5);
    assertThat(simulator.peek(counting.count)).isEqualTo(12);
    simulator.setReset(true);
    simulator.setReset(false);
    assertThat(simulator.isHigh(counting.inReset)).as("after a reset between edges").isTrue();
    assertThat(simulator.peek(counting.count)).as("it waits for an edge").isEqualTo(12);
    simulator.step();
    assertThat(simulator.peek(counting.count)).isEqualTo(7);
  }
}
