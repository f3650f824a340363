package sluice.hdl.lib;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.UInt;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.StreamSink;

class RegisterSliceTest {

  private record Word(UInt value, Bool last) implements Bundle {}

  private final RegisterSlice<Word> slice = new RegisterSlice<>(new Word(UInt.of(70), Bool.of()));

  private static List<BigInteger> words(int count) {
    Random random = new Random(count);
    return IntStream.range(0, count).mapToObj(i -> new BigInteger(71, random)).toList();
  }

  @ParameterizedTest
  @CsvSource({"0.0,0.0", "0.5,0.0", "0.0,0.5", "0.3,0.3", "0.9,0.1", "0.1,0.9"})
  void passesEveryValueInOrderUnderAnyStalls(double before, double after) {
    Simulator simulator = Simulator.of(slice);
    List<BigInteger> words = words(300);
    simulator.drive(slice.in, words).stalls(before, 3);
    StreamSink sink = simulator.sink(slice.out).stalls(after, 4);
    simulator.reset();
    simulator.runUntil(() -> sink.count() == words.size(), 10_000);
    assertThat(sink.received()).isEqualTo(words);
  }

  @Test
  void takesOneValueACycle() {
    Simulator simulator = Simulator.of(slice);
    simulator.drive(slice.in, words(100));
    StreamSink sink = simulator.sink(slice.out);
    simulator.reset();
    assertThat(simulator.runUntil(() -> sink.count() == 100, 1000)).isEqualTo(101);
  }

  @Test
  void keepsTwoValuesAndThenIsNotReady() {
    Simulator simulator = Simulator.of(slice);
    var driver = simulator.drive(slice.in, words(5));
    simulator.sink(slice.out).stalls(1, 1);
    simulator.reset();
    simulator.step(20);
    assertThat(driver.sent()).isEqualTo(2);
    assertThat(simulator.isHigh(slice.in.ready())).isFalse();
  }
}
