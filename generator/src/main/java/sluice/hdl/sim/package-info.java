/**
 * Simulation of a finished circuit in the JVM: {@link sluice.hdl.sim.Simulator} and what drives and
 * checks the streams of a circuit under test.
 *
 * <p>Two states: every bit is 0 or 1. What the hardware leaves undefined (registers without reset,
 * contents of memories) starts with random bits from a seed, so that nothing can rely on it.
 *
 * <p>May import: {@code hdl}, {@code check} and {@code netlist}.
 */
package sluice.hdl.sim;
