/**
 * Proofs of emitted Verilog: two circuits that give the same for all inputs, a pipeline that gives
 * what its function gives. Yosys makes an and-inverter graph of them, ABC proves it.
 */
package sluice.hdl.formal;
