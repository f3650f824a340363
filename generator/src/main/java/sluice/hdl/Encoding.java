package sluice.hdl;

import java.math.BigInteger;

/** How the states of a {@link StateRegister} are encoded. */
public enum Encoding {
  /** The position in the enum, in the fewest bits. */
  BINARY,

  /** A bit for each state, the first the lowest; one is high. */
  ONE_HOT,

  /**
   * The reflected binary code of the position, in the fewest bits: states that follow each other in
   * the enum differ in one bit.
   */
  GRAY;

  /** Bits of the code of a number of states. */
  public int width(int states) {
    return this == ONE_HOT ? states : UInt.index(states).width();
  }

  /** The code of the state at a position. */
  public BigInteger code(int position) {
    return switch (this) {
      case BINARY -> BigInteger.valueOf(position);
      case ONE_HOT -> BigInteger.ONE.shiftLeft(position);
      case GRAY -> BigInteger.valueOf(position ^ position >> 1);
    };
  }
}
