/**
 * Exact arithmetic in hardware: halves taken apart and put together, products and sums that lose
 * nothing, shifts, saturation, division. Knows numbers only, no accelerator. May import: {@code
 * hdl}.
 */
package sluice.hdl.lib.numeric;
