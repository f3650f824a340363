package sluice.hdl.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;

/** Finds reset values, here or in children, in clock domains that have no reset. */
final class MissingResets {

  /** For each module, its clocks whose resets it needs. */
  private final Map<Netlist, Set<Clock>> needed = new HashMap<>();

  List<Diagnostic> of(List<Netlist> modules) {
    List<Diagnostic> diagnostics = new ArrayList<>();
    for (Netlist netlist : modules) {
      Set<Clock> clocks = new HashSet<>();
      Clock last = null;
      for (Node node : netlist.nodes()) {
        if (node instanceof Node.Register register && register.resetValue() != null) {
          if (register.clock() != last) {
            last = register.clock();
            clocks.add(last.resetOwner());
          }
          if (!register.clock().hasReset()) {
            diagnostics.add(
                new Diagnostic(
                    Diagnostic.Kind.CLOCK_DOMAIN,
                    "register "
                        + SignalName.of(netlist, node)
                        + " of "
                        + netlist.name()
                        + " has a reset value, but its clock domain has no reset",
                    node.site(),
                    register.clock().site(),
                    "leave the value out, or declare the domain with a reset"));
          }
        }
      }
      if (netlist.blackBox() != null && netlist.blackBox().reset() != null) {
        clocks.add(netlist.clock());
      }
      for (Instance instance : netlist.instances()) {
        for (Clock ofChild : needed.get(instance.child())) {
          Clock clock = instance.clocks().get(ofChild);
          if (clock == null) {
            continue;
          }
          clocks.add(clock.resetOwner());
          if (!clock.hasReset() && ofChild.hasReset()) {
            diagnostics.add(
                new Diagnostic(
                    Diagnostic.Kind.CLOCK_DOMAIN,
                    "child "
                        + instance.name()
                        + " of "
                        + netlist.name()
                        + " needs a reset, but its clock domain has none",
                    instance.site(),
                    clock.site(),
                    "place it in a domain with a reset"));
          }
        }
      }
      needed.put(netlist, clocks);
    }
    return diagnostics;
  }
}
