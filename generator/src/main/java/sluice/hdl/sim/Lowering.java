package sluice.hdl.sim;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Node;

/** Turns the nodes of a design into words of a {@link Graph}. */
final class Lowering {
  private static final int WORD = 64;

  private final Hierarchy hierarchy;
  private final Graph graph = new Graph();
  private final Algebra words = new Algebra(graph);
  private final WideAlgebra vectors = new WideAlgebra(words);
  private final Map<Node, int[]> values;
  private final Map<MemoryBlock, Integer> memories = new IdentityHashMap<>();

  private Lowering(Hierarchy hierarchy) {
    this.hierarchy = hierarchy;
    this.values = new IdentityHashMap<>(2 * hierarchy.nodes().size());
  }

  /**
   * The words of a design.
   *
   * @param graph the values
   * @param values the words of each node, the least significant first
   * @param memories the memories, as numbered in the graph
   */
  record Result(Graph graph, Map<Node, int[]> values, Map<MemoryBlock, Integer> memories) {}

  static Result of(Hierarchy hierarchy) {
    return new Lowering(hierarchy).lower();
  }

  private Result lower() {
    hierarchy.memories().forEach(memory -> memories.put(memory, memories.size()));
    for (Node node : hierarchy.nodes()) {
      boolean given =
          node instanceof Node.Register
              || Hierarchy.isBoxOutput(node)
              || (node instanceof Node.MemoryRead read && read.memory().synchronous())
              || (node instanceof Node.Input && hierarchy.origin(node) == node);
      if (given) {
        values.put(node, leaves(node.width()));
      }
    }
    hierarchy.nodes().forEach(this::order);
    return new Result(graph, values, memories);
  }

  private int[] leaves(int width) {
    int[] leaves = new int[Words.count(width)];
    for (int i = 0; i < leaves.length; i++) {
      leaves[i] = graph.leaf(Math.min(WORD, width - WORD * i));
    }
    return leaves;
  }

  /** Lowers a node after everything it depends on. */
  private void order(Node root) {
    if (values.containsKey(root)) {
      return;
    }
    Deque<Node> pending = new ArrayDeque<>();
    pending.push(root);
    while (!pending.isEmpty()) {
      Node node = pending.peek();
      if (values.containsKey(node)) {
        pending.pop();
        continue;
      }
      Node origin = hierarchy.origin(node);
      List<Node> needed = origin == node ? node.operands() : List.of(origin);
      boolean ready = true;
      for (Node operand : needed) {
        if (!values.containsKey(operand)) {
          pending.push(operand);
          ready = false;
        }
      }
      if (ready) {
        pending.pop();
        values.put(node, origin == node ? lower(node) : values.get(origin));
      }
    }
  }

  private int[] lower(Node node) {
    if (node instanceof Node.Constant constant) {
      return constant(constant.value(), constant.width());
    }
    if (node instanceof Node.Undriven) {
      return constant(BigInteger.ZERO, node.width());
    }
    if (node instanceof Node.Slice slice) {
      return vectors.slice(values.get(slice.source()), slice.low(), slice.width());
    }
    if (node instanceof Node.MemoryRead read) {
      return read(read);
    }
    if (node instanceof Node.Operation operation) {
      return operation(operation);
    }
    throw new IllegalStateException("no value for " + node.getClass().getSimpleName());
  }

  private int[] constant(BigInteger value, int width) {
    int[] result = new int[Words.count(width)];
    for (int i = 0; i < result.length; i++) {
      result[i] = words.constant(value.shiftRight(WORD * i).longValue());
    }
    return result;
  }

  private int[] read(Node.MemoryRead read) {
    int address = vectors.index(values.get(read.address()));
    int memory = memories.get(read.memory());
    int[] result = new int[Words.count(read.width())];
    for (int i = 0; i < result.length; i++) {
      result[i] = words.read(address, memory, i, Math.min(WORD, read.width() - WORD * i));
    }
    return result;
  }

  private int[] operation(Node.Operation node) {
    List<Node> operands = node.operands();
    int width = node.width();
    int[] a = values.get(operands.get(0));
    int widthA = operands.get(0).width();
    int[] b = operands.size() > 1 ? values.get(operands.get(1)) : null;
    int widthB = operands.size() > 1 ? operands.get(1).width() : 0;
    return switch (node.operator()) {
      case NOT -> vectors.not(a, width);
      case AND -> vectors.bitwise(a, b, words::and);
      case OR -> vectors.bitwise(a, b, words::or);
      case XOR -> vectors.bitwise(a, b, words::xor);
      case ADD -> vectors.add(a, b, width);
      case SUB -> vectors.subtract(a, b, width);
      case MULTIPLY -> vectors.multiply(a, widthA, b, widthB, false);
      case MULTIPLY_SIGNED -> vectors.multiply(a, widthA, b, widthB, true);
      case EQUAL -> new int[] {vectors.equal(a, b)};
      case NOT_EQUAL -> new int[] {vectors.notEqual(a, b)};
      case LESS -> new int[] {vectors.less(a, b, widthA, false)};
      case LESS_SIGNED -> new int[] {vectors.less(a, b, widthA, true)};
      case SHIFT_LEFT -> vectors.shiftLeft(a, b, width);
      case SHIFT_RIGHT -> vectors.shiftRight(a, b, width, false);
      case SHIFT_RIGHT_SIGNED -> vectors.shiftRight(a, b, width, true);
      case REDUCE_AND -> new int[] {vectors.all(a, widthA)};
      case REDUCE_OR -> new int[] {vectors.any(a)};
      case REDUCE_XOR -> new int[] {vectors.parity(a)};
      case MUX -> vectors.mux(a[0], b, values.get(operands.get(2)));
      case ZERO_EXTEND -> vectors.zeroExtend(a, width);
      case SIGN_EXTEND -> vectors.signExtend(a, widthA, width);
      case CONCAT -> concat(operands, width);
      case CHOOSE -> vectors.choose(vectors.index(a), choices(operands));
    };
  }

  private int[] concat(List<Node> operands, int width) {
    int[][] parts = new int[operands.size()][];
    int[] widths = new int[operands.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = values.get(operands.get(i));
      widths[i] = operands.get(i).width();
    }
    return vectors.concat(parts, widths, width);
  }

  private int[][] choices(List<Node> operands) {
    List<int[]> choices = new ArrayList<>();
    for (Node choice : operands.subList(1, operands.size())) {
      choices.add(values.get(choice));
    }
    return choices.toArray(int[][]::new);
  }
}
