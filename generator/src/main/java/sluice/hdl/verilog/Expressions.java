package sluice.hdl.verilog;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import sluice.hdl.netlist.Evaluation;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;

/** Writes values as Verilog expressions. */
final class Expressions {
  private final Declarations declarations;

  Expressions(Declarations declarations) {
    this.declarations = declarations;
  }

  static String literal(int width, BigInteger value) {
    if (value.bitLength() <= 20) {
      return width + "'d" + value;
    }
    return width + "'h" + value.toString(16);
  }

  /** A value where it is used: its identifier, or the expression in its place. */
  String of(Node node) {
    String identifier = declarations.identifier(node);
    return identifier == null ? definition(node) : identifier;
  }

  /** Whether a condition does not hold. */
  String none(Node node) {
    if (declarations.identifier(node) == null
        && node instanceof Node.Operation operation
        && operation.operator() == Operator.NOT) {
      return of(operation.operands().get(0));
    }
    return isComparison(node) ? not(node) : "!" + unaryOperand(node);
  }

  /** Whether two conditions hold. */
  String both(Node a, Node b) {
    return operand(a) + " && " + operand(b);
  }

  /** Whether a value is computed, or is a constant, where it is used. */
  boolean isInPlace(Node node) {
    return declarations.identifier(node) == null;
  }

  /** A value as an operand: in parentheses where it is a compound expression. */
  private String operand(Node node) {
    if (declarations.identifier(node) == null && isCompound(node)) {
      return "(" + definition(node) + ")";
    }
    return of(node);
  }

  /** The operand of a unary operator: two of them side by side are another one, or none. */
  private String unaryOperand(Node node) {
    boolean unary =
        declarations.identifier(node) == null
            && node instanceof Node.Operation operation
            && switch (operation.operator()) {
              case NOT, REDUCE_AND, REDUCE_OR, REDUCE_XOR -> !isCompound(node);
              default -> false;
            };
    return unary ? "(" + definition(node) + ")" : operand(node);
  }

  private boolean isCompound(Node node) {
    if (node instanceof Node.Operation operation) {
      return switch (operation.operator()) {
        case ZERO_EXTEND, SIGN_EXTEND, CONCAT -> false;
        case NOT -> isComparison(operation.operands().get(0));
        case REDUCE_AND, REDUCE_OR, REDUCE_XOR -> false;
        default -> true;
      };
    }
    return false;
  }

  /** Whether a value is a comparison that is written in place. */
  boolean isComparison(Node node) {
    if (declarations.identifier(node) == null && node instanceof Node.Operation operation) {
      return switch (operation.operator()) {
        case EQUAL, NOT_EQUAL, LESS, LESS_SIGNED -> true;
        default -> false;
      };
    }
    return false;
  }

  /** The expression that computes a value. */
  String definition(Node node) {
    if (node instanceof Node.Constant constant) {
      return constant.symbol() == null
          ? literal(constant.width(), constant.value())
          : declarations.symbol(constant);
    }
    if (constantBits(node) != null) {
      return literal(node.width(), constantBits(node));
    }
    if (node instanceof Node.Slice slice) {
      return select(slice.source(), slice.low(), slice.width());
    }
    if (Declarations.isWordOfRom(node)) {
      Node.MemoryRead read = (Node.MemoryRead) node;
      List<BigInteger> words = read.memory().contents();
      return literal(read.width(), words.get(index(read.address(), words.size())));
    }
    if (node instanceof Node.MemoryRead read) {
      return declarations.identifier(read.memory()) + "[" + of(read.address()) + "]";
    }
    if (node instanceof Node.Operation operation) {
      return operation(operation);
    }
    throw new IllegalStateException("no expression for " + node + " of " + node.site());
  }

  /** The bits of a constant, or of a part of one, since no bits of a literal can be selected. */
  static BigInteger constantBits(Node node) {
    if (node instanceof Node.Constant constant) {
      return constant.value();
    }
    if (node instanceof Node.Slice slice && slice.source() instanceof Node.Constant constant) {
      BigInteger range = BigInteger.ONE.shiftLeft(slice.width());
      return constant.value().shiftRight(slice.low()).mod(range);
    }
    return null;
  }

