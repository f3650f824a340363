package sluice.hdl.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;

/**
 * A design without its borders: every node and memory with its hierarchical name, and where a value
 * that is only passed on comes from.
 */
final class Hierarchy {
  private final List<Node> nodes = new ArrayList<>();
  private final List<MemoryBlock> memories = new ArrayList<>();
  private final List<Instance> boxes = new ArrayList<>();
  private final List<PropertyChecks.Placed> properties = new ArrayList<>();
  private final Map<String, Node> signalNames = new LinkedHashMap<>();
  private final Map<String, MemoryBlock> memoryNames = new LinkedHashMap<>();
  private final Map<Node, Node> childInputs = new IdentityHashMap<>();
  private final Map<Clock, Clock> childClocks = new IdentityHashMap<>();
  private final Map<Node, Port> ports = new IdentityHashMap<>();
  private final Map<Netlist, Boolean> seen = new IdentityHashMap<>();

  private final String topName;

  Hierarchy(Design design) {
    topName = design.top().name();
    add(design.top());
  }

  /** A module and where it is. */
  private record Place(Netlist netlist, String path) {}

  private void add(Netlist top) {
    Deque<Place> pending = new ArrayDeque<>(List.of(new Place(top, "")));
    while (!pending.isEmpty()) {
      Place place = pending.pop();
      List<Place> children = add(place.netlist(), place.path());
      for (int i = children.size() - 1; i >= 0; i--) {
        pending.push(children.get(i));
      }
    }
  }

  /** Adds a module; gives its children. */
  private List<Place> add(Netlist netlist, String path) {
    if (seen.put(netlist, true) != null) {
      throw new IllegalArgumentException(netlist.name() + " has more than one instance");
    }
    String prefix = path.isEmpty() ? "" : path + ".";
    for (Port port : netlist.ports()) {
      signalNames.putIfAbsent(prefix + port.name(), port.node());
      ports.put(port.node(), port);
    }
    for (Node node : netlist.nodes()) {
      nodes.add(node);
      if (node.name() != null) {
        signalNames.putIfAbsent(prefix + node.name(), node);
      }
    }
    for (MemoryBlock memory : netlist.memories()) {
      memories.add(memory);
      memoryNames.putIfAbsent(prefix + (memory.name() == null ? "memory" : memory.name()), memory);
    }
    netlist.properties().forEach(p -> properties.add(new PropertyChecks.Placed(path, p)));
    Map<String, Integer> taken = new HashMap<>();
    List<Place> children = new ArrayList<>();
    for (Instance instance : netlist.instances()) {
      if (instance.child().blackBox() != null) {
        boxes.add(instance);
      }
      instance.inputs().forEach((port, wire) -> childInputs.put(port.node(), wire));
      childClocks.putAll(instance.clocks());
      int number = taken.merge(instance.name(), 1, Integer::sum) - 1;
      String name = instance.name() + (number == 0 ? "" : "_" + number);
      children.add(new Place(instance.child(), path.isEmpty() ? name : path + "/" + name));
    }
    return children;
  }

  /** Whether a node is part of the design. */
  boolean contains(Node node) {
    return nodes.stream().anyMatch(other -> other == node);
  }

  String topName() {
    return topName;
  }

  /** All nodes, parents before their children. */
  List<Node> nodes() {
    return nodes;
  }

  List<MemoryBlock> memories() {
    return memories;
  }

  List<PropertyChecks.Placed> properties() {
    return properties;
  }

  /** The children that are black boxes. */
  List<Instance> boxes() {
    return boxes;
  }

  /** Named signals, like {@code child/grandchild.signal}. */
  Map<String, Node> signalNames() {
    return signalNames;
  }

  Map<String, MemoryBlock> memoryNames() {
    return memoryNames;
  }

  /** Whether a node is an output of a black box: elsewhere, every wire has a driver. */
  static boolean isBoxOutput(Node node) {
    return node instanceof Node.Wire wire && wire.driver() == null;
  }

  /** The clock of the top module that a clock is. */
  Clock root(Clock clock) {
    Clock current = clock.root();
    while (childClocks.containsKey(current)) {
      current = childClocks.get(current).root();
    }
    return current;
  }

  /** Where a clock's reset comes from: a clock of the top module, or one with a signal for it. */
  Clock resetOwner(Clock clock) {
    Clock current = clock.resetOwner();
    while (current.reset() == null && childClocks.containsKey(current)) {
      current = childClocks.get(current).resetOwner();
    }
    return current;
  }

  /** The clock that a port belongs to; null for an asynchronous one, and for what is no port. */
  Clock portClock(Node node) {
    Port port = ports.get(node);
    return port == null ? null : port.clock();
  }

  /** The node that makes the value of a node: follows wires and ports. */
  Node origin(Node node) {
    Node current = node;
    while (true) {
      if (isBoxOutput(current)) {
        return current;
      } else if (current instanceof Node.Wire wire) {
        current = wire.driver();
      } else if (current instanceof Node.InstanceOutput output) {
        current = output.port().node();
      } else if (childInputs.containsKey(current)) {
        current = childInputs.get(current);
      } else {
        return current;
      }
    }
  }
}
