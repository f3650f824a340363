package sluice.hdl.pass;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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

  /** How a value is computed. */
  private record Computation(Object kind, int width, int low, List<Integer> operands) {}

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
          : new Computation(
              new ConstantKind(constant.value(), constant.symbol()), node.width(), 0, List.of());
    }
    if (node instanceof Node.Slice slice) {
      return new Computation(
          Node.Slice.class, node.width(), slice.low(), List.of(numbers[slice.source().id()]));
    }
    if (node instanceof Node.Operation operation
        && (operation.operator() != Operator.MUX || operation.isNamed())) {
      List<Integer> operands = new ArrayList<>(operation.operands().size());
      for (Node operand : operation.operands()) {
        operands.add(numbers[operand.id()]);
      }
      return new Computation(operation.operator(), node.width(), 0, operands);
    }
    return null;
  }
}
