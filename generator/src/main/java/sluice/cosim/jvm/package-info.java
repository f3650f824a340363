/**
 * The accelerator between its memories in the JVM simulator: the testbench {@code verilator-tb/top}
 * again, draw by draw of its random numbers, so that a run takes the same cycles in both. What one
 * does the other does; a test compares them. May import: {@code cosim}, {@code golden}, {@code
 * layout}, {@code config}, {@code hdl}.
 */
package sluice.cosim.jvm;
