/**
 * Units whose area and delay are measured, and the figures of peers' units beside them.
 *
 * <p>May import {@code accel}, {@code layout}, {@code config} and {@code hdl}.
 */
package sluice.bench.area;
