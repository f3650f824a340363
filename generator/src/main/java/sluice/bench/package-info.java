/**
 * Circuits that are only there to be measured, and the processes that are timed whole; in {@code
 * area}, the list of units whose area is measured. May import: {@code hdl}, and {@code area} also
 * {@code accel}, {@code layout} and {@code config}.
 */
package sluice.bench;
