/**
 * Checks of a finished netlist, and the diagnostics in which every mistake is reported. May import:
 * {@code netlist}.
 */
package sluice.hdl.check;
