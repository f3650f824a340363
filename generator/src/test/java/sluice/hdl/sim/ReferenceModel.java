package sluice.hdl.sim;

import java.math.BigInteger;
import java.util.List;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;

/** The values of operations as {@link Operator} defines them, by numbers without a width. */
final class ReferenceModel {
  private ReferenceModel() {}

  /** The result of an operation or a slice on given operands. */
  static BigInteger result(Node node, List<BigInteger> operands) {
    BigInteger bits =
        node instanceof Node.Slice slice
            ? operands.get(0).shiftRight(slice.low())
            : operation((Node.Operation) node, operands);
    return bits.mod(BigInteger.ONE.shiftLeft(node.width()));
  }

  private static BigInteger operation(Node.Operation node, List<BigInteger> operands) {
    BigInteger a = operands.get(0);
    BigInteger b = operands.size() > 1 ? operands.get(1) : BigInteger.ZERO;
    return switch (node.operator()) {
      case NOT -> a.not();
      case AND -> a.and(b);
      case OR -> a.or(b);
      case XOR -> a.xor(b);
      case ADD -> a.add(b);
      case SUB -> a.subtract(b);
      case MULTIPLY -> a.multiply(b);
      case MULTIPLY_SIGNED -> signed(node, 0, a).multiply(signed(node, 1, b));
      case EQUAL -> truth(a.equals(b));
      case NOT_EQUAL -> truth(!a.equals(b));
      case LESS -> truth(a.compareTo(b) < 0);
      case LESS_SIGNED -> truth(signed(node, 0, a).compareTo(signed(node, 1, b)) < 0);
      case SHIFT_LEFT -> a.shiftLeft(most(b, node.width()));
      case SHIFT_RIGHT -> a.shiftRight(most(b, node.width()));
      case SHIFT_RIGHT_SIGNED -> signed(node, 0, a).shiftRight(most(b, node.width()));
      case REDUCE_AND -> truth(a.bitCount() == node.operands().get(0).width());
      case REDUCE_OR -> truth(a.signum() != 0);
      case REDUCE_XOR -> truth(a.bitCount() % 2 == 1);
      case MUX -> operands.get(a.signum() != 0 ? 1 : 2);
      case ZERO_EXTEND -> a;
      case SIGN_EXTEND -> signed(node, 0, a);
      case CONCAT -> concat(node.operands(), operands);
      case CHOOSE -> operands.get(1 + most(a, operands.size() - 2));
    };
  }

  private static BigInteger signed(Node node, int operand, BigInteger bits) {
    int width = node.operands().get(operand).width();
    return bits.testBit(width - 1) ? bits.subtract(BigInteger.ONE.shiftLeft(width)) : bits;
  }

  private static BigInteger truth(boolean value) {
    return value ? BigInteger.ONE : BigInteger.ZERO;
  }

  private static int most(BigInteger value, int most) {
    return value.min(BigInteger.valueOf(most)).intValueExact();
  }

  private static BigInteger concat(List<Node> nodes, List<BigInteger> values) {
    BigInteger result = BigInteger.ZERO;
    for (int i = 0; i < nodes.size(); i++) {
      result = result.shiftLeft(nodes.get(i).width()).or(values.get(i));
    }
    return result;
  }
}
