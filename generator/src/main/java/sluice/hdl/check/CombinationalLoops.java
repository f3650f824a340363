package sluice.hdl.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;

/** Finds loops without a register, through children too. */
final class CombinationalLoops {
  private static final byte ON_PATH = 1;
  private static final byte DONE = 2;

  /** For each module and output port, the input ports it depends on within a cycle. */
  private final Map<Netlist, Map<Port, Set<Port>>> paths = new HashMap<>();

  List<Diagnostic> of(List<Netlist> modules) {
    List<Diagnostic> diagnostics = new ArrayList<>();
    for (Netlist netlist : modules) {
      findLoops(netlist, diagnostics);
      paths.put(netlist, combinationalPaths(netlist));
    }
    return diagnostics;
  }

  private List<Node> dependencies(Node node) {
    if (node instanceof Node.InstanceOutput output) {
      List<Node> result = new ArrayList<>();
      for (Port input : paths.get(output.instance().child()).get(output.port())) {
        result.add(output.instance().inputs().get(input));
      }
      return result;
    }
    return node.operands();
  }

  /** Finds loops that share no value: breaking one of two entangled loops may break both. */
  private void findLoops(Netlist netlist, List<Diagnostic> diagnostics) {
    BitSet reported = new BitSet();
    List<Node> nodes = netlist.nodes();
    byte[] states = new byte[nodes.size()];
    Deque<Step> path = new ArrayDeque<>();
    for (Node start : nodes) {
      if (states[start.id()] == DONE) {
        continue;
      }
      path.push(new Step(start, dependencies(start)));
      states[start.id()] = ON_PATH;
      while (!path.isEmpty()) {
        Step step = path.peek();
        if (step.next == step.dependencies.size()) {
          path.pop();
          states[step.node.id()] = DONE;
          continue;
        }
        Node next = step.dependencies.get(step.next++);
        if (states[next.id()] == ON_PATH) {
          Diagnostic loop = describe(netlist, next, path, reported);
          if (loop != null) {
            diagnostics.add(loop);
          }
        } else if (states[next.id()] != DONE) {
          path.push(new Step(next, dependencies(next)));
          states[next.id()] = ON_PATH;
        }
      }
    }
  }

  /** A node on the path that is followed, and how many of its dependencies have been. */
  private static final class Step {
    final Node node;
    final List<Node> dependencies;
    int next;

    Step(Node node, List<Node> dependencies) {
      this.node = node;
      this.dependencies = dependencies;
    }
  }

  /** The loop at the end of a path; null if a part of it is reported already. */
  private static Diagnostic describe(
      Netlist netlist, Node closing, Deque<Step> path, BitSet reported) {
    List<Node> loop = new ArrayList<>();
    boolean known = false;
    for (Step step : path) {
      loop.add(step.node);
      known |= reported.get(step.node.id());
      if (step.node == closing) {
        break;
      }
    }
    if (known) {
      return null;
    }
    StringBuilder text = new StringBuilder("a loop without a register in " + netlist.name() + ":");
    for (Node node : loop) {
      reported.set(node.id());
      text.append("\n      ").append(SignalName.of(netlist, node));
      text.append(" at ").append(node.site());
    }
    return new Diagnostic(
        Diagnostic.Kind.COMBINATIONAL_LOOP,
        text.toString(),
        closing.site(),
        null,
        "break the loop with a register");
  }

  /** Of a black box only what is declared of its outputs is known. */
  private static Map<Port, Set<Port>> declaredPaths(Netlist netlist) {
    Set<Port> inputs = new HashSet<>();
    for (Port port : netlist.ports()) {
      if (port.direction() == Port.Direction.INPUT) {
        inputs.add(port);
      }
    }
    Map<Port, Set<Port>> result = new HashMap<>();
    for (Port port : netlist.ports()) {
      if (port.direction() == Port.Direction.OUTPUT) {
        boolean registered = netlist.blackBox().registered().contains(port.node());
        result.put(port, registered ? Set.of() : inputs);
      }
    }
    return result;
  }

  private Map<Port, Set<Port>> combinationalPaths(Netlist netlist) {
    if (netlist.blackBox() != null) {
      return declaredPaths(netlist);
    }
    Map<Node, Port> inputs = new HashMap<>();
    for (Port port : netlist.ports()) {
      inputs.put(port.node(), port);
    }
    Map<Port, Set<Port>> result = new HashMap<>();
    for (Port port : netlist.ports()) {
      if (port.direction() == Port.Direction.OUTPUT) {
        Set<Port> reached = new HashSet<>();
        Set<Node> seen = new HashSet<>();
        Deque<Node> pending = new ArrayDeque<>(List.of(port.node()));
        while (!pending.isEmpty()) {
          Node node = pending.pop();
          if (!seen.add(node)) {
            continue;
          }
          if (node instanceof Node.Input) {
            reached.add(inputs.get(node));
          }
          pending.addAll(dependencies(node));
        }
        result.put(port, reached);
      }
    }
    return result;
  }
}
