package sluice.hdl.lib;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.UInt;
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** Register slices, selection, throttling and packets under random stalls. */
class PacketBlocksTest {
  private static final int PATIENCE = 50_000;

  private static List<BigInteger> words(int count, int bits, long seed) {
    Random random = new Random(seed);
    List<BigInteger> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add(new BigInteger(bits, random));
    }
    return words;
  }

  @ParameterizedTest
  @CsvSource({"0.0,0.0", "0.5,0.0", "0.0,0.5", "0.7,0.7", "0.1,0.9"})
  void slicesOfOneDirectionPassEveryValueInOrder(double before, double after) {
    List<BigInteger> words = words(300, 9, 1);
    ForwardSlice<UInt> forward = new ForwardSlice<>(UInt.of(9));
    Simulator simulator = Simulator.of(forward);
    simulator.drive(forward.in, words).stalls(before, 1);
    StreamSink sink = simulator.sink(forward.out).stalls(after, 2);
    simulator.reset();
    simulator.runUntil(() -> sink.count() == 300, PATIENCE);
    assertThat(sink.received()).isEqualTo(words);

    BackwardSlice<UInt> backward = new BackwardSlice<>(UInt.of(9));
    Simulator other = Simulator.of(backward);
    other.drive(backward.in, words).stalls(before, 1);
    StreamSink behind = other.sink(backward.out).stalls(after, 2);
    other.reset();
    other.runUntil(() -> behind.count() == 300, PATIENCE);
    assertThat(behind.received()).isEqualTo(words);
  }

  @Test
  void slicesHaveFullRateAndTheLatencyTheySay() {
    ForwardSlice<UInt> forward = new ForwardSlice<>(UInt.of(9));
    Simulator simulator = Simulator.of(forward);
    simulator.drive(forward.in, words(100, 9, 1));
    StreamSink sink = simulator.sink(forward.out);
    simulator.reset();
    assertThat(simulator.runUntil(() -> sink.count() == 100, 1000)).isEqualTo(101);

    BackwardSlice<UInt> backward = new BackwardSlice<>(UInt.of(9));
    Simulator other = Simulator.of(backward);
    other.drive(backward.in, words(100, 9, 1));
    StreamSink behind = other.sink(backward.out);
    other.reset();
    assertThat(other.runUntil(() -> behind.count() == 100, 1000)).isEqualTo(100);
  }

  @Test
  void aBackwardSliceTakesOneMoreValueWhenTheConsumerStops() {
    BackwardSlice<UInt> slice = new BackwardSlice<>(UInt.of(9));
    Simulator simulator = Simulator.of(slice);
    StreamDriver driver = simulator.drive(slice.in, words(5, 9, 1));
    simulator.sink(slice.out).stalls(1, 1);
    simulator.reset();
    simulator.step(10);
    assertThat(driver.sent()).isEqualTo(1);
    simulator.poke(slice.out.ready(), true);
    assertThat(simulator.isHigh(slice.in.ready())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"2,0.0,0.0", "3,0.5,0.5", "4,0.0,0.7", "5,0.3,0.8"})
  void aStreamMuxTakesFromTheSelectedStreamOnly(int producers, double before, double after) {
    StreamMux<UInt> mux = new StreamMux<>(UInt.of(12), producers);
    Simulator simulator = Simulator.of(mux);
    List<List<BigInteger>> sent = new ArrayList<>();
    List<StreamDriver> drivers = new ArrayList<>();
    for (int i = 0; i < producers; i++) {
      sent.add(words(400, 12, i));
      drivers.add(simulator.drive(mux.ins.get(i), sent.get(i)).stalls(before, i));
    }
    StreamSink sink = simulator.sink(mux.out).stalls(after, 9);
    simulator.poke(mux.index, 0);
    simulator.reset();
    Random random = new Random(producers);
    List<BigInteger> expected = new ArrayList<>();
    int[] taken = new int[producers];
    int waitingAt = -1;
    boolean[] waits = new boolean[1];
    simulator.attach(
        new Activity() {
          @Override
          public void sample(Simulator sampled) {
            waits[0] = sampled.isHigh(mux.out.valid()) && !sampled.isHigh(mux.out.ready());
          }
        });
    for (int cycle = 0; cycle < 300; cycle++) {
      int select = random.nextInt(1 << mux.index.width());
      int chosen = waitingAt >= 0 ? waitingAt : Math.min(select, producers - 1);
      simulator.poke(mux.index, select);
      simulator.step();
      for (int i = 0; i < producers; i++) {
        if (drivers.get(i).sent() > taken[i]) {
          assertThat(i).isEqualTo(chosen);
          expected.add(sent.get(i).get(taken[i]++));
        }
      }
      // Nothing but an offered value holds the selection.
      waitingAt = waits[0] ? chosen : -1;
    }
    assertThat(sink.received()).isEqualTo(expected).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @CsvSource({"2,0.0,0.0", "3,0.3,0.0", "5,0.5,0.5", "9,0.0,0.3"})
  void aThrottleKeepsItsIntervalAndEveryValue(int interval, double before, double after) {
    Throttle<UInt> throttle = new Throttle<>(UInt.of(9), interval);
    Simulator simulator = Simulator.of(throttle);
    List<BigInteger> words = words(60, 9, interval);
    simulator.drive(throttle.in, words).stalls(before, 1);
    StreamSink sink = simulator.sink(throttle.out).stalls(after, 2);
    simulator.reset();
    int last = -interval;
    int least = Integer.MAX_VALUE;
    for (int cycle = 0; sink.count() < 60; cycle++) {
      assertThat(cycle).isLessThan(PATIENCE);
      int count = sink.count();
      simulator.step();
      if (sink.count() > count) {
        least = Math.min(least, cycle - last);
        last = cycle;
      }
    }
    assertThat(sink.received()).isEqualTo(words);
    assertThat(least).isEqualTo(interval);
  }

  /** A value of a packet, its producer in the high bits. */
  private record Beat(UInt value, Bool last) implements Bundle {}

  private static List<BigInteger> packets(int producer, int count) {
    Random random = new Random(producer);
    List<BigInteger> beats = new ArrayList<>();
    for (int packet = 0; packet < count; packet++) {
      int length = 1 + random.nextInt(5);
      for (int i = 0; i < length; i++) {
        long value = (long) producer << 8 | random.nextInt(256);
        beats.add(BigInteger.valueOf(2 * value + (i == length - 1 ? 1 : 0)));
      }
    }
    return beats;
  }

  @ParameterizedTest
  @CsvSource({"2,0.0,0.0", "3,0.5,0.0", "3,0.0,0.5", "4,0.7,0.7", "5,0.2,0.4"})
  void aPacketArbiterKeepsPacketsWhole(int producers, double before, double after) {
    PacketArbiter<Beat> arbiter =
        new PacketArbiter<>(new Beat(UInt.of(12), Bool.of()), producers, Beat::last);
    Simulator simulator = Simulator.of(arbiter);
    int total = 0;
    for (int i = 0; i < producers; i++) {
      List<BigInteger> beats = packets(i, 40);
      total += beats.size();
      simulator.drive(arbiter.ins.get(i), beats).stalls(before, i);
    }
    StreamSink sink = simulator.sink(arbiter.out).stalls(after, 7);
    simulator.reset();
    int all = total;
    simulator.runUntil(() -> sink.count() == all, PATIENCE);
    int open = -1;
    List<List<BigInteger>> received = new ArrayList<>();
    for (int i = 0; i < producers; i++) {
      received.add(new ArrayList<>());
    }
    for (BigInteger beat : sink.received()) {
      int producer = beat.shiftRight(9).intValue();
      assertThat(open).isIn(-1, producer);
      open = beat.testBit(0) ? -1 : producer;
      received.get(producer).add(beat);
    }
    for (int i = 0; i < producers; i++) {
      assertThat(received.get(i)).isEqualTo(packets(i, 40));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void waitingPacketsAreServedInTurnWithoutALostCycle(int producers) {
    PacketArbiter<Beat> arbiter =
        new PacketArbiter<>(new Beat(UInt.of(12), Bool.of()), producers, Beat::last);
    Simulator simulator = Simulator.of(arbiter);
    for (int i = 0; i < producers; i++) {
      simulator.drive(arbiter.ins.get(i), packets(i, 40));
    }
    StreamSink sink = simulator.sink(arbiter.out);
    simulator.reset();
    assertThat(simulator.runUntil(() -> sink.count() == 100, PATIENCE)).isEqualTo(100);
    int before = sink.received().get(0).shiftRight(9).intValue();
    boolean ended = false;
    for (BigInteger beat : sink.received()) {
      int producer = beat.shiftRight(9).intValue();
      assertThat(producer).isEqualTo(ended ? (before + 1) % producers : before);
      before = producer;
      ended = beat.testBit(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"2,0.0,0.0", "3,0.5,0.0", "4,0.0,0.5", "4,0.7,0.7", "5,0.2,0.4"})
  void packetsGetWideAndNarrowAgainWithPartialEnds(int ratio, double before, double after) {
    List<BigInteger> narrow = packets(5, 60);
    PacketWidthUp up = new PacketWidthUp(12, ratio);
    Simulator upwards = Simulator.of(up);
    upwards.drive(up.in, narrow).stalls(before, 1);
    StreamSink wide = upwards.sink(up.out).stalls(after, 2);
    List<List<BigInteger>> expected = new ArrayList<>();
    List<BigInteger> row = new ArrayList<>();
    for (BigInteger beat : narrow) {
      row.add(beat.shiftRight(1));
      if (beat.testBit(0) || row.size() == ratio) {
        row.add(beat.testBit(0) ? BigInteger.ONE : BigInteger.ZERO);
        expected.add(row);
        row = new ArrayList<>();
      }
    }
    upwards.reset();
    upwards.runUntil(() -> wide.count() == expected.size(), PATIENCE);
    for (int i = 0; i < expected.size(); i++) {
      List<BigInteger> fields = wide.receivedFields().get(i);
      List<BigInteger> words = new ArrayList<>();
      for (int word = 0; word < fields.get(1).bitCount(); word++) {
        words.add(fields.get(0).shiftRight(12 * word).and(BigInteger.valueOf(0xfff)));
      }
      words.add(fields.get(2));
      assertThat(words).isEqualTo(expected.get(i));
      assertThat(fields.get(1).add(BigInteger.ONE).bitCount()).isEqualTo(1);
    }

    PacketWidthDown down = new PacketWidthDown(12, ratio);
    Simulator downwards = Simulator.of(down);
    downwards.drive(down.in, wide.received()).stalls(before, 3);
    StreamSink again = downwards.sink(down.out).stalls(after, 4);
    downwards.reset();
    downwards.runUntil(() -> again.count() == narrow.size(), PATIENCE);
    assertThat(again.received()).isEqualTo(narrow);
  }

  @Test
  void widthsTakeANarrowWordACycle() {
    List<BigInteger> narrow = packets(5, 60);
    PacketWidthUp up = new PacketWidthUp(12, 4);
    Simulator simulator = Simulator.of(up);
    StreamDriver driver = simulator.drive(up.in, narrow);
    simulator.sink(up.out);
    simulator.reset();
    assertThat(simulator.runUntil(() -> driver.sent() == narrow.size(), 1000))
        .isEqualTo(narrow.size());
  }
}
