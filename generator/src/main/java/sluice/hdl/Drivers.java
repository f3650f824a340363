package sluice.hdl;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.Site;

/**
 * What the signals of a module under construction are assigned. A wrong assignment is noted and
 * left out (or replaces an earlier one), so that all of them are reported together at the end.
 */
final class Drivers {
  private final Netlist netlist;
  private final Deque<Scope> scopes = new ArrayDeque<>();
  private final List<Diagnostic> mistakes = new ArrayList<>();

  Drivers(Netlist netlist) {
    this.netlist = netlist;
    scopes.push(new Scope());
  }

  /** Notes a mistake that construction can go on after. */
  void note(Diagnostic mistake) {
    mistakes.add(mistake);
  }

  /** The mistakes noted so far. */
  List<Diagnostic> mistakes() {
    return mistakes;
  }

  /** The scope of the innermost conditions. */
  Scope scope() {
    return scopes.peek();
  }

  /** Runs a body under conditions of its own; the scope holds what it assigned. */
  Scope inScope(Scope scope, Runnable body) {
    scopes.push(scope);
    try {
      body.run();
      scope.settle();
    } finally {
      scopes.pop();
    }
    return scope;
  }

  /** That all conditions around hold, as one bit; null where there are none. */
  Node path(Site site) {
    Node path = null;
    for (Iterator<Scope> outermostFirst = scopes.descendingIterator(); outermostFirst.hasNext(); ) {
      for (Node term : outermostFirst.next().terms(netlist, site)) {
        path = path == null ? term : Build.operation(netlist, Operator.AND, 1, site, path, term);
      }
    }
    return path;
  }

  /** What a target is assigned so far, in this scope or around it. */
  Node current(Node target) {
    for (Scope scope : scopes) {
      Scope.Assignment assignment = scope.assignments().get(target);
      if (assignment != null) {
        return assignment.value();
      }
    }
    return target instanceof Node.Register
        ? target
        : new Node.Undriven(netlist, target.width(), target.site());
  }

  /**
   * Assigns a value under the conditions of the current scope.
   *
   * @param ownInput whether the target is an input port of the module itself
   */
  void assign(Node target, Node value, Site site, boolean ownInput) {
    if (ownInput || target instanceof Node.InstanceOutput) {
      note(
          new Diagnostic(
              Diagnostic.Kind.PORT_DIRECTION,
              ownInput ? "a module assigns its own input" : "an output of a child is assigned",
              site,
              target.site(),
              "inputs are assigned by the parent, outputs by the module itself"));
      return;
    }
    if (!(target instanceof Node.Wire || target instanceof Node.Register)) {
      note(
          new Diagnostic(
              Diagnostic.Kind.NOT_ASSIGNABLE,
              "a computed value is assigned",
              site,
              target.site(),
              "assign to wires, registers and ports"));
      return;
    }
    Scope.Assignment earlier = scope().assignments().get(target);
    if (earlier != null) {
      note(
          new Diagnostic(
              Diagnostic.Kind.DOUBLE_DRIVER,
              earlier.conditional()
                  ? "this assignment overrides the conditional one before it"
                  : "a signal is assigned twice",
              site,
              earlier.site(),
              "assign once, or the default first and the exceptions under when(...)"));
    }
    scope().assignments().put(target, new Scope.Assignment(value, site, false));
  }

  /** Gives registers and wires what they are assigned; a register without keeps its value. */
  void finish() {
    scope()
        .assignments()
        .forEach(
            (target, assignment) -> {
              if (target instanceof Node.Register register) {
                register.setNext(assignment.value());
              } else {
                ((Node.Wire) target).setDriver(assignment.value());
              }
            });
    for (Node node : netlist.nodes()) {
      if (node instanceof Node.Register register && register.next() == null) {
        register.setNext(register);
      }
    }
    // The netlist has it all now, and a large design has many modules.
    scopes.clear();
  }
}
