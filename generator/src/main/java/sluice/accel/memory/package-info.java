/**
 * The ways to memory: engines that read and write bursts at the host port and at the channels, and
 * the address generators of the KV cache, and what puts reads that are answered in any order back
 * together. What is where in memory is taken from {@code layout.KvLayout} alone. May import: {@code
 * hdl}, {@code layout}, {@code config}, {@code accel}.
 */
package sluice.accel.memory;
