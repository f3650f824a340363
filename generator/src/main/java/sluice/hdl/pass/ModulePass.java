package sluice.hdl.pass;

import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Netlist;

/**
 * A pass that goes through the modules one by one and redirects uses of values to others that are
 * equal. It adds values but takes none away, so that signals which the user holds keep their
 * meaning.
 */
@FunctionalInterface
public interface ModulePass extends Pass {

  /** Changes a netlist. */
  void rewrite(Netlist netlist);

  @Override
  default Design apply(Design design) {
    design.modules().forEach(this::rewrite);
    return design;
  }
}
