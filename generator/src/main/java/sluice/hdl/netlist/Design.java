package sluice.hdl.netlist;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * A finished circuit.
 *
 * @param modules every netlist once, children before their parents; the last is the top
 */
public record Design(List<Netlist> modules) {

  /** Keeps a copy of the list. */
  public Design {
    modules = List.copyOf(modules);
  }

  /**
   * The design with other netlists in place of its own.
   *
   * @param change what takes the place of a netlist; is asked for children before their parents,
   *     and is told what took the place of a child
   */
  public Design map(BiFunction<Netlist, UnaryOperator<Netlist>, Netlist> change) {
    Map<Netlist, Netlist> changed = new IdentityHashMap<>();
    for (Netlist netlist : modules) {
      changed.put(netlist, change.apply(netlist, changed::get));
    }
    return of(changed.get(top()));
  }

  /** A module on the way down, and its children that are still to be visited. */
  private record Visit(Netlist netlist, Iterator<Instance> rest) {}

  /** The design below a top module, with the children that its netlists have now. */
  public static Design of(Netlist top) {
    List<Netlist> modules = new ArrayList<>();
    Map<Netlist, Boolean> entered = new IdentityHashMap<>(Map.of(top, true));
    Deque<Visit> path = new ArrayDeque<>(List.of(new Visit(top, top.instances().iterator())));
    while (!path.isEmpty()) {
      Visit visit = path.peek();
      if (visit.rest().hasNext()) {
        Netlist child = visit.netlist().child(visit.rest().next());
        if (entered.put(child, true) == null) {
          path.push(new Visit(child, child.instances().iterator()));
        }
      } else {
        path.pop();
        modules.add(visit.netlist());
      }
    }
    return new Design(modules);
  }

  /** The module that contains all others. */
  public Netlist top() {
    return modules.get(modules.size() - 1);
  }
}
