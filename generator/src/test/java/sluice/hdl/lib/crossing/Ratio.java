package sluice.hdl.lib.crossing;

import java.util.stream.Stream;
import sluice.hdl.ClockDomain;
import sluice.hdl.sim.Simulator;

/** Two clocks, in picoseconds: how fast the first and the second are, and where they begin. */
record Ratio(long first, long second, long phase) {

  static Stream<Ratio> all() {
    return Stream.of(
        new Ratio(1000, 1000, 0),
        new Ratio(1000, 1000, 370),
        new Ratio(1000, 1000, 999),
        new Ratio(3000, 7000, 0),
        new Ratio(7000, 3000, 100),
        new Ratio(1000, 1003, 17),
        new Ratio(100, 9700, 0),
        new Ratio(9700, 100, 50));
  }

  long slower() {
    return Math.max(first, second);
  }

  /** Lets both clocks run. */
  void run(Simulator simulator, ClockDomain one, ClockDomain other) {
    simulator.clock(one, first, 0).clock(other, second, phase);
  }
}
