/**
 * Where everything is: the KV cache in channel memory, tables, queries and outputs in host memory,
 * the job descriptor, the completion record and the registers.
 *
 * <p>Each fact is stated once, here. The address generators of the hardware, the golden model's
 * packers, co-simulation and the documents take it from this package. Everything is little endian:
 * byte 0 of a word is its bits 7..0.
 *
 * <p>May import {@code sluice.config} and the JDK.
 */
package sluice.layout;
