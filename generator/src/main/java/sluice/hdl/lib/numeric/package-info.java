/**
 * Arithmetic in hardware whose results are stated to the bit: halves taken apart and put together,
 * floating point, products and sums that lose nothing, shifts, saturation, division, powers of two.
 * Knows numbers only, no accelerator. May import: {@code hdl}.
 */
package sluice.hdl.lib.numeric;
