package sluice.hdl.pass;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import sluice.hdl.netlist.NameLevel;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;

/**
 * Values that are computed in the same way from the same operands become one, which takes the
 * strongest of their names. Small expressions without a name of the user's stay apart: they read
 * better where they are than under an invented name, and cost nothing after synthesis. So do
 * choices without a name, since a clocked block writes each as an {@code if} of its own register.
 */
public final class CommonSubexpressions implements ModulePass {

  /**
   * How a value is computed. Every value of a design is looked up by it, so that it compares and
   * numbers itself.
   */
  private static final class Computation {
    private final Object kind;
    private final int width;
    private final int low;
    private final int[] operands;
    private final int hash;

    Computation(Object kind, int width, int low, int... operands) {
      this.kind = kind;
      this.width = width;
      this.low = low;
      this.operands = operands;
      this.hash = ((Arrays.hashCode(operands) * 31 + low) * 31 + width) * 31 + kind.hashCode();
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Computation computation
          && hash == computation.hash
          && width == computation.width
          && low == computation.low
          && kind.equals(computation.kind)
          && Arrays.equals(operands, computation.operands);
    }
  }

  /** A constant's bits and name. */
  private record ConstantKind(BigInteger value, String symbol) {}

  @Override
  public void rewrite(Netlist netlist) {
    int count = netlist.idBound();
    // Equal values have one number; a value is replaced only where that is wanted.
    int[] numbers = new int[count];
    Node[] replacements = new Node[count];
    for (Node node : netlist.nodes()) {
      numbers[node.id()] = node.id();
      replacements[node.id()] = node;
    }
    Map<Computation, Node> kept = new HashMap<>();
    for (Node node : OperandOrder.of(netlist)) {
      Computation computation = computation(node, numbers);
      Node other = computation == null ? null : kept.putIfAbsent(computation, node);
      if (other != null) {
        numbers[node.id()] = numbers[other.id()];
        if (areShared(other, node)) {
          // The value created first stays, in whatever order they are met.
          Node first = other.id() < node.id() ? other : node;
          Node second = first == node ? other : node;
          replacements[second.id()] = first;
          first.takeNameOf(second);
          kept.put(computation, first);
        }
      }
    }
    netlist.redirect(node -> replacement(node, replacements));
  }

  private static Node replacement(Node node, Node[] replacements) {
    Node result = node;
    while (replacements[result.id()] != result) {
      result = replacements[result.id()];
    }
    return result;
  }

  /** Whether equal values become one. */
  private static boolean areShared(Node a, Node b) {
    boolean apart = a.nameLevel() == NameLevel.RESERVED && b.nameLevel() == NameLevel.RESERVED;
    return !apart && (a.isNamed() || b.isNamed() || isLarge(a));
  }

  /** Whether a value is worth sharing even under an invented name. */
  private static boolean isLarge(Node node) {
    return node instanceof Node.Operation operation
        && switch (operation.operator()) {
          case ADD,
              SUB,
              MULTIPLY,
              MULTIPLY_SIGNED,
              SHIFT_LEFT,
              SHIFT_RIGHT,
              SHIFT_RIGHT_SIGNED,
              CHOOSE ->
              true;
          default -> false;
        };
  }

  private static Computation computation(Node node, int[] numbers) {
    if (node instanceof Node.Constant constant) {
      // A number that has a name is not meant wherever it occurs.
      return constant.isNamed()
          ? null
          : new Computation(new ConstantKind(constant.value(), constant.symbol()), node.width(), 0);
    }
    if (node instanceof Node.Slice slice) {
      return new Computation(
          Node.Slice.class, node.width(), slice.low(), numbers[slice.source().id()]);
    }
    if (node instanceof Node.Operation operation
        && (operation.operator() != Operator.MUX || operation.isNamed())) {
      int[] operands = new int[operation.operands().size()];
      for (int i = 0; i < operands.length; i++) {
        operands[i] = numbers[operation.operands().get(i).id()];
      }
      return new Computation(operation.operator(), node.width(), 0, operands);
    }
    return null;
  }
}
