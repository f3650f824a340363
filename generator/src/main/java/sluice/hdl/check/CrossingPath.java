package sluice.hdl.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.Site;

/**
 * The text of the way that data takes: where it comes from, every named signal, where it is taken;
 * a line each, with the user's lines. What begins or ends in a child is followed into it.
 */
final class CrossingPath {
  private final Netlist netlist;
  private final List<String> lines = new ArrayList<>();

  CrossingPath(Netlist netlist) {
    this.netlist = netlist;
  }

  private void line(String name, String domain, Site site) {
    String of = domain == null ? "" : " (" + domain + ")";
    lines.add("\n      " + name + of + " at " + site);
  }

  /** Where the data comes from. */
  void source(Node node, String domain) {
    List<String> outer = new ArrayList<>();
    String path = "";
    Netlist module = netlist;
    Node current = node;
    while (current instanceof Node.InstanceOutput output) {
      String child = path + output.instance().name();
      outer.add(child + "." + output.port().name() + " at " + output.site());
      path = child + "/";
      module = output.instance().child();
      current = nearest(output.port().node());
    }
    if (current != null) {
      String name = path.isEmpty() ? "" : path.substring(0, path.length() - 1) + ".";
      line(name + SignalName.of(module, current), domain, current.site());
    }
    for (int i = outer.size() - 1; i >= 0; i--) {
      boolean first = lines.isEmpty();
      String text = outer.get(i);
      lines.add("\n      " + (first ? text.replaceFirst(" at ", " (" + domain + ") at ") : text));
    }
  }

  /** The nearest register, memory or child in front of a value; null if only inputs are. */
  private static Node nearest(Node value) {
    Set<Node> seen = new HashSet<>();
    Deque<Node> pending = new ArrayDeque<>(List.of(value));
    while (!pending.isEmpty()) {
      Node node = pending.remove();
      if (node instanceof Node.Register
          || node instanceof Node.MemoryRead
          || node instanceof Node.InstanceOutput) {
        return node;
      }
      for (Node operand : node.operands()) {
        if (seen.add(operand)) {
          pending.add(operand);
        }
      }
    }
    return null;
  }

  /** A value on the way; only named ones are shown. */
  void step(Node node) {
    if (node.name() != null) {
      line(node.name(), null, node.site());
    }
  }

  /** Where the data is taken: a node, or something else with a name. */
  void target(Node node, String name, Site site, String domain) {
    if (node == null) {
      line(name, domain, site);
      return;
    }
    String path = "";
    Netlist module = netlist;
    Node current = node;
    Map<Node, String> places = new LinkedHashMap<>();
    while (current instanceof Node.Wire wire && inputOf(module, wire) != null) {
      Map.Entry<Instance, Port> input = inputOf(module, wire);
      String child = path + input.getKey().name();
      places.put(current, child + "." + input.getValue().name());
      path = child + "/";
      module = input.getKey().child();
      current = taker(module, input.getValue().node());
    }
    if (current != null) {
      String prefix = path.isEmpty() ? "" : path.substring(0, path.length() - 1) + ".";
      places.put(current, prefix + SignalName.of(module, current));
    }
    int left = places.size();
    for (Map.Entry<Node, String> place : places.entrySet()) {
      line(place.getValue(), --left == 0 ? domain : null, place.getKey().site());
    }
  }

  private static Map.Entry<Instance, Port> inputOf(Netlist module, Node.Wire wire) {
    for (Instance instance : module.instances()) {
      for (Map.Entry<Port, Node.Wire> input : instance.inputs().entrySet()) {
        if (input.getValue() == wire) {
          return Map.entry(instance, input.getKey());
        }
      }
    }
    return null;
  }

  /** The first register, memory or child that takes a value; null if none does. */
  private static Node taker(Netlist module, Node value) {
    Map<Node, List<Node>> users = new HashMap<>();
    for (Node node : module.nodes()) {
      List<Node> taken = new ArrayList<>(node.operands());
      if (node instanceof Node.Register register) {
        taken.add(register.next());
      } else if (node instanceof Node.MemoryRead read) {
        taken.add(read.address());
        if (read.enable() != null) {
          taken.add(read.enable());
        }
      }
      taken.forEach(operand -> users.computeIfAbsent(operand, o -> new ArrayList<>()).add(node));
    }
    for (MemoryBlock memory : module.memories()) {
      for (Node taken : memory.writeOperands()) {
        users.computeIfAbsent(taken, o -> new ArrayList<>()).addAll(memory.allReads());
      }
    }
    Set<Node> seen = new HashSet<>();
    Deque<Node> pending = new ArrayDeque<>(List.of(value));
    while (!pending.isEmpty()) {
      Node node = pending.remove();
      if (node != value
          && (node instanceof Node.Register
              || node instanceof Node.MemoryRead
              || (node instanceof Node.Wire wire && inputOf(module, wire) != null))) {
        return node;
      }
      for (Node user : users.getOrDefault(node, List.of())) {
        if (seen.add(user)) {
          pending.add(user);
        }
      }
    }
    return null;
  }

  /** The lines, each on a new one. */
  String text() {
    return String.join("", lines);
  }
}
