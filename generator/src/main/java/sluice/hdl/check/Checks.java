package sluice.hdl.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;

/** Finds what cannot be hardware in finished netlists. */
public final class Checks {
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  /**
   * Everything that is wrong with a design.
   *
   * @param modules its netlists, children first
   */
  public List<Diagnostic> of(List<Netlist> modules) {
    for (Netlist netlist : modules) {
      for (Node node : netlist.nodes()) {
        if (node instanceof Node.Wire wire) {
          checkDriven(netlist, wire);
        }
      }
      for (MemoryBlock memory : netlist.memories()) {
        if (!memory.reads().isEmpty() && memory.writes().isEmpty()) {
          diagnostics.add(
              new Diagnostic(
                  Diagnostic.Kind.MEMORY,
                  "memory " + memory.name() + " of " + netlist.name() + " is never written",
                  memory.site(),
                  null,
                  "write it, or use constants"));
        }
      }
    }
    if (diagnostics.isEmpty()) {
      diagnostics.addAll(new CombinationalLoops().of(modules));
    }
    return diagnostics;
  }

  private void checkDriven(Netlist netlist, Node.Wire wire) {
    if (wire.driver() == null) {
      diagnostics.add(
          new Diagnostic(
              Diagnostic.Kind.UNDRIVEN,
              SignalName.of(netlist, wire) + " of " + netlist.name() + " is never assigned",
              wire.site(),
              null,
              "assign it with set(...)"));
    } else if (reachesUndriven(wire.driver())) {
      diagnostics.add(
          new Diagnostic(
              Diagnostic.Kind.NOT_ON_EVERY_PATH,
              SignalName.of(netlist, wire)
                  + " of "
                  + netlist.name()
                  + " has no value where no condition holds",
              wire.site(),
              null,
              "assign a default before the when(...), or add otherwise(...)"));
    }
  }

  private static boolean reachesUndriven(Node driver) {
    Deque<Node> pending = new ArrayDeque<>(List.of(driver));
    Set<Node> seen = new HashSet<>();
    while (!pending.isEmpty()) {
      Node node = pending.pop();
      if (node instanceof Node.Undriven) {
        return true;
      }
      if (node instanceof Node.Operation operation
          && operation.operator() == Operator.MUX
          && seen.add(node)) {
        pending.push(operation.operands().get(1));
        pending.push(operation.operands().get(2));
      }
    }
    return false;
  }
}
