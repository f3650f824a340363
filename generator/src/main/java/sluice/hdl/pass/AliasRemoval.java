package sluice.hdl.pass;

import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;

/** Uses of a wire without a name become uses of what drives it. */
public final class AliasRemoval implements ModulePass {

  @Override
  public void rewrite(Netlist netlist) {
    netlist.redirect(AliasRemoval::source);
  }

  private static Node source(Node node) {
    Node result = node;
    while (result instanceof Node.Wire wire && wire.name() == null && wire.driver() != null) {
      result = wire.driver();
    }
    return result;
  }
}
