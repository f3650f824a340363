package sluice.hdl.pass;

import java.util.Iterator;
import java.util.List;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Effects;
import sluice.hdl.netlist.Liveness;
import sluice.hdl.netlist.ModuleWork;

/**
 * Leaves out what reaches no output and no property of its module: values, registers, memories, and
 * instances none of whose outputs is used. Instances of modules that have an effect of another kind
 * are kept: of black boxes, of modules without outputs, and of those with properties, or with one
 * of these below them.
 */
public final class DeadLogic implements Pass {

  @Override
  public Design apply(Design design) {
    Effects effects = new Effects(design);
    List<Liveness> found =
        ModuleWork.map(design.modules(), netlist -> Liveness.of(netlist, effects));
    Iterator<Liveness> next = found.iterator();
    return design.map(
        (netlist, replacement) -> {
          Liveness live = next.next();
          return netlist.with(live::isLive, live::isLive, live::isLive, replacement);
        });
  }
}
