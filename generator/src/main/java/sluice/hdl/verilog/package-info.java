/**
 * Writes a netlist as Verilog-2005 that reads as if written by hand: one file a module, memories as
 * wrapper modules apart, the same bytes every time. May import: {@code netlist}.
 */
package sluice.hdl.verilog;
