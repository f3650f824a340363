package sluice.hdl.netlist;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What of a module is there for something: it reaches an output, or what has an effect beside its
 * outputs. A synchronous memory and an instance live as a whole, with all their ports.
 */
public final class Liveness {
  private final BitSet nodes = new BitSet();
  private final Set<MemoryBlock> memories = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Instance> instances = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Node> pending = new ArrayDeque<>();

  private final Netlist netlist;
  private final Effects effects;

  private Liveness(Netlist netlist, Effects effects, Predicate<Instance> hasEffect) {
    this.netlist = netlist;
    this.effects = effects;
    for (Port port : netlist.ports()) {
      // Inputs are part of the module's contract, whether they are looked at or not.
      use(port.node());
    }
    netlist.instances().stream().filter(hasEffect).forEach(this::use);
    drain();
  }

  /** What reaches an output, a property, or an instance with any effect. */
  public static Liveness of(Netlist netlist, Effects effects) {
    Liveness live = new Liveness(netlist, effects, i -> effects.hasAny(netlist.child(i)));
    for (Property property : netlist.properties()) {
      property.operands().forEach(live::use);
      live.useReset(property.clock());
    }
    live.drain();
    return live;
  }

  /** What is hardware: it reaches an output, or an instance that does something in hardware. */
  public static Liveness ofHardware(Netlist netlist, Effects effects) {
    Liveness live =
        new Liveness(netlist, effects, instance -> effects.areHardware(netlist.child(instance)));
    // Resets are made in hardware, whatever they are for.
    netlist.properties().forEach(property -> live.useReset(property.clock()));
    netlist.nodes().forEach(live::useReset);
    netlist.instances().forEach(live::useResets);
    live.drain();
    return live;
  }

  private void drain() {
    while (!pending.isEmpty()) {
      follow(pending.pop());
    }
  }

  private void follow(Node node) {
    node.operands().forEach(this::use);
    if (node instanceof Node.Register register) {
      use(register.next());
      useReset(register);
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

  /** The signal that is the reset of a clock, if it is one. */
  private void useReset(Clock clock) {
    if (clock.resetOwner().reset() != null) {
      use(clock.resetOwner().reset());
    }
  }

  private void useReset(Node node) {
    if (node instanceof Node.Register register && register.resetValue() != null) {
      useReset(register.clock());
    }
  }

  private void useResets(Instance instance) {
    effects.resetClocks(netlist, instance).forEach(this::useReset);
  }

  private void use(MemoryBlock memory) {
    if (memories.add(memory)) {
      memory.writeOperands().forEach(this::use);
      if (memory.synchronous()) {
        memory.allReads().forEach(this::use);
      }
    }
  }

  private void use(Instance instance) {
    if (instances.add(instance)) {
      instance.inputs().values().forEach(input -> use(input.driver()));
      instance.outputs().values().forEach(this::use);
      useResets(instance);
    }
  }

  /** Whether a value is used. */
  public boolean isLive(Node node) {
    return nodes.get(node.id());
  }

  /** Whether a memory is read. */
  public boolean isLive(MemoryBlock memory) {
    return memories.contains(memory);
  }

  /** Whether an instance is used, or has an effect. */
  public boolean isLive(Instance instance) {
    return instances.contains(instance);
  }
}
