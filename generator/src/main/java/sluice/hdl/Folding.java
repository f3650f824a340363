package sluice.hdl;

import java.math.BigInteger;
import java.util.List;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;

/** Computes operators whose operands are all constants. */
final class Folding {
  private Folding() {}

  /** Whether every operand is a constant. */
  static boolean applies(List<Node> operands) {
    for (int i = 0; i < operands.size(); i++) {
      if (!(operands.get(i) instanceof Node.Constant)) {
        return false;
      }
    }
    return true;
  }

  /** The bits of the result, as {@link Operator} defines it. */
  static BigInteger evaluate(Operator operator, int width, List<Node> operands) {
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
          case CONCAT -> concat(operands);
          case CHOOSE -> bits(operands.get(1 + amount(a, operands.size() - 2)));
        };
    return result.mod(BigInteger.ONE.shiftLeft(width));
  }

  private static BigInteger bits(Node node) {
    return ((Node.Constant) node).value();
  }

  private static BigInteger signed(Node node) {
    return Build.decode(bits(node), node.width());
  }

  private static BigInteger truth(boolean value) {
    return value ? BigInteger.ONE : BigInteger.ZERO;
  }

  private static int amount(BigInteger value, int most) {
    return value.min(BigInteger.valueOf(most)).intValueExact();
  }

  private static BigInteger concat(List<Node> operands) {
    BigInteger result = BigInteger.ZERO;
    for (Node operand : operands) {
      result = result.shiftLeft(operand.width()).or(bits(operand));
    }
    return result;
  }
}
