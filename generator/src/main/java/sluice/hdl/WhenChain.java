package sluice.hdl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Site;

/** The branches of a {@link Module#when}: the first whose condition holds is taken. */
public final class WhenChain {

  private record Branch(Node condition, Scope scope, Site site) {}

  private final Module module;
  private final List<Branch> branches = new ArrayList<>();

  /** What the targets were assigned before this chain; null for nothing. */
  private final Map<Node, Scope.Assignment> before = new HashMap<>();

  private Scope last;

  WhenChain(Module module) {
    this.module = module;
  }

  /** The branch for when no condition before held, but this one does. */
  public WhenChain elseWhen(Bool condition, Runnable body) {
    Site site = Trace.here().site();
    restore();
    branches.add(new Branch(condition.nodeIn(module, site), module.inScope(body), site));
    merge();
    return this;
  }

  /** The branch for when no condition held. */
  public void otherwise(Runnable body) {
    restore();
    last = module.inScope(body);
    merge();
  }

  /**
   * Takes the merged assignments back, so that a branch sees what was assigned before the chain.
   */
  private void restore() {
    Map<Node, Scope.Assignment> outer = module.scope().assignments;
    before.forEach(
        (target, assignment) -> {
          if (assignment == null) {
            outer.remove(target);
          } else {
            outer.put(target, assignment);
          }
        });
  }

  private void merge() {
    Map<Node, Scope.Assignment> outer = module.scope().assignments;
    Set<Node> targets = new LinkedHashSet<>();
    for (Branch branch : branches) {
      targets.addAll(branch.scope().assignments.keySet());
    }
    if (last != null) {
      targets.addAll(last.assignments.keySet());
    }
    for (Node target : targets) {
      if (!before.containsKey(target)) {
        before.put(target, outer.get(target));
      }
    }
    for (Node target : targets) {
      Node value = module.current(target);
      if (last != null && last.assignments.containsKey(target)) {
        value = last.assignments.get(target).value();
      }
      Site site = branches.get(branches.size() - 1).site();
      for (int i = branches.size() - 1; i >= 0; i--) {
        Branch branch = branches.get(i);
        Scope.Assignment assigned = branch.scope().assignments.get(target);
        Node then = assigned == null ? module.current(target) : assigned.value();
        site = assigned == null ? site : assigned.site();
        value = Build.mux(module.netlist(), branch.condition(), then, value, branch.site());
      }
      outer.put(target, new Scope.Assignment(value, site, true));
    }
  }
}
