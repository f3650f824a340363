package sluice.hdl.lib.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sluice.golden.Half;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

class HalfRounderTest {

  @Test
  void everyHalfAndEveryTieAndTheirNeighboursAreRounded() {
    HalfRounder rounder = new HalfRounder();
    Simulator simulator = Simulator.of(rounder);
    StreamDriver driver = simulator.drive(rounder.numbers);
    StreamSink sink = simulator.sink(rounder.halves);
    List<Short> expected = new ArrayList<>();
    for (int half = 0; half < (Half.MAX & 0xFFFF); half++) {
      long here = 2 * Half.fix((short) half);
      long next = 2 * Half.fix((short) (half + 1));
      long tie = (here + next) / 2;
      send(driver, expected, here, false);
      send(driver, expected, tie, false);
      send(driver, expected, tie, true);
      send(driver, expected, tie - 1, true);
    }
    simulator.reset();
    simulator.runUntil(() -> sink.count() == expected.size(), expected.size() + 10L);
    assertThat(halves(sink)).isEqualTo(expected);
  }

  @Test
  void anyNumberIsRoundedUnderAnyStalls() {
    HalfRounder rounder = new HalfRounder();
    Simulator simulator = Simulator.of(rounder);
    StreamDriver driver = simulator.drive(rounder.numbers).stalls(0.3, 1);
    StreamSink sink = simulator.sink(rounder.halves).stalls(0.4, 2);
    Random random = new Random(3);
    List<Short> expected = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      long most = 65504L << 25;
      long magnitude = random.nextLong(Math.min(most, 1L << random.nextInt(42)));
      boolean sticky = random.nextBoolean();
      if (i % 20 == 0) {
        driver.send(random.nextInt(2), magnitude, sticky ? 1 : 0, 1);
        expected.add(Half.NAN);
      } else {
        send(driver, expected, random.nextBoolean() ? -magnitude : magnitude, sticky);
      }
    }
    simulator.reset();
    simulator.runUntil(() -> sink.count() == expected.size(), 20_000);
    assertThat(halves(sink)).isEqualTo(expected);
  }

  /** Sends a number; a sticky one is above its magnitude by a quarter of a unit of 2^-25. */
  private static void send(StreamDriver driver, List<Short> expected, long number, boolean sticky) {
    boolean negative = number < 0;
    driver.send(negative ? 1 : 0, Math.abs(number), sticky ? 1 : 0, 0);
    long quarters = 4 * Math.abs(number) + (sticky ? 1 : 0);
    expected.add(
        Half.ofRatio(BigInteger.valueOf(negative ? -quarters : quarters), BigInteger.ONE, -27));
  }

  private static List<Short> halves(StreamSink sink) {
    return sink.received().stream().map(BigInteger::shortValue).toList();
  }
}
