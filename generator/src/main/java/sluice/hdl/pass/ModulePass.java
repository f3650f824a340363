package sluice.hdl.pass;

import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.ModuleWork;
import sluice.hdl.netlist.Netlist;

/**
 * A pass that goes through the modules one by one and redirects uses of values to others that are
 * equal. It adds values but takes none away, so that signals which the user holds keep their
 * meaning.
 */
@FunctionalInterface
public interface ModulePass extends Pass {

  /** Changes a netlist, of no black box; others are changed at the same time. */
  void rewrite(Netlist netlist);

  @Override
  default Design apply(Design design) {
    ModuleWork.forEach(
        design.modules().stream().filter(netlist -> netlist.blackBox() == null).toList(),
        this::rewrite);
    return design;
  }
}
