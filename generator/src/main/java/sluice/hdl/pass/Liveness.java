package sluice.hdl.pass;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Predicate;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;

/**
 * What of a module reaches an output, or an instance that has an effect beside its outputs. A
 * synchronous memory and an instance live as a whole, with all their ports.
 */
final class Liveness {
  private final BitSet nodes = new BitSet();
  private final Set<MemoryBlock> memories = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Instance> instances = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Node> pending = new ArrayDeque<>();

  Liveness(Netlist netlist, Predicate<Instance> hasEffect) {
    for (Port port : netlist.ports()) {
      // Inputs are part of the module's contract, whether they are looked at or not.
      use(port.node());
    }
    for (Clock clock : netlist.clocks()) {
      if (clock.reset() != null) {
        use(clock.reset());
      }
    }
    netlist.instances().stream().filter(hasEffect).forEach(this::use);
    while (!pending.isEmpty()) {
      follow(pending.pop());
    }
  }

  private void follow(Node node) {
    node.operands().forEach(this::use);
    if (node instanceof Node.Register register) {
      use(register.next());
    } else if (node instanceof Node.MemoryRead read) {
      use(read.address());
      if (read.enable() != null) {
        use(read.enable());
      }
      use(read.memory());
    } else if (node instanceof Node.InstanceOutput output) {
      use(output.instance());
    }
  }

  private void use(Node node) {
    if (!nodes.get(node.id())) {
      nodes.set(node.id());
      pending.push(node);
    }
  }

  private void use(MemoryBlock memory) {
    if (memories.add(memory)) {
      for (MemoryBlock.Write write : memory.writes()) {
        use(write.enable());
        use(write.address());
        use(write.data());
      }
      if (memory.synchronous()) {
        memory.reads().forEach(this::use);
      }
    }
  }

  private void use(Instance instance) {
    if (instances.add(instance)) {
      instance.inputs().values().forEach(input -> use(input.driver()));
      instance.outputs().values().forEach(this::use);
    }
  }

  boolean isLive(Node node) {
    return nodes.get(node.id());
  }

  boolean isLive(MemoryBlock memory) {
    return memories.contains(memory);
  }

  boolean isLive(Instance instance) {
    return instances.contains(instance);
  }
}
