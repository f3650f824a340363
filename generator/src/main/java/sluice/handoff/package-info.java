/**
 * What goes beside the Verilog, so that others can build on it: the list of files, the list of
 * memories and, with them, the whole folder that {@code generate} leaves.
 *
 * <p>May import {@code accel}, {@code layout}, {@code config} and {@code hdl}.
 */
package sluice.handoff;