  private String operation(Node.Operation operation) {
    List<Node> operands = operation.operands();
    Node a = operands.get(0);
    return switch (operation.operator()) {
      case NOT -> not(a);
      case AND -> infix(operation, " & ");
      case OR -> infix(operation, " | ");
      case XOR -> infix(operation, " ^ ");
      case ADD -> infix(operation, " + ");
      case SUB -> operand(a) + " - " + operand(operands.get(1));
      case MULTIPLY ->
          zeroExtended(a, operation.width())
              + " * "
              + zeroExtended(operands.get(1), operation.width());
      case MULTIPLY_SIGNED -> signed(a) + " * " + signed(operands.get(1));
      case EQUAL -> operand(a) + " == " + operand(operands.get(1));
      case NOT_EQUAL -> operand(a) + " != " + operand(operands.get(1));
      case LESS -> ordered(operation, " < ", " > ");
      case LESS_SIGNED -> ordered(operation, " < ", " > ");
      case SHIFT_LEFT -> operand(a) + " << " + amount(operation);
      case SHIFT_RIGHT -> operand(a) + " >> " + amount(operation);
      case SHIFT_RIGHT_SIGNED -> signed(a) + " >>> " + amount(operation);
      case REDUCE_AND -> "&" + unaryOperand(a);
      case REDUCE_OR -> "|" + unaryOperand(a);
      case REDUCE_XOR -> "^" + unaryOperand(a);
      case MUX ->
          operand(a) + " ? " + operand(operands.get(1)) + " : " + otherwise(operands.get(2));
      case ZERO_EXTEND -> zeroExtended(a, operation.width());
      case SIGN_EXTEND -> signExtended(a, operation.width());
      case CONCAT -> concat(operands);
      // One whose index is no constant is written as a case.
      case CHOOSE -> of(operands.get(1 + index(a, operands.size() - 1)));
    };
  }

  /** The bits of a value inverted. */
  String not(Node node) {
    if (isComparison(node)) {
      Node.Operation comparison = (Node.Operation) node;
      Node a = comparison.operands().get(0);
      Node b = comparison.operands().get(1);
      switch (comparison.operator()) {
        case EQUAL:
          return operand(a) + " != " + operand(b);
        case NOT_EQUAL:
          return operand(a) + " == " + operand(b);
        default:
          return ordered(comparison, " >= ", " <= ");
      }
    }
    boolean reduction =
        node instanceof Node.Operation operation && operation.operator() != Operator.NOT;
    // An inverted reduction is an operator of its own, of the same value.
    return "~" + (reduction ? operand(node) : unaryOperand(node));
  }

  /** A constant index; beyond the last choice it is that. */
  private static int index(Node index, int choices) {
    return constantBits(index).min(BigInteger.valueOf(choices - 1)).intValueExact();
  }

