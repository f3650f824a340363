/**
 * Differential fuzzing: random designs do the same in the JVM simulator, in Verilator and in Icarus
 * Verilog, with passes and without. A design that does not is shrunk and printed.
 *
 * <p>{@link sluice.hdl.fuzz.Fuzz} is the command behind {@code scripts/fuzz}. May import: {@code
 * hdl} and its packages.
 */
package sluice.hdl.fuzz;
