/**
 * Timing of DRAM behind a memory port: banks, rows, refresh, and the order in which a controller
 * serves what is asked of it. It knows addresses and times, no data and no AXI; {@code
 * verilator-tb/top/dram.cc} does the same in C++, and a test compares them. May import nothing of
 * the project.
 */
package sluice.cosim.dram;