  /**
   * The amount of a shift. Tools take none of more than 32 bits: of a wider one, the upper bits
   * only say whether it shifts everything out.
   */
  private String amount(Node.Operation shift) {
    Node amount = shift.operands().get(1);
    BigInteger bits = constantBits(amount);
    if (bits != null) {
      return bits.bitLength() >= Integer.SIZE
          ? literal(Integer.SIZE, BigInteger.valueOf(shift.width()))
          : operand(amount);
    }
    if (!isWideAmount(amount)) {
      return operand(amount);
    }
    int low = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(shift.width() - 1));
    return "{|" + select(amount, low, amount.width() - low) + ", " + select(amount, 0, low) + "}";
  }

  /** Whether an amount of a shift is written by its bits, so that it needs an identifier. */
  static boolean isWideAmount(Node amount) {
    return amount.width() > Integer.SIZE && constantBits(amount) == null;
  }

  /** A comparison, turned round if that puts a constant to the right. */
  private String ordered(Node.Operation comparison, String symbol, String turned) {
    boolean signed = comparison.operator() == Operator.LESS_SIGNED;
    Node a = comparison.operands().get(0);
    Node b = comparison.operands().get(1);
    String left = signed ? signed(a) : operand(a);
    String right = signed ? signed(b) : operand(b);
    return a instanceof Node.Constant ? right + turned + left : left + symbol + right;
  }

  /** A chain of choices needs no parentheses: the first condition that holds decides. */
  private String otherwise(Node node) {
    boolean choice =
        declarations.identifier(node) == null
            && node instanceof Node.Operation operation
            && operation.operator() == Operator.MUX;
    return choice ? definition(node) : operand(node);
  }

  private String infix(Node.Operation operation, String symbol) {
    Node left = operation.operands().get(0);
    Node right = operation.operands().get(1);
    // A sum's parentheses are kept on the right: they say in which order synthesis is to add.
    boolean anyOrder = operation.operator() != Operator.ADD;
    return (isOf(operation.operator(), left) ? definition(left) : operand(left))
        + symbol
        + (anyOrder && isOf(operation.operator(), right) ? definition(right) : operand(right));
  }

  private boolean isOf(Operator operator, Node node) {
    return declarations.identifier(node) == null
        && node instanceof Node.Operation inner
        && inner.operator() == operator;
  }

  private String signed(Node node) {
    return "$signed(" + of(node) + ")";
  }

  private String zeroExtended(Node node, int width) {
    if (node instanceof Node.Constant constant && constant.symbol() == null) {
      return literal(width, constant.value());
    }
    ConcatText text = new ConcatText();
    text.constant(width - node.width(), BigInteger.ZERO);
    addAll(List.of(node), text);
    return text.toString();
  }

  private String signExtended(Node node, int width) {
    if (constantBits(node) != null) {
      BigInteger value = Evaluation.signed(constantBits(node), node.width());
      return literal(width, value.mod(BigInteger.ONE.shiftLeft(width)));
    }
    int copies = width - node.width();
    String sign;
    if (declarations.identifier(node) == null && node instanceof Node.Slice slice) {
      sign = select(slice.source(), slice.low() + slice.width() - 1, 1);
    } else {
      sign = of(node) + (node.width() == 1 ? "" : "[" + (node.width() - 1) + "]");
    }
    return "{" + (copies == 1 ? sign : "{" + copies + "{" + sign + "}}") + ", " + of(node) + "}";
  }

  /** Bits of a value with an identifier; one bit has none to select. */
  private String select(Node source, int low, int width) {
    String identifier = declarations.identifier(source);
    return source.width() == 1 ? identifier : identifier + WrapperText.select(low, width);
  }

  private String concat(List<Node> operands) {
    Node first = operands.get(0);
    if (isRepeated(operands)) {
      return "{" + operands.size() + "{" + of(first) + "}}";
    }
    ConcatText text = new ConcatText();
    addAll(operands, text);
    return text.toString();
  }

  private void addAll(List<Node> operands, ConcatText text) {
    Deque<Node> pending = new ArrayDeque<>(operands);
    while (!pending.isEmpty()) {
      add(pending.pop(), text, pending);
    }
  }

  /** Adds what is written in place to a concatenation: one within it becomes a part of it. */
  private void add(Node node, ConcatText text, Deque<Node> pending) {
    boolean inPlace = declarations.identifier(node) == null;
    if (inPlace && node instanceof Node.Operation operation) {
      List<Node> operands = operation.operands();
      if (operation.operator() == Operator.CONCAT && !isRepeated(operands)) {
        for (int i = operands.size() - 1; i >= 0; i--) {
          pending.push(operands.get(i));
        }
        return;
      }
      if (operation.operator() == Operator.ZERO_EXTEND) {
        text.constant(operation.width() - operands.get(0).width(), BigInteger.ZERO);
        pending.push(operands.get(0));
        return;
      }
    }
    boolean plain = !(node instanceof Node.Constant constant) || constant.symbol() == null;
    BigInteger bits = inPlace && plain ? constantBits(node) : null;
    if (bits != null) {
      text.constant(node.width(), bits);
    } else if (inPlace && node instanceof Node.Slice slice && slice.source().width() > 1) {
      text.bits(
          declarations.identifier(slice.source()),
          slice.source().width(),
          slice.low(),
          slice.width());
    } else {
      text.value(of(node));
    }
  }

  private static boolean isRepeated(List<Node> operands) {
    return operands.size() > 1 && operands.stream().allMatch(o -> o == operands.get(0));
  }
}
