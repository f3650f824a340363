package sluice.accel.attention;

import sluice.hdl.Depth;
import sluice.hdl.lib.numeric.Arithmetic;

/** How the arithmetic of the attention pipeline is written, and how much of it a cycle holds. */
final class Stages {

  static final Arithmetic ARITHMETIC = Arithmetic.OPERATORS;

  /** Levels of logic between two registers: a product of two significands. */
  private static final int LEVELS = 20;

  private Stages() {}

  static Depth depth() {
    return Depth.levels(LEVELS);
  }
}
