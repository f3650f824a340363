package sluice.hdl.fuzz;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;

/**
 * Builds a design again, as it is or with a {@link Change}; the first one stays as it is. Passes
 * change what they get, so each gets a copy.
 */
public final class DesignCopy {
  private DesignCopy() {}

  /** A copy of a design before any pass. */
  public static Design of(Design design) {
    return of(design, null);
  }

  /** A copy with a change, without what reaches no output then; without a change, with all. */
  static Design of(Design design, Change change) {
    Change made = change == null ? new Change() : change;
    Reached reached = change == null ? null : new Reached(design, made);
    Map<Netlist, ModuleCopy> copies = new IdentityHashMap<>();
    List<Netlist> modules = new ArrayList<>();
    for (Netlist netlist : design.modules()) {
      ModuleCopy copy = new ModuleCopy(netlist, made, reached, copies);
      copies.put(netlist, copy);
      modules.add(copy.copy());
    }
    return Design.of(modules.get(modules.size() - 1));
  }

  /** The operand that takes the place of a node. */
  static Node operand(Node node, Change.Replacement replacement) {
    return node instanceof Node.Register register
        ? register.next()
        : node.operands().get(replacement.operand());
  }

  /** Whether something may take the place of a node. */
  static boolean isPossible(Node node, Change.Replacement replacement) {
    if (node instanceof Node.Input || node instanceof Node.Undriven) {
      return false;
    }
    if (replacement.operand() < 0) {
      return !(node instanceof Node.Constant);
    }
    return node instanceof Node.Register
        ? replacement == Change.Replacement.FIRST
        : !(node instanceof Node.MemoryRead) && replacement.operand() < node.operands().size();
  }

  /** The instances of a design's modules, and which of them a netlist belongs to. */
  static Map<Netlist, Instance> instances(Design design) {
    Map<Netlist, Instance> instances = new IdentityHashMap<>();
    for (Netlist netlist : design.modules()) {
      netlist.instances().forEach(instance -> instances.put(instance.child(), instance));
    }
    return instances;
  }

  /** The outputs of a design. */
  static List<Port> outputs(Design design) {
    return design.top().ports().stream()
        .filter(port -> port.direction() == Port.Direction.OUTPUT)
        .toList();
  }
}
