package sluice.hdl.pass;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Netlist;

/**
 * Equal modules become one with several instances: the first of them stands for all. Modules are
 * equal if everything in them is, but for the Java lines: wished name, description, ports, the
 * names and kinds of all nodes and how they are connected, memories, and children, which are made
 * equal first.
 *
 * <p>The wished name counts, since the user gave it (a class's name and the parameters that
 * matter): modules that differ in it stay apart, and the one that stands for several has the name
 * that all of them wished for.
 */
public final class ModuleDeduplication implements Pass {

  /** What is compared first, since it costs nothing. */
  private record Outline(String name, int nodes, int idBound, int ports, int instances) {
    static Outline of(Netlist netlist) {
      return new Outline(
          netlist.name(),
          netlist.nodes().size(),
          netlist.idBound(),
          netlist.ports().size(),
          netlist.instances().size());
    }
  }

  @Override
  public Design apply(Design design) {
    Map<Outline, Integer> outlines = new HashMap<>();
    design.modules().forEach(netlist -> outlines.merge(Outline.of(netlist), 1, Integer::sum));
    if (outlines.size() == design.modules().size()) {
      return design;
    }
    Map<ModuleShape, Netlist> firsts = new HashMap<>();
    return design.map(
        (netlist, replacement) -> {
          Netlist changed = withChildren(netlist, replacement);
          boolean alone = outlines.get(Outline.of(netlist)) == 1;
          return alone
              ? changed
              : firsts.computeIfAbsent(new ModuleShape(changed), shape -> changed);
        });
  }

  private static Netlist withChildren(Netlist netlist, UnaryOperator<Netlist> replacement) {
    boolean same =
        netlist.instances().stream()
            .map(netlist::child)
            .allMatch(child -> replacement.apply(child) == child);
    return same ? netlist : netlist.with(n -> true, m -> true, i -> true, replacement);
  }
}
