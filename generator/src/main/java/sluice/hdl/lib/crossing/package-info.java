/**
 * From one clock domain to another: synchronizers, pulses, words and streams.
 *
 * <p>Each part is right by itself. Signals that cross through several parts, or through several
 * bits of one synchronizer, arrive in any order: what must be seen together goes as one word
 * through one part. Both domains are reset together: while either is in reset, the other does not
 * count on what comes from it. May import: {@code hdl}, {@code hdl.lib}.
 */
package sluice.hdl.lib.crossing;
