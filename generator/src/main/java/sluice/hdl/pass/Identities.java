package sluice.hdl.pass;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import sluice.hdl.netlist.Evaluation;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.Site;

/**
 * The laws by which an operation equals a simpler one. Each looks through operands that have no
 * name, and makes at most a few new nodes.
 */
final class Identities {
  private final Netlist netlist;
  private final UnaryOperator<Node> replacement;
  private final Function<Node, BigInteger> known;

  /**
   * @param replacement what stands for an operand
   * @param known the bits of a value if they are constant, or null
   */
  Identities(Netlist netlist, UnaryOperator<Node> replacement, Function<Node, BigInteger> known) {
    this.netlist = netlist;
    this.replacement = replacement;
    this.known = known;
  }

  /**
   * What a slice equals: itself if nothing simpler is known. Goes down through concatenations,
   * extensions and slices, as far as one of their operands has all of the bits.
   */
  Node simplified(Node.Slice slice) {
    Node source = replacement.apply(slice.source());
    int low = slice.low();
    int width = slice.width();
    Node inner = source;
    while (inner != null) {
      source = inner;
      inner = null;
      if (known.apply(source) != null) {
        BigInteger bits = known.apply(source).shiftRight(low).and(ones(width));
        return constant(bits, width, slice.site());
      }
      if (!source.isNamed() && source instanceof Node.Slice outer) {
        inner = replacement.apply(outer.source());
        low += outer.low();
      } else if (!source.isNamed() && source instanceof Node.Operation operation) {
        Node first = replacement.apply(operation.operands().get(0));
        boolean extension = isExtension(operation);
        if (extension && low + width <= first.width()) {
          inner = first;
        } else if (extension && low == 0) {
          return new Node.Operation(
              netlist, operation.operator(), width, List.of(first), slice.site());
        } else if (operation.operator() == Operator.ZERO_EXTEND && low >= first.width()) {
          return constant(BigInteger.ZERO, width, slice.site());
        } else if (operation.operator() == Operator.CONCAT) {
          int end = operation.width();
          for (Node part : operation.operands()) {
            int start = end - part.width();
            if (low >= start && low + width <= end) {
              inner = replacement.apply(part);
              low -= start;
              break;
            }
            end = start;
          }
        }
      }
    }
    if (width == source.width()) {
      return source;
    }
    boolean same = source == replacement.apply(slice.source());
    return same ? slice : new Node.Slice(netlist, source, low, width, slice.site());
  }

  /**
   * What an operation equals: itself if nothing simpler is known.
   *
   * @param branch whether it is a choice that is written as {@code if}
   */
  Node simplified(Node.Operation operation, boolean branch) {
    List<Node> operands = new ArrayList<>(operation.operands().size());
    for (Node operand : operation.operands()) {
      operands.add(replacement.apply(operand));
    }
    int width = operation.width();
    Site site = operation.site();
    BigInteger value = Evaluation.of(operation.operator(), width, operands, known);
    if (value != null) {
      return constant(value, width, site);
    }
    Node a = operands.get(0);
    Node b = operands.size() > 1 ? operands.get(1) : null;
    Node result =
        switch (operation.operator()) {
          case NOT -> isNot(a) ? operand(a) : null;
          case AND -> and(a, b);
          case OR -> or(a, b);
          case XOR -> a == b ? constant(BigInteger.ZERO, width, site) : neutral(a, b, true);
          case ADD -> neutral(a, b, true);
          case SUB -> a == b ? constant(BigInteger.ZERO, width, site) : neutral(a, b, false);
          case MULTIPLY, MULTIPLY_SIGNED ->
              isZero(a) || isZero(b) ? constant(BigInteger.ZERO, width, site) : null;
          case SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_SIGNED -> shift(operation, a, b);
          case REDUCE_AND, REDUCE_OR, REDUCE_XOR -> a.width() == 1 ? a : null;
          case MUX -> mux(a, b, operands.get(2), branch, site);
          case CHOOSE -> choose(operation, operands);
          case ZERO_EXTEND, SIGN_EXTEND -> extend(operation, a);
          case EQUAL, NOT_EQUAL, LESS, LESS_SIGNED ->
              new Comparison(operation.operator(), a, b, site).simplified();
          case CONCAT -> null;
        };
    return result == null ? operation : result;
  }

