package sluice.hdl.pass;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.ModuleWork;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Port;

/**
 * Leaves out what reaches no output of its module: values, registers, memories, and instances none
 * of whose outputs is used. A module that has no outputs, or an instance of such a module that
 * stays, is there for an effect of another kind: instances of it are kept.
 */
public final class DeadLogic implements Pass {

  @Override
  public Design apply(Design design) {
    Set<Netlist> effects = effects(design);
    List<Netlist> modules = design.modules();
    List<Liveness> found =
        ModuleWork.map(
            modules,
            netlist ->
                new Liveness(netlist, instance -> effects.contains(netlist.child(instance))));
    Iterator<Liveness> next = found.iterator();
    return design.map(
        (netlist, replacement) -> {
          Liveness live = next.next();
          return netlist.with(live::isLive, live::isLive, live::isLive, replacement);
        });
  }

  /** The modules that are there for something beside their outputs. */
  private static Set<Netlist> effects(Design design) {
    Set<Netlist> effects = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Netlist netlist : design.modules()) {
      boolean silent =
          netlist.ports().stream().noneMatch(p -> p.direction() == Port.Direction.OUTPUT);
      boolean inner =
          netlist.instances().stream().anyMatch(i -> effects.contains(netlist.child(i)));
      if (silent || inner) {
        effects.add(netlist);
      }
    }
    return effects;
  }
}
