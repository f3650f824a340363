package sluice.hdl.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;

/** The conditions under which a value is left open. */
final class MissingPath {
  /** Conditions that a message lists; what is left out is only counted. */
  private static final int MOST_CONDITIONS = 4;

  /** How a value is reached: by a choice whose condition holds or not. */
  private record Step(Node.Operation choice, boolean holds) {}

  private MissingPath() {}

  /**
   * The shortest set of conditions that leaves a value open, as text after "when".
   *
   * @return null if the value is never open
   */
  static String of(Netlist netlist, Node value) {
    Map<Node, Step> reached = new HashMap<>();
    Deque<Node> pending = new ArrayDeque<>(List.of(value));
    while (!pending.isEmpty()) {
      Node node = pending.poll();
      if (node instanceof Node.Undriven) {
        return describe(netlist, value, node, reached);
      }
      if (node instanceof Node.Operation choice && choice.operator() == Operator.MUX) {
        for (int branch = 1; branch <= 2; branch++) {
          Node next = choice.operands().get(branch);
          if (reached.putIfAbsent(next, new Step(choice, branch == 1)) == null) {
            pending.add(next);
          }
        }
      }
    }
    return null;
  }

  private static String describe(Netlist netlist, Node from, Node to, Map<Node, Step> reached) {
    List<String> conditions = new ArrayList<>();
    for (Node node = to; node != from; node = reached.get(node).choice()) {
      conditions.add(0, condition(netlist, reached.get(node)));
    }
    int more = conditions.size() - MOST_CONDITIONS;
    return String.join(" and ", conditions.subList(0, Math.min(MOST_CONDITIONS, conditions.size())))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static String condition(Netlist netlist, Step step) {
    Node condition = step.choice().operands().get(0);
    boolean holds = step.holds();
    while (condition.name() == null
        && condition instanceof Node.Operation operation
        && operation.operator() == Operator.NOT) {
      condition = operation.operands().get(0);
      holds = !holds;
    }
    return comparison(netlist, condition, holds) + " (" + step.choice().site() + ")";
  }

  private static String comparison(Netlist netlist, Node condition, boolean holds) {
    if (condition.name() == null
        && condition instanceof Node.Operation operation
        && operation.operator() == Operator.EQUAL
        && operation.operands().get(0).name() != null
        && operation.operands().get(1) instanceof Node.Constant constant) {
      return operation.operands().get(0).name()
          + (holds ? " is " : " is not ")
          + (constant.symbol() == null ? constant.value().toString() : constant.symbol());
    }
    boolean named = condition.name() != null || condition instanceof Node.InstanceOutput;
    return (named ? SignalName.of(netlist, condition) : "the condition")
        + (holds ? " is true" : " is false");
  }
}
