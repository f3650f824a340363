package sluice.hdl.pass;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;

/** All nodes of a netlist, each after its operands as far as there is such an order. */
final class OperandOrder {
  private final List<Node> order;
  private final BitSet entered;
  private final BitSet left;
  private final Deque<Node> path = new ArrayDeque<>();

  private OperandOrder(Netlist netlist) {
    order = new ArrayList<>(netlist.nodes().size());
    entered = new BitSet(netlist.idBound());
    left = new BitSet(netlist.idBound());
  }

  static List<Node> of(Netlist netlist) {
    OperandOrder result = new OperandOrder(netlist);
    for (Node node : netlist.nodes()) {
      if (result.follows(node)) {
        result.entered.set(node.id());
        result.leave(node);
      } else {
        result.path.push(node);
        result.drain();
      }
    }
    return result.order;
  }

  /** Whether all operands of a node come before it already, as they do of nearly all. */
  private boolean follows(Node node) {
    List<Node> operands = node.operands();
    for (int i = 0; i < operands.size(); i++) {
      if (!left.get(operands.get(i).id())) {
        return false;
      }
    }
    return true;
  }

  private void leave(Node node) {
    if (!left.get(node.id())) {
      left.set(node.id());
      order.add(node);
    }
  }

  private void drain() {
    while (!path.isEmpty()) {
      Node node = path.peek();
      if (entered.get(node.id())) {
        path.pop();
        leave(node);
        continue;
      }
      entered.set(node.id());
      for (Node operand : node.operands()) {
        if (!entered.get(operand.id())) {
          path.push(operand);
        }
      }
    }
  }
}
