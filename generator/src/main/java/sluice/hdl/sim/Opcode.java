package sluice.hdl.sim;

/**
 * The instructions of the {@link Interpreter}, {@link #SIZE} ints each: opcode, d, a, b, c, p, q,
 * r. Here v is the array of values, d, a, b, c are offsets into it; a value of at most 64 bits is
 * one word. {@code keep(x, n)} is x without its n highest bits, {@code sign(x, n)} is x with bit 63
 * - n as its sign.
 */
final class Opcode {
  static final int SIZE = 8;

  /** keep(~a, p). */
  static final int NOT = 0;

  static final int AND = 1;
  static final int OR = 2;
  static final int XOR = 3;

  /** keep(a + b, p). */
  static final int ADD = 4;

  static final int SUB = 5;
  static final int MULTIPLY = 6;

  /** keep(sign(a, q) * sign(b, r), p). */
  static final int MULTIPLY_SIGNED = 7;

  static final int EQUAL = 8;
  static final int NOT_EQUAL = 9;
  static final int LESS = 10;

  /** sign(a, p) less than sign(b, p). */
  static final int LESS_SIGNED = 11;

  /** keep(a shifted by b, p). */
  static final int SHIFT_LEFT = 12;

  static final int SHIFT_RIGHT = 13;

  /** keep(sign(a, p) shifted by b, p). */
  static final int SHIFT_RIGHT_SIGNED = 14;

  /** Whether a is keep(-1, p). */
  static final int REDUCE_AND = 15;

  static final int REDUCE_OR = 16;
  static final int REDUCE_XOR = 17;

  /** a ? b : c. */
  static final int MUX = 18;

  /** keep(sign(a, q), p). */
  static final int SIGN_EXTEND = 19;

  /** a in front of the q bits of b. */
  static final int JOIN = 20;

  /** keep(a shifted right by q, p). */
  static final int SLICE = 21;

  /** keep(the two words from a shifted right by q, p); q is not 0. */
  static final int SLICE_TWO_WORDS = 22;

  /** The word at the a-th offset of table b, or at its last. */
  static final int CHOOSE = 23;

  /** Word number a of memory b. */
  static final int READ = 24;

  /** From here on: values of more than 64 bits, p is the width of the result. */
  static final int FIRST_WIDE = 25;

  static final int WIDE_NOT = 25;
  static final int WIDE_AND = 26;
  static final int WIDE_OR = 27;
  static final int WIDE_XOR = 28;
  static final int WIDE_ADD = 29;
  static final int WIDE_SUB = 30;

  /** q and r are the widths of a and b. */
  static final int WIDE_MULTIPLY = 31;

  static final int WIDE_MULTIPLY_SIGNED = 32;

  /** q is the width of the operands, here and in all comparisons and reductions. */
  static final int WIDE_EQUAL = 33;

  static final int WIDE_NOT_EQUAL = 34;
  static final int WIDE_LESS = 35;
  static final int WIDE_LESS_SIGNED = 36;

  /** r is the width of the amount, here and in all shifts. */
  static final int WIDE_SHIFT_LEFT = 37;

  static final int WIDE_SHIFT_RIGHT = 38;
  static final int WIDE_SHIFT_RIGHT_SIGNED = 39;
  static final int WIDE_REDUCE_AND = 40;
  static final int WIDE_REDUCE_OR = 41;
  static final int WIDE_REDUCE_XOR = 42;
  static final int WIDE_MUX = 43;

  /** q is the width of a. */
  static final int WIDE_ZERO_EXTEND = 44;

  static final int WIDE_SIGN_EXTEND = 45;
  static final int WIDE_CLEAR = 46;

  /** Puts the q bits of a into d from bit r on. */
  static final int WIDE_INSERT = 47;

  /** q is the width of a, r the lowest bit. */
  static final int WIDE_SLICE = 48;

  /** q is the width of the index. */
  static final int WIDE_CHOOSE = 49;

  /** q is the width of the address. */
  static final int WIDE_READ = 50;

  private Opcode() {}
}
