package sluice.hdl.sim;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;

/** A design on its engine: signals and memories by name, looked at and set as bits. */
final class Circuit {
  private final Hierarchy hierarchy;
  private final SimulationEngine engine;
  private final Set<Node> inputs = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Who has to know of inputs that are set; null if nobody. */
  private Forks forks;

  Circuit(Design design, Hierarchy hierarchy, SimulationEngine engine) {
    this.hierarchy = hierarchy;
    this.engine = engine;
    for (Port port : design.top().ports()) {
      if (port.direction() == Port.Direction.INPUT) {
        inputs.add(port.node());
      }
    }
  }

  Hierarchy hierarchy() {
    return hierarchy;
  }

  SimulationEngine engine() {
    return engine;
  }

  /** Tells forks of inputs that are set from now on. */
  void tell(Forks some) {
    forks = some;
  }

  /** The names of the signals that can be looked at. */
  Set<String> names() {
    return hierarchy.signalNames().entrySet().stream()
        .filter(entry -> engine.observes(entry.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * The signal of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  Node named(String name) {
    Node node = hierarchy.signalNames().get(name);
    if (node == null) {
      throw new IllegalArgumentException("no signal " + name + SignalNames.near(name, names()));
    }
    return node;
  }

  /** A name of a signal, for messages. */
  String name(Node node) {
    return hierarchy.signalNames().entrySet().stream()
        .filter(entry -> entry.getValue() == node)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("a value of " + node.site());
  }

  /**
   * Sets an input.
   *
   * @param bits an unsigned number of its width
   */
  void poke(Node node, BigInteger bits) {
    if (!inputs.contains(node)) {
      throw new IllegalArgumentException(name(node) + " is no input of the top module");
    }
    if (forks != null) {
      forks.poked(node);
    }
    engine.poke(node, bits);
  }

  /** The settled bits of a signal of at most 64 bits. */
  long word(Node node) {
    if (node.width() > 64) {
      throw new IllegalArgumentException(node.width() + " bits: use peekBig");
    }
    requireObserved(node);
    return engine.peek(node);
  }

  /** The settled bits of a signal, as an unsigned number. */
  BigInteger bits(Node node) {
    requireObserved(node);
    return engine.peekBig(node);
  }

  SignalWords words(Node... signals) {
    for (Node signal : signals) {
      requireObserved(signal);
    }
    List<Node> all = Arrays.asList(signals);
    return engine.words(all, inputs.containsAll(all));
  }

  private void requireObserved(Node node) {
    if (engine.observes(node)) {
      return;
    }
    if (!hierarchy.contains(node)) {
      throw new IllegalArgumentException("a signal of " + node.site() + " is not in this circuit");
    }
    throw new NotObservableException(name(node) + " is not seen by this engine");
  }

  Set<String> memoryNames() {
    return Collections.unmodifiableSet(hierarchy.memoryNames().keySet());
  }

  /**
   * The memory of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  SimulatedMemory memory(String name) {
    MemoryBlock block = hierarchy.memoryNames().get(name);
    if (block == null) {
      throw new IllegalArgumentException("no memory " + name + "; there is " + memoryNames());
    }
    return engine.memory(block);
  }
}
