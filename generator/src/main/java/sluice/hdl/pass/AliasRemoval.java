package sluice.hdl.pass;

import sluice.hdl.netlist.NameLevel;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;

/**
 * Uses of a wire become uses of what drives it, which takes the wire's name if that is stronger.
 * Wires with a reserved name stay, among them the output ports; so does a named wire that is tied
 * to a constant, and so are children's outputs called after the child in any case.
 */
public final class AliasRemoval implements ModulePass {

  @Override
  public void rewrite(Netlist netlist) {
    for (Node node : netlist.nodes()) {
      Node source = source(node);
      if (source != node) {
        if (takesName(source)) {
          source.takeNameOf(node);
        }
        // Simulation still finds the wire by its name, but it is not declared any more.
        if (node.isNamed()) {
          node.rename(node.name(), NameLevel.MERGEABLE);
        }
      }
    }
    netlist.redirect(AliasRemoval::source);
  }

  private static boolean takesName(Node source) {
    return !(source instanceof Node.InstanceOutput || source instanceof Node.Constant);
  }

  private static Node source(Node node) {
    Node result = node;
    while (result instanceof Node.Wire wire
        && wire.nameLevel() != NameLevel.RESERVED
        && wire.driver() != null
        && !(wire.isNamed() && wire.driver() instanceof Node.Constant)) {
      result = wire.driver();
    }
    return result;
  }
}