  private Node constant(BigInteger value, int width, Site site) {
    return new Node.Constant(netlist, width, value, null, site);
  }

  private static BigInteger ones(int width) {
    return BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE);
  }

  private boolean isZero(Node node) {
    BigInteger value = known.apply(node);
    return value != null && value.signum() == 0;
  }

  private boolean isOnes(Node node) {
    BigInteger value = known.apply(node);
    return value != null && value.bitCount() == node.width();
  }

  private static boolean isNot(Node node) {
    return !node.isNamed()
        && node instanceof Node.Operation operation
        && operation.operator() == Operator.NOT;
  }

  private static boolean isExtension(Node node) {
    return !node.isNamed()
        && node instanceof Node.Operation operation
        && (operation.operator() == Operator.ZERO_EXTEND
            || operation.operator() == Operator.SIGN_EXTEND);
  }

  private Node operand(Node operation) {
    return replacement.apply(operation.operands().get(0));
  }

  private Node and(Node a, Node b) {
    if (isZero(a) || isOnes(b)) {
      return a;
    }
    return isZero(b) || isOnes(a) || a == b ? b : null;
  }

  private Node or(Node a, Node b) {
    if (isOnes(a) || isZero(b)) {
      return a;
    }
    return isOnes(b) || isZero(a) || a == b ? b : null;
  }

  /** The other operand, where one of them is 0. */
  private Node neutral(Node a, Node b, boolean commutes) {
    if (isZero(b)) {
      return a;
    }
    return commutes && isZero(a) ? b : null;
  }

  private Node shift(Node.Operation operation, Node a, Node amount) {
    if (isZero(a) || isZero(amount)) {
      return a;
    }
    BigInteger places = known.apply(amount);
    boolean outside =
        places != null && places.compareTo(BigInteger.valueOf(operation.width())) >= 0;
    return outside && operation.operator() != Operator.SHIFT_RIGHT_SIGNED
        ? constant(BigInteger.ZERO, operation.width(), operation.site())
        : null;
  }

  private boolean same(Node a, Node b) {
    BigInteger value = known.apply(a);
    return a == b || (value != null && value.equals(known.apply(b)));
  }

  private Node mux(Node condition, Node then, Node otherwise, boolean branch, Site site) {
    BigInteger decided = known.apply(condition);
    if (decided != null) {
      return decided.signum() != 0 ? then : otherwise;
    }
    if (same(then, otherwise)) {
      return then;
    }
    if (branch || then.width() > 1 || known.apply(then) == null || known.apply(otherwise) == null) {
      return null;
    }
    return isOnes(then)
        ? condition
        : new Node.Operation(netlist, Operator.NOT, 1, List.of(condition), site);
  }

  private Node choose(Node.Operation operation, List<Node> operands) {
    // Choices that the bits of the index cannot count to are none.
    int indexBits = operands.get(0).width();
    int reached =
        indexBits < Integer.SIZE - 1
            ? Math.min(operands.size() - 1, 1 << indexBits)
            : operands.size() - 1;
    List<Node> choices = operands.subList(1, 1 + reached);
    BigInteger index = known.apply(operands.get(0));
    if (index != null) {
      int last = choices.size() - 1;
      return choices.get(index.min(BigInteger.valueOf(last)).intValueExact());
    }
    Node first = choices.get(0);
    if (choices.stream().allMatch(choice -> same(first, choice))) {
      return first;
    }
    return reached == operands.size() - 1
        ? null
        : new Node.Operation(
            netlist,
            Operator.CHOOSE,
            operation.width(),
            List.copyOf(operands.subList(0, 1 + reached)),
            operation.site());
  }

  /** One extension in place of two; what zeros were put before has no sign. */
  private Node extend(Node.Operation operation, Node a) {
    if (!isExtension(a)) {
      return null;
    }
    Operator inner = ((Node.Operation) a).operator();
    if (inner == Operator.SIGN_EXTEND && operation.operator() == Operator.ZERO_EXTEND) {
      return null;
    }
    return new Node.Operation(
        netlist, inner, operation.width(), List.of(operand(a)), operation.site());
  }

  /** A comparison, where one side may be a constant, and extensions do not count. */
  private final class Comparison {
    private final Operator operator;
    private final Node a;
    private final Node b;
    private final Site site;

    Comparison(Operator operator, Node a, Node b, Site site) {
      this.operator = operator;
      this.a = a;
      this.b = b;
      this.site = site;
    }

    Node simplified() {
      if (a == b) {
        return truth(operator == Operator.EQUAL);
      }
      Node decided = isLess() ? bound() : bit();
      return decided == null ? narrowed() : decided;
    }

    private boolean isLess() {
      return operator == Operator.LESS || operator == Operator.LESS_SIGNED;
    }

    private boolean isSigned() {
      return operator == Operator.LESS_SIGNED;
    }

    private Node truth(boolean value) {
      return constant(value ? BigInteger.ONE : BigInteger.ZERO, 1, site);
    }

    /** Nothing is less than the least number, nor the largest less than anything. */
    private Node bound() {
      int width = a.width();
      BigInteger sign = BigInteger.ONE.shiftLeft(width - 1);
      BigInteger least = isSigned() ? sign : BigInteger.ZERO;
      BigInteger most = isSigned() ? sign.subtract(BigInteger.ONE) : ones(width);
      return least.equals(known.apply(b)) || most.equals(known.apply(a)) ? truth(false) : null;
    }

    /** A bit compared with a constant is the bit or its inverse. */
    private Node bit() {
      Node bit = known.apply(a) == null ? a : b;
      Node constant = bit == a ? b : a;
      if (bit.width() > 1 || known.apply(constant) == null || isSymbol(constant)) {
        return null;
      }
      boolean direct = isOnes(constant) == (operator == Operator.EQUAL);
      return direct ? bit : new Node.Operation(netlist, Operator.NOT, 1, List.of(bit), site);
    }

    private static boolean isSymbol(Node node) {
      return node instanceof Node.Constant constant && constant.symbol() != null;
    }

    /** The comparison of what is extended, if that has the same result. */
    private Node narrowed() {
      Node extended = isExtension(a) ? a : b;
      if (!isExtension(extended)) {
        return null;
      }
      Operator extension = ((Node.Operation) extended).operator();
      boolean order = isLess() && isSigned() != (extension == Operator.SIGN_EXTEND);
      if (order) {
        return null;
      }
      Node other = extended == a ? b : a;
      int width = operand(extended).width();
      Node narrow = null;
      BigInteger value = known.apply(other);
      if (value != null) {
        boolean signed = extension == Operator.SIGN_EXTEND;
        BigInteger number = signed ? Evaluation.signed(value, other.width()) : value;
        boolean fits = signed ? number.bitLength() < width : number.bitLength() <= width;
        if (!fits) {
          // What does not fit is larger than all that is extended, or less than all of it.
          boolean larger = number.signum() > 0;
          return truth(isLess() ? (extended == a) == larger : operator == Operator.NOT_EQUAL);
        }
        narrow = isSymbol(other) ? null : constant(value.and(ones(width)), width, site);
      } else if (isExtension(other)
          && ((Node.Operation) other).operator() == extension
          && operand(other).width() == width) {
        narrow = operand(other);
      }
      if (narrow == null) {
        return null;
      }
      Node left = extended == a ? operand(a) : narrow;
      Node right = extended == a ? narrow : operand(b);
      Node smaller = new Comparison(operator, left, right, site).direct();
      return smaller != null
          ? smaller
          : new Node.Operation(netlist, operator, 1, List.of(left, right), site);
    }

    /** What the narrowed comparison is, apart from another comparison. */
    private Node direct() {
      if (a == b) {
        return truth(operator == Operator.EQUAL);
      }
      return isLess() ? bound() : bit();
    }
  }
}
