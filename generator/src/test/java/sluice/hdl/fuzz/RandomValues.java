package sluice.hdl.fuzz;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.hdl.netlist.NameLevel;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.Site;

/**
 * The values of a random module, from which operands are drawn, and the edges of the warm-up after
 * which each is known.
 */
final class RandomValues {
  private static final List<Operator> OPERATORS = List.of(Operator.values());

  /** Names that are used again and again, and among them keywords. */
  private static final List<String> NAMES =
      List.of("sum", "limit", "next_state", "valid", "wire", "word", "case", "data", "s0");

  private final Netlist netlist;
  private final Draw draw;
  private final RandomModule.Rules rules;
  private final int mostEdges;
  private final List<Node> pool = new ArrayList<>();
  private final Map<Node, Integer> edges = new HashMap<>();

  /**
   * @param mostEdges after which every value is known
   */
  RandomValues(Netlist netlist, Draw draw, RandomModule.Rules rules, int mostEdges) {
    this.netlist = netlist;
    this.draw = draw;
    this.rules = rules;
    this.mostEdges = mostEdges;
  }

  int mostEdges() {
    return mostEdges;
  }

  /** Edges after which a value is known. */
  int edges(Node node) {
    return edges.getOrDefault(node, 0);
  }

  /** Adds a value that operands are drawn from. */
  <N extends Node> N add(N node, int edgesUntilKnown) {
    edges.put(node, edgesUntilKnown);
    pool.add(node);
    return node;
  }

  /** Gives a value a name of any level, or none. */
  <N extends Node> N named(N node) {
    if (node.name() == null && !rules.allNamed()) {
      switch (draw.below(12)) {
        case 0, 1 -> node.rename(draw.of(NAMES));
        case 2 -> node.rename("value" + node.id());
        case 3 -> node.rename(draw.of(NAMES), NameLevel.MERGEABLE);
        case 4 -> node.rename("kept" + node.id(), NameLevel.RESERVED);
        default -> {}
      }
    }
    return node;
  }

  /** Gives a register a name, mostly. */
  void nameState(Node.Register register) {
    switch (draw.below(6)) {
      case 0 -> register.rename(draw.of(NAMES));
      case 1 -> {}
      default -> register.rename("state" + register.id());
    }
  }

  /** A value as it is; recent ones are more likely, so that expressions get deep. */
  Node any() {
    int back = draw.below(pool.size());
    if (draw.coin()) {
      back = Math.min(back, draw.below(pool.size()));
    }
    return pool.get(pool.size() - 1 - back);
  }

  Node constant(int width) {
    return constant(width, draw.bits(width));
  }

  Node constant(int width, BigInteger bits) {
    String symbol = draw.oneIn(10) ? "LIMIT_" + draw.below(3) : null;
    Node constant = new Node.Constant(netlist, width, bits, symbol, Site.NONE);
    if (draw.oneIn(20)) {
      constant.rename("constant" + constant.id());
    }
    return constant;
  }

  /** A constant, or a value from before, cut or extended to a width. */
  Node operand(int width) {
    return operand(width, mostEdges);
  }

  /** An operand of state without a reset. */
  Node operandForState(int width) {
    return operand(width, mostEdges - 4);
  }

  /** An operand that is known after so many edges. */
  Node operand(int width, int most) {
    if (!draw.oneIn(8)) {
      for (int tries = 0; tries < 5; tries++) {
        Node value = any();
        if (!rules.known() || edges(value) <= most) {
          return fitted(value, width);
        }
      }
    }
    return constant(width);
  }

  private Node fitted(Node value, int width) {
    if (value.width() > width) {
      return slice(value, draw.below(value.width() - width + 1), width);
    }
    return value.width() == width
        ? value
        : operation(draw.coin() ? Operator.SIGN_EXTEND : Operator.ZERO_EXTEND, width, value);
  }

  /** Any bit of a value. */
  Node bit(Node value) {
    return value.width() == 1 ? value : slice(value, draw.below(value.width()), 1);
  }

