package sluice.hdl.sim;

/**
 * What makes a value of a {@link Graph}. Every value is one word of 64 bits; with operands x, y and
 * z:
 */
final class Opcode {
  /** Operands are the low and the high 32 bits of the constant. */
  static final int CONSTANT = 0;

  /**
   * An input, a register or the data of a synchronous memory: a value that the cycle begins with.
   */
  static final int LEAF = 1;

  static final int AND = 2;
  static final int OR = 3;
  static final int XOR = 4;
  static final int ADD = 5;
  static final int SUBTRACT = 6;

  /** The low word of the product. */
  static final int MULTIPLY = 7;

  /** The high word of the product of unsigned numbers. */
  static final int MULTIPLY_HIGH = 8;

  static final int MULTIPLY_HIGH_SIGNED = 9;

  /** x shifted by the low 6 bits of y. */
  static final int SHIFT_LEFT = 10;

  static final int SHIFT_RIGHT = 11;
  static final int SHIFT_RIGHT_SIGNED = 12;

  /** 1 or 0, as all comparisons. */
  static final int EQUAL = 13;

  static final int NOT_EQUAL = 14;
  static final int LESS = 15;
  static final int LESS_SIGNED = 16;

  /** Whether the number of ones in x is odd. */
  static final int PARITY = 17;

  /** y where x is 1, z where it is 0. */
  static final int MUX = 18;

  /** The x-th value of table y, or its last. */
  static final int CHOOSE = 19;

  /** Word z of entry x of memory y, which is read within the cycle. */
  static final int READ = 20;

  private Opcode() {}

  /** The result of an operation on words: any but the leaves, {@link #CHOOSE} and {@link #READ}. */
  static long evaluate(int opcode, long x, long y, long z) {
    switch (opcode) {
      case AND:
        return x & y;
      case OR:
        return x | y;
      case XOR:
        return x ^ y;
      case ADD:
        return x + y;
      case SUBTRACT:
        return x - y;
      case MULTIPLY:
        return x * y;
      case SHIFT_LEFT:
        return x << y;
      case SHIFT_RIGHT:
        return x >>> y;
      case SHIFT_RIGHT_SIGNED:
        return x >> y;
      case EQUAL:
        return x == y ? 1 : 0;
      case NOT_EQUAL:
        return x != y ? 1 : 0;
      case MUX:
        return x != 0 ? y : z;
      default:
        return lessOften(opcode, x, y);
    }
  }

  private static long lessOften(int opcode, long x, long y) {
    switch (opcode) {
      case MULTIPLY_HIGH:
        return Words.multiplyHigh(x, y);
      case MULTIPLY_HIGH_SIGNED:
        return Math.multiplyHigh(x, y);
      case LESS:
        return Long.compareUnsigned(x, y) < 0 ? 1 : 0;
      case LESS_SIGNED:
        return x < y ? 1 : 0;
      case PARITY:
        return Long.bitCount(x) & 1;
      default:
        throw new IllegalStateException("opcode " + opcode);
    }
  }
}
