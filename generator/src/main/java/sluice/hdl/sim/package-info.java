/**
 * Simulation of a finished circuit: {@link sluice.hdl.sim.Simulator}, and what drives and checks
 * the streams of a circuit under test.
 *
 * <p>A simulator has a {@code Circuit} (signals and memories by name) and a {@code Timeline}
 * (clocks, and activities that take part in their cycles). The circuit is evaluated by a {@link
 * sluice.hdl.sim.SimulationEngine}: that of this package, in the JVM, or one that an {@link
 * sluice.hdl.sim.EngineProvider} starts. In the JVM a design becomes words ({@code Lowering}, to a
 * {@code Graph}), which are put in order ({@code Schedule}) and into one array ({@code Program});
 * one of two {@code Evaluator}s computes them, and the compiled one takes over from the
 * interpreting one between two cycles.
 *
 * <p>Two states: every bit is 0 or 1. What the hardware leaves undefined (registers without reset,
 * contents of memories) starts with random bits from a seed, so that nothing can rely on it.
 *
 * <p>May import: {@code hdl}, {@code check} and {@code netlist}.
 */
package sluice.hdl.sim;
