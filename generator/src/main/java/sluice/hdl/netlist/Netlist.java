package sluice.hdl.netlist;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The contents of one module. A pass that leaves things out, or lets one module stand for several,
 * makes another netlist of the same nodes, memories and instances; what was built stays as it is.
 */
public final class Netlist {
  private final String name;
  private final Site site;
  private String description = "";
  private final List<Node> nodes = new ArrayList<>();
  private final List<Port> ports = new ArrayList<>();
  private final List<Instance> instances = new ArrayList<>();
  private final List<MemoryBlock> memories = new ArrayList<>();
  private final List<Property> properties = new ArrayList<>();
  private BlackBox blackBox;
  private final List<StreamPorts> streams = new ArrayList<>();
  private final List<StateMachine> stateMachines = new ArrayList<>();
  private final List<Clock> clocks = new ArrayList<>();

  /** What was built: this, or what it was made of. */
  private final Netlist built;

  /** The numbers of the nodes; null for all. */
  private final BitSet present;

  /** What a pass put in place of the children; an instance that is missing has what was built. */
  private final Map<Instance, Netlist> children = new IdentityHashMap<>();

  /**
   * @param name the wished module name, in snake case; different netlists may wish for the same
   */
  public Netlist(String name, Site site) {
    this.name = name;
    this.site = site;
    this.built = this;
    this.present = null;
    clocks.add(new Clock("", null, null, false, site));
  }

  private Netlist(Netlist original) {
    this.name = original.name;
    this.site = original.site;
    this.description = original.description;
    this.built = original.built;
    this.present = new BitSet(original.idBound());
    ports.addAll(original.ports);
    streams.addAll(original.streams);
    properties.addAll(original.properties);
    blackBox = original.blackBox;
    clocks.addAll(original.clocks);
  }

  /**
   * This module with a part of its contents and other netlists for its children; properties stay. A
   * clock whose reset is a signal that is left out has no reset of its own any more.
   *
   * @param kept which nodes stay; all that others of them refer to must, and the resets of clocks
   *     that something needs
   * @param child the netlist, with the same ports and clocks in the same order, that stands for one
   */
  public Netlist with(
      Predicate<Node> kept,
      Predicate<MemoryBlock> keptMemories,
      Predicate<Instance> keptInstances,
      UnaryOperator<Netlist> child) {
    Netlist result = new Netlist(this);
    clocks.forEach(clock -> clock.redirect(reset -> kept.test(reset) ? reset : null));
    for (Node node : nodes) {
      if (kept.test(node)) {
        result.add(node, node.id());
      }
    }
    memories.stream().filter(keptMemories).forEach(result.memories::add);
    stateMachines.stream()
        .filter(machine -> kept.test(machine.register()))
        .forEach(result.stateMachines::add);
    for (Instance instance : instances) {
      if (keptInstances.test(instance)) {
        result.instances.add(instance);
        result.children.put(instance, child.apply(child(instance)));
      }
    }
    return result;
  }

  /** The module's name in snake case, without the prefix of its Verilog. */
  public String name() {
    return name;
  }

  /** The line that built the module. */
  public Site site() {
    return site;
  }

  /** What the module is, for the header of its Verilog; may have several lines. */
  public String description() {
    return description;
  }

  /** Replaces what the header of the Verilog says of the module. */
  public void setDescription(String text) {
    this.description = text;
  }

  /** What is known of a module that is written elsewhere; null for every other. */
  public BlackBox blackBox() {
    return blackBox;
  }

  /** Says that the module is written elsewhere, and what is known of it. */
  public void setBlackBox(BlackBox box) {
    this.blackBox = box;
  }

  /** Adds a new node, and gives its number. */
  int append(Node node) {
    int id = built.nodes.size();
    built.nodes.add(node);
    if (built != this) {
      add(node, id);
    }
    return id;
  }

  private void add(Node node, int id) {
    nodes.add(node);
    present.set(id);
  }

  /**
   * The module as it was built, with all that a pass left out: names that were wished for there are
   * taken, so that they do not depend on what is used.
   */
  public Netlist built() {
    return built;
  }

  /** Whether a node of the module is one of {@link #nodes()}, and was not left out by a pass. */
  public boolean contains(Node node) {
    return present == null || present.get(node.id());
  }

  /** A number above that of every node. */
  public int idBound() {
    return built.nodes.size();
  }

  /** The nodes in order of their numbers, which have gaps where a pass left some out. */
  public List<Node> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  /** The ports in order of declaration, without those of clocks and resets. */
  public List<Port> ports() {
    return ports;
  }

  /** The children in the order in which they were placed. */
  public List<Instance> instances() {
    return instances;
  }

  /** The contents of a child: what was built for it, or what a pass put in its place. */
  public Netlist child(Instance instance) {
    return children.getOrDefault(instance, instance.child());
  }

  /** The memories and register files in order of declaration. */
  public List<MemoryBlock> memories() {
    return memories;
  }

  /** What is said of the module, in order of declaration. */
  public List<Property> properties() {
    return properties;
  }

  /** The streams among the ports, in order of declaration. */
  public List<StreamPorts> streams() {
    return streams;
  }

  /** The registers that hold states, in order of declaration. */
  public List<StateMachine> stateMachines() {
    return stateMachines;
  }

  /** The clocks, the implicit one first; derived clocks after what they are derived from. */
  public List<Clock> clocks() {
    return clocks;
  }

  /** The implicit clock. */
  public Clock clock() {
    return clocks.get(0);
  }

  /**
   * Redirects every reference to a node, by other nodes, memories, clocks and properties.
   *
   * @param map the node to refer to instead; the node itself where nothing changes
   */
  public void redirect(UnaryOperator<Node> map) {
    nodes.forEach(node -> node.redirect(map));
    memories.forEach(memory -> memory.redirect(map));
    clocks.forEach(clock -> clock.redirect(map));
    properties.replaceAll(property -> property.redirected(map));
  }
}
