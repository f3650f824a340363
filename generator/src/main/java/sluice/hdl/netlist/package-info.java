/**
 * The netlist: one small, open data structure that building a {@link sluice.hdl.Module} fills.
 *
 * <p>A {@link sluice.hdl.netlist.Design} is a list of {@link sluice.hdl.netlist.Netlist}s, children
 * first. A netlist holds {@link sluice.hdl.netlist.Node}s, numbered in order of creation, memories,
 * instances and properties. Values are bit vectors without a sign: where the sign matters, the
 * operator says so. Only registers, memories and children close cycles.
 *
 * <p>Checks, passes, the Verilog writer and simulators are readers of this package and know nothing
 * of each other. May import: nothing of the project.
 */
package sluice.hdl.netlist;
