package sluice.hdl.fuzz;

import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;

/**
 * A design before any pass, and what it is driven with.
 *
 * @param design is not changed: passes get a copy
 */
record Trial(Design design, Stimulus stimulus) {

  /** The same design with a change. */
  Trial with(Change change) {
    return new Trial(DesignCopy.of(design, change), stimulus);
  }

  Trial with(Stimulus other) {
    return new Trial(design, other);
  }

  /** How much there is to read: nodes, their bits and names, and cycles. */
  long size() {
    long size = stimulus.cycles().size();
    for (Netlist netlist : design.modules()) {
      size += 20 + 20L * (netlist.memories().size() + netlist.properties().size());
      for (Node node : netlist.nodes()) {
        size += (node instanceof Node.Constant ? 1 : 10) + node.width();
        size += node.name() == null ? 0 : 1;
      }
    }
    return size;
  }
}
