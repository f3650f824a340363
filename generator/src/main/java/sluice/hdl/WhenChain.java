package sluice.hdl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    return elseWhen(condition, body, Trace.here().site());
  }

  WhenChain elseWhen(Bool condition, Runnable body, Site site) {
    reopen();
    Node node = condition.nodeIn(module, site);
    Scope scope = module.drivers().inScope(new Scope(this, branches.size(), node), body);
    branches.add(new Branch(node, scope, site));
    module.drivers().scope().open(this);
    return this;
  }

  /** The branch for when no condition held. */
  public void otherwise(Runnable body) {
    reopen();
    last = module.drivers().inScope(new Scope(this, branches.size(), null), body);
    module.drivers().scope().open(this);
  }

  /** The condition of a branch. */
  Node condition(int branch) {
    return branches.get(branch).condition();
  }

  /** Lets a branch see what was assigned before the chain. */
  private void reopen() {
    Scope scope = module.drivers().scope();
    if (scope.isOpen(this)) {
      scope.open(null);
      return;
    }
    scope.settle();
    before.forEach(
        (target, assignment) -> {
          if (assignment == null) {
            scope.assignments().remove(target);
          } else {
            scope.assignments().put(target, assignment);
          }
        });
  }

  /** Makes the choices between the branches, for each target that any of them assigns. */
  void merge() {
    Map<Node, Scope.Assignment> outer = module.drivers().scope().assignments();
    Map<Node, List<Integer>> targets = new LinkedHashMap<>();
    for (int i = 0; i < branches.size(); i++) {
      for (Node target : branches.get(i).scope().assignments().keySet()) {
        targets.computeIfAbsent(target, t -> new ArrayList<>()).add(i);
      }
    }
    if (last != null) {
      last.assignments().keySet().forEach(t -> targets.computeIfAbsent(t, n -> new ArrayList<>()));
    }
    targets.forEach(
        (target, assigning) -> {
          if (!before.containsKey(target)) {
            before.put(target, outer.get(target));
          }
          outer.put(target, merged(target, assigning));
        });
  }

  private Scope.Assignment merged(Node target, List<Integer> assigning) {
    Node current = module.drivers().current(target);
    boolean always = last != null && last.assignments().containsKey(target);
    Node value = always ? last.assignments().get(target).value() : current;
    // Where no later branch assigns, a branch that does not assign changes nothing.
    int end = always ? branches.size() - 1 : assigning.get(assigning.size() - 1);
    for (int i = end; i >= 0; i--) {
      Branch branch = branches.get(i);
      Scope.Assignment assigned = branch.scope().assignments().get(target);
      Node then = assigned == null ? current : assigned.value();
      value = Build.mux(module.netlist(), branch.condition(), then, value, branch.site());
    }
    Site site =
        assigning.isEmpty()
            ? branches.get(branches.size() - 1).site()
            : branches.get(assigning.get(0)).scope().assignments().get(target).site();
    return new Scope.Assignment(value, site, true);
  }
}
