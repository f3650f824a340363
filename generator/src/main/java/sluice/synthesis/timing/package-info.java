/**
 * Static timing of emitted Verilog, told by registers and the lines of Java that declare them.
 *
 * <p>A design is flattened and mapped to gates as a whole, with buffers where a register or a port
 * drives much; memories that a macro would replace are boxes with stated times. May import {@code
 * synthesis} and {@code hdl}.
 */
package sluice.synthesis.timing;
