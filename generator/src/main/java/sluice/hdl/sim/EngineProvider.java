package sluice.hdl.sim;

import sluice.hdl.netlist.Design;

/**
 * Starts an engine that is not part of this package. Found by {@link java.util.ServiceLoader}, so
 * that simulation does not know of other tools.
 */
public interface EngineProvider {

  /** What {@link SimulatorOptions#engine} calls it. */
  String name();

  /**
   * Starts a circuit, with all inputs 0.
   *
   * @param design the checked circuit
   * @param options seed and treatment of undefined bits
   * @throws IllegalStateException if a tool that it needs refuses
   */
  SimulationEngine start(Design design, SimulatorOptions options);
}
