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
  NOT,
  AND,
  OR,
  XOR,
  ADD,
  SUB,
  MULTIPLY,
  MULTIPLY_SIGNED,
  EQUAL,
  NOT_EQUAL,
  LESS,
  LESS_SIGNED,
  SHIFT_LEFT,
  SHIFT_RIGHT,
  SHIFT_RIGHT_SIGNED,
  REDUCE_AND,
  REDUCE_OR,
  REDUCE_XOR,
  MUX,
  ZERO_EXTEND,
  SIGN_EXTEND,
  CONCAT,
  CHOOSE
}
