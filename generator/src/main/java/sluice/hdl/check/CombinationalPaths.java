package sluice.hdl.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.StreamPorts;

/** What depends on what within a cycle, in modules that are added children first. */
final class CombinationalPaths {
  /** For each module and output port, the input ports it depends on within a cycle. */
  private final Map<Netlist, Map<Port, Set<Port>>> paths = new HashMap<>();

  /** The values that a value depends on within a cycle, through a child too. */
  List<Node> dependencies(Node node) {
    if (node instanceof Node.InstanceOutput output) {
      List<Node> result = new ArrayList<>();
      for (Port input : paths.get(output.instance().child()).get(output.port())) {
        result.add(output.instance().inputs().get(input));
      }
      return result;
    }
    return node.operands();
  }

  /** Adds a module; its children are added before. */
  void add(Netlist netlist) {
    if (netlist.blackBox() != null) {
      paths.put(netlist, declaredPaths(netlist));
      return;
    }
    Map<Node, Port> inputs = new HashMap<>();
    for (Port port : netlist.ports()) {
      inputs.put(port.node(), port);
    }
    Map<Port, Set<Port>> result = new HashMap<>();
    for (Port port : netlist.ports()) {
      if (port.direction() == Port.Direction.OUTPUT) {
        Set<Port> reached = new LinkedHashSet<>();
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
    paths.put(netlist, result);
  }

  /**
   * Of a black box only what is declared of its outputs is known; that the valid of a stream does
   * not depend on its ready is part of the contract of streams.
   */
  private static Map<Port, Set<Port>> declaredPaths(Netlist netlist) {
    Set<Port> inputs = new LinkedHashSet<>();
    Map<Port, Set<Port>> result = new HashMap<>();
    for (Port port : netlist.ports()) {
      if (port.direction() == Port.Direction.INPUT) {
        inputs.add(port);
      }
    }
    for (Port port : netlist.ports()) {
      if (port.direction() == Port.Direction.OUTPUT) {
        boolean registered = netlist.blackBox().registered().contains(port.node());
        result.put(port, registered ? Set.of() : inputs);
      }
    }
    for (StreamPorts stream : netlist.streams()) {
      Set<Port> withoutReady = new LinkedHashSet<>(result.getOrDefault(stream.valid(), Set.of()));
      if (withoutReady.remove(stream.ready())) {
        result.put(stream.valid(), withoutReady);
      }
    }
    return result;
  }
}
