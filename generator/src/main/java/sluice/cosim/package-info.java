/**
 * Runs jobs on the accelerator: on the golden model, or on the accelerator in a testbench, which is
 * its driver and its memories. One testbench is for the emitted Verilog under Verilator, another
 * ({@code cosim.jvm}) for the JVM simulator. Runs single modules under Verilator as well. May
 * import: {@code golden}, {@code tensor}, {@code handoff}, {@code layout}, {@code config}, {@code
 * hdl}.
 */
package sluice.cosim;
