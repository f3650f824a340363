package sluice.hdl.fuzz;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.Property;

/**
 * What of a design with a change reaches an output of its top, through all modules: unlike the
 * passes it leaves out ports of children, too.
 */
final class Reached {
  private final Change change;
  private final Set<Object> reached = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Node> pending = new ArrayDeque<>();

  /** The wire in the parent that drives an input of a child. */
  private final Map<Node, Node> inputs = new IdentityHashMap<>();

  /** The parent's clock for each clock of a child that is a port. */
  private final Map<Clock, Clock> clocks = new IdentityHashMap<>();

  Reached(Design design, Change change) {
    this.change = change;
    for (Netlist netlist : design.modules()) {
      for (Instance instance : netlist.instances()) {
        clocks.putAll(instance.clocks());
        instance.inputs().forEach((port, wire) -> inputs.put(port.node(), wire));
      }
    }
    for (Port port : design.top().ports()) {
      if (port.direction() == Port.Direction.OUTPUT && !change.isDropped(port)) {
        add(port.node());
      }
    }
    if (change.keepsProperties()) {
      for (Netlist netlist : design.modules()) {
        for (Property property : netlist.properties()) {
          property.operands().forEach(this::add);
          add(property.clock());
        }
      }
    }
    while (!pending.isEmpty()) {
      follow(pending.pop());
    }
  }

  boolean contains(Node node) {
    return reached.contains(node);
  }

  boolean contains(MemoryBlock memory) {
    return reached.contains(memory);
  }

  boolean contains(Clock clock) {
    return reached.contains(clock);
  }

  /** Whether an instance has an output that is used. */
  boolean contains(Instance instance) {
    return instance.outputs().values().stream().anyMatch(reached::contains)
        || (change.keepsProperties() && hasProperties(instance));
  }

  private static boolean hasProperties(Instance instance) {
    Deque<Netlist> modules = new ArrayDeque<>(List.of(instance.child()));
    while (!modules.isEmpty()) {
      Netlist netlist = modules.pop();
      if (!netlist.properties().isEmpty()) {
        return true;
      }
      netlist.instances().forEach(inner -> modules.push(inner.child()));
    }
    return false;
  }

  private void add(Node node) {
    if (reached.add(node)) {
      pending.push(node);
    }
  }

  private void add(Clock clock) {
    if (reached.add(clock)) {
      if (clock.reset() != null) {
        add(clock.reset());
      }
      if (clock.base() != null) {
        add(clock.base());
      }
      if (clocks.containsKey(clock)) {
        add(clocks.get(clock));
      }
    }
  }

  private void follow(Node node) {
    Change.Replacement replacement = change.of(node);
    if (replacement != null) {
      if (replacement.operand() >= 0) {
        add(DesignCopy.operand(node, replacement));
      }
      return;
    }
    node.operands().forEach(this::add);
    if (node instanceof Node.Register register) {
      add(register.next());
      add(register.clock());
    } else if (node instanceof Node.MemoryRead read) {
      add(read.address());
      add(read.clock());
      if (read.enable() != null) {
        add(read.enable());
      }
      add(read.memory());
    } else if (node instanceof Node.InstanceOutput output) {
      add(output.port().node());
    } else if (inputs.containsKey(node)) {
      add(inputs.get(node));
    }
  }

  private void add(MemoryBlock memory) {
    if (reached.add(memory)) {
      memory.writeOperands().forEach(this::add);
      memory.writes().forEach(write -> add(write.clock()));
      memory.readWrites().forEach(port -> add(port.read()));
    }
  }
}
