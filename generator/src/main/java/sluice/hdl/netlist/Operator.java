package sluice.hdl.netlist;

/**
 * The combinational operators. With operand widths a, b, c and result width w:
 *
 * <ul>
 *   <li>{@link #NOT} a = w; {@link #AND}, {@link #OR}, {@link #XOR}, {@link #ADD}, {@link #SUB} a =
 *       b = w, sums modulo 2^w;
 *   <li>{@link #MULTIPLY}, {@link #MULTIPLY_SIGNED} w = a + b;
 *   <li>comparisons a = b, w = 1;
 *   <li>shifts w = a, b any: the amount is unsigned, amounts of a and more give 0 (or the sign);
 *   <li>reductions w = 1;
 *   <li>{@link #MUX} (condition, then, otherwise): a = 1, b = c = w;
 *   <li>{@link #ZERO_EXTEND}, {@link #SIGN_EXTEND} w &gt; a;
 *   <li>{@link #CONCAT} any number of operands, the first is the most significant;
 *   <li>{@link #CHOOSE} (index, choices...): choice number index; an index beyond the last choice
 *       takes the last.
 * </ul>
 */
public enum Operator {
  /** Every bit inverted; as wide as the operand. */
  NOT,

  /** The conjunction bit by bit of two operands as wide as the result. */
  AND,

  /** The disjunction bit by bit of two operands as wide as the result. */
  OR,

  /** The exclusive or bit by bit of two operands as wide as the result. */
  XOR,

  /** The sum modulo 2^width of two operands as wide as the result. */
  ADD,

  /** The difference modulo 2^width of two operands as wide as the result. */
  SUB,

  /** The product of two unsigned operands; as wide as both together. */
  MULTIPLY,

  /** The product of two signed operands; as wide as both together. */
  MULTIPLY_SIGNED,

  /** Whether two operands of one width are equal; one bit. */
  EQUAL,

  /** Whether two operands of one width differ; one bit. */
  NOT_EQUAL,

  /** Whether the first of two unsigned operands of one width is less; one bit. */
  LESS,

  /** Whether the first of two signed operands of one width is less; one bit. */
  LESS_SIGNED,

  /** The first operand shifted left by the second, of any width; as wide as the first. */
  SHIFT_LEFT,

  /**
   * The first operand shifted right by the second, of any width, zeros coming in; as wide as the
   * first.
   */
  SHIFT_RIGHT,

  /**
   * The first operand shifted right by the second, of any width, its sign coming in; as wide as the
   * first.
   */
  SHIFT_RIGHT_SIGNED,

  /** Whether all bits of the operand are 1; one bit. */
  REDUCE_AND,

  /** Whether any bit of the operand is 1; one bit. */
  REDUCE_OR,

  /** The parity of the operand; one bit. */
  REDUCE_XOR,

  /**
   * The second operand if the first, of one bit, is 1; else the third. Both as wide as the result.
   */
  MUX,

  /** The operand with zeros in front. */
  ZERO_EXTEND,

  /** The operand with copies of its highest bit in front. */
  SIGN_EXTEND,

  /** The operands side by side, the first the most significant. */
  CONCAT,

  /**
   * The operand after the first that the first, a number, counts to from 0; beyond the last, the
   * last.
   */
  CHOOSE
}