  Node slice(Node value, int low, int width) {
    Node slice = new Node.Slice(netlist, value, low, width, Site.NONE);
    edges.put(slice, edges(value));
    return slice;
  }

  Node not(Node value) {
    return operation(Operator.NOT, value.width(), value);
  }

  Node and(Node a, Node b) {
    return operation(Operator.AND, a.width(), a, b);
  }

  Node or(Node a, Node b) {
    return operation(Operator.OR, a.width(), a, b);
  }

  /** An operation, without a name and not among the values that operands are drawn from. */
  Node operation(Operator operator, int width, Node... operands) {
    Node operation = new Node.Operation(netlist, operator, width, List.of(operands), Site.NONE);
    int most = 0;
    for (Node operand : operands) {
      most = Math.max(most, edges(operand));
    }
    edges.put(operation, most);
    return operation;
  }

  /** Adds the result of any operator, or a part of a value. */
  void operation() {
    Node value =
        draw.oneIn(12) ? bits() : of(OPERATORS.get(draw.below(OPERATORS.size())), draw.width());
    add(named(value), edges(value));
  }

  private Node bits() {
    Node value = any();
    int width = 1 + draw.below(value.width());
    return slice(value, draw.below(value.width() - width + 1), width);
  }

  private Node of(Operator operator, int width) {
    return switch (operator) {
      case NOT -> operation(operator, width, operand(width));
      case AND, OR, XOR, ADD, SUB -> operation(operator, width, operand(width), operand(width));
      case MULTIPLY, MULTIPLY_SIGNED -> {
        int other = draw.width(width);
        int one = Math.min(width, Draw.WIDEST - other);
        yield operation(
            operator, Math.max(1, one) + other, operand(Math.max(1, one)), operand(other));
      }
      case EQUAL, NOT_EQUAL, LESS, LESS_SIGNED ->
          operation(operator, 1, operand(width), operand(width));
      case SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_SIGNED ->
          operation(operator, width, operand(width), operand(amountWidth()));
      case REDUCE_AND, REDUCE_OR, REDUCE_XOR -> operation(operator, 1, operand(width));
      case MUX -> operation(operator, width, operand(1), operand(width), operand(width));
      case ZERO_EXTEND, SIGN_EXTEND -> {
        int more = draw.oneIn(3) ? 1 : 1 + draw.below(40);
        yield operation(operator, width + more, operand(width));
      }
      case CONCAT -> {
        Node[] parts = new Node[1 + draw.below(4)];
        int sum = 0;
        for (int i = 0; i < parts.length; i++) {
          parts[i] = operand(draw.width(Draw.WIDEST / parts.length));
          sum += parts[i].width();
        }
        yield operation(operator, sum, parts);
      }
      case CHOOSE -> {
        Node[] operands = new Node[2 + draw.below(9)];
        operands[0] = operand(draw.oneIn(10) ? draw.width() : 1 + draw.below(4));
        for (int i = 1; i < operands.length; i++) {
          operands[i] = operand(width);
        }
        yield operation(operator, width, operands);
      }
    };
  }

  private int amountWidth() {
    return draw.oneIn(10) ? draw.width() : 1 + draw.below(9);
  }

  /** A few bits that depend on each value which nothing else uses. */
  Node digest() {
    Set<Node> used = new HashSet<>();
    for (Node node : netlist.nodes()) {
      used.addAll(node.operands());
      if (node instanceof Node.Register register) {
        used.add(register.next());
      }
    }
    int width = draw.width(16);
    Node digest = constant(width);
    for (Node value : List.copyOf(pool)) {
      if (!used.contains(value)) {
        Node part = value.width() == width ? value : operation(Operator.REDUCE_XOR, 1, value);
        if (part.width() < width) {
          part = operation(Operator.ZERO_EXTEND, width, part);
        }
        digest = operation(draw.coin() ? Operator.XOR : Operator.ADD, width, digest, part);
      }
    }
    return digest;
  }
}
