package sluice.hdl.sim;

import java.math.BigInteger;
import java.util.Random;

/**
 * What stands where the hardware leaves bits undefined: registers without a reset value, memories
 * that were not written, and data of a synchronous memory's read port in cycles in which its
 * contract promises nothing.
 */
public enum Undefined {
  /**
   * Registers and memories begin with zeros, and undefined reads give the fixed pattern of the
   * memory wrappers. Every engine gives the same bits in every cycle. Quick to read in waveforms,
   * and hides what relies on how state begins.
   */
  ZERO,

  /** Registers and memories begin with random bits of the seed; undefined reads as before. */
  PATTERN,

  /** Random bits of the seed everywhere, fresh ones for every undefined read. */
  RANDOM;

  /** The bits with which a register begins. */
  BigInteger start(int width, Random random) {
    return this == ZERO ? BigInteger.ZERO : new BigInteger(width, random);
  }
}
