/**
 * Runs jobs on the accelerator: on the golden model, or on the emitted Verilog under Verilator with
 * the testbench as its driver and its memories. Runs single modules under Verilator as well. May
 * import: {@code golden}, {@code tensor}, {@code handoff}, {@code layout}, {@code config}, {@code
 * hdl}.
 */
package sluice.cosim;
