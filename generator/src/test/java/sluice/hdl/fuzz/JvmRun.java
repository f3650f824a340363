package sluice.hdl.fuzz;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Port;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.SimulatorOptions;

/**
 * What a design did in the JVM simulator.
 *
 * @param outputs in each cycle the bits of each output, in the order of the ports, before the
 *     clocks rise
 * @param covered for each covered condition, at how many edges it held from the end of the warm-up
 *     on
 */
record JvmRun(List<List<BigInteger>> outputs, List<Long> covered) {
  /** The engines that are compared. */
  static final List<String> ENGINES =
      List.of(SimulatorOptions.INTERPRETED, SimulatorOptions.COMPILED);

  /** What a design should do: without compiled code, and as it was built. */
  static JvmRun interpreted(Design design, Stimulus stimulus, long seed) {
    return of(design, stimulus, SimulatorOptions.INTERPRETED, seed);
  }

  /**
   * Simulates a design.
   *
   * @param engine {@link SimulatorOptions#INTERPRETED} or {@link SimulatorOptions#COMPILED}
   * @param seed of its state at the start
   */
  static JvmRun of(Design design, Stimulus stimulus, String engine, long seed) {
    SimulatorOptions options = SimulatorOptions.standard().withEngine(engine).withSeed(seed);
    Simulator simulator = Simulator.of(design, options).metastability(false);
    List<Port> ports = design.top().ports();
    List<String> clocks = Stimulus.clocksOf(design).stream().map(Clock::port).toList();
    List<List<BigInteger>> outputs = new ArrayList<>();
    List<Long> before = new ArrayList<>();
    for (Stimulus.Cycle cycle : stimulus.cycles()) {
      if (outputs.size() == Stimulus.WARM_UP) {
        simulator.covers().forEach(cover -> before.add(cover.cycles()));
      }
      for (Port port : ports) {
        if (port.direction() == Port.Direction.INPUT) {
          simulator.poke(port.name(), cycle.input(port));
        }
      }
      for (String clock : clocks) {
        simulator.setReset(clock, cycle.resets().get(clock));
      }
      List<BigInteger> bits = new ArrayList<>();
      for (Port port : ports) {
        if (port.direction() == Port.Direction.OUTPUT) {
          bits.add(simulator.peekBig(port.name()));
        }
      }
      outputs.add(bits);
      simulator.rise(cycle.risingClocks().stream().filter(clocks::contains).toList());
    }
    List<Long> covered = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      covered.add(simulator.covers().get(i).cycles() - before.get(i));
    }
    return new JvmRun(outputs, covered);
  }

  /**
   * The first output, or covered condition, that is other than here, or null.
   *
   * @param design whose ports these are
   * @param where the other run was
   */
  Difference difference(JvmRun other, Design design, String where) {
    int cycle = firstDifference(other);
    if (cycle < 0) {
      return covered.equals(other.covered)
          ? null
          : Difference.refusal(where, "covered " + other.covered + ", not " + covered);
    }
    List<Port> ports = DesignCopy.outputs(design);
    int i = 0;
    while (outputs.get(cycle).get(i).equals(other.outputs.get(cycle).get(i))) {
      i++;
    }
    Port port = ports.get(i);
    return Difference.of(
        where,
        cycle,
        port.name(),
        port.node().width(),
        outputs.get(cycle).get(i),
        other.outputs.get(cycle).get(i));
  }

  /** The first cycle from the end of the warm-up in which outputs differ; -1 for none. */
  int firstDifference(JvmRun other) {
    for (int i = Stimulus.WARM_UP; i < outputs.size(); i++) {
      if (!outputs.get(i).equals(other.outputs.get(i))) {
        return i;
      }
    }
    return -1;
  }
}
