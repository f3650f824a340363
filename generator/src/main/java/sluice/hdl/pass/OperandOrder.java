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
      result.path.push(node);
      result.drain();
    }
    return result.order;
  }

  private void drain() {
    while (!path.isEmpty()) {
      Node node = path.peek();
      if (entered.get(node.id())) {
        path.pop();
        if (!left.get(node.id())) {
          left.set(node.id());
          order.add(node);
        }
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
