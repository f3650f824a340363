package sluice.hdl.netlist;

import java.math.BigInteger;
import java.util.List;
import java.util.function.Function;

/** Computes operators whose operands are known. */
public final class Evaluation {
  private final List<Node> operands;
  private final Function<Node, BigInteger> known;

  private Evaluation(List<Node> operands, Function<Node, BigInteger> known) {
    this.operands = operands;
    this.known = known;
  }

  /**
   * The bits of a result, as {@link Operator} defines it.
   *
   * @param width bits of the result
   * @param known the bits of an operand; null where they are not known
   * @return null if an operand is not known
   */
  public static BigInteger of(
      Operator operator, int width, List<Node> operands, Function<Node, BigInteger> known) {
    for (int i = 0; i < operands.size(); i++) {
      if (known.apply(operands.get(i)) == null) {
        return null;
      }
    }
    return new Evaluation(operands, known).of(operator, width);
  }

  /** Bits read as a two's complement number. */
  public static BigInteger signed(BigInteger bits, int width) {
    return bits.testBit(width - 1) ? bits.subtract(BigInteger.ONE.shiftLeft(width)) : bits;
  }

  private BigInteger of(Operator operator, int width) {
    BigInteger a = bits(operands.get(0));
    BigInteger b = operands.size() > 1 ? bits(operands.get(1)) : BigInteger.ZERO;
    BigInteger result =
        switch (operator) {
          case NOT -> a.not();
          case AND -> a.and(b);
          case OR -> a.or(b);
          case XOR -> a.xor(b);
          case ADD -> a.add(b);
          case SUB -> a.subtract(b);
          case MULTIPLY -> a.multiply(b);
          case MULTIPLY_SIGNED -> signed(operands.get(0)).multiply(signed(operands.get(1)));
          case EQUAL -> truth(a.equals(b));
          case NOT_EQUAL -> truth(!a.equals(b));
          case LESS -> truth(a.compareTo(b) < 0);
          case LESS_SIGNED -> truth(signed(operands.get(0)).compareTo(signed(operands.get(1))) < 0);
          case SHIFT_LEFT -> a.shiftLeft(amount(b, width));
          case SHIFT_RIGHT -> a.shiftRight(amount(b, width));
          case SHIFT_RIGHT_SIGNED -> signed(operands.get(0)).shiftRight(amount(b, width));
          case REDUCE_AND -> truth(a.bitCount() == operands.get(0).width());
          case REDUCE_OR -> truth(a.signum() != 0);
          case REDUCE_XOR -> truth(a.bitCount() % 2 == 1);
          case MUX -> bits(operands.get(a.signum() != 0 ? 1 : 2));
          case ZERO_EXTEND -> a;
          case SIGN_EXTEND -> signed(operands.get(0));
          case CONCAT -> concat();
          case CHOOSE -> bits(operands.get(1 + amount(a, operands.size() - 2)));
        };
    return result.mod(BigInteger.ONE.shiftLeft(width));
  }

  private BigInteger bits(Node node) {
    return known.apply(node);
  }

  private BigInteger signed(Node node) {
    return signed(bits(node), node.width());
  }

  private static BigInteger truth(boolean value) {
    return value ? BigInteger.ONE : BigInteger.ZERO;
  }

  private static int amount(BigInteger value, int most) {
    return value.min(BigInteger.valueOf(most)).intValueExact();
  }

  private BigInteger concat() {
    BigInteger result = BigInteger.ZERO;
    for (Node operand : operands) {
      result = result.shiftLeft(operand.width()).or(bits(operand));
    }
    return result;
  }
}
