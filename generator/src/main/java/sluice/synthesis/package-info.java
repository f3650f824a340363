/**
 * What emitted Verilog becomes in gates, and how fast they are: Yosys and abc map it to the cells
 * of a library, OpenSTA times it. These are programs of others; who has not got them is told what
 * to install.
 *
 * <p>May import {@code hdl}.
 */
package sluice.synthesis;
