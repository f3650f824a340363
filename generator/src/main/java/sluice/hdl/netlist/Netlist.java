package sluice.hdl.netlist;

import java.util.ArrayList;
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

  /** What a pass put in place of the children; an instance that is missing has what was built. */
  private final Map<Instance, Netlist> children = new IdentityHashMap<>();

  private int idBound;

  /**
   * @param name the wished module name, in snake case; different netlists may wish for the same
   */
  public Netlist(String name, Site site) {
    this.name = name;
    this.site = site;
  }

  public String name() {
    return name;
  }

  public Site site() {
    return site;
  }

  /** What the module is, for the header of its Verilog; may have several lines. */
  public String description() {
    return description;
  }

  public void setDescription(String text) {
    this.description = text;
  }

  int append(Node node) {
    nodes.add(node);
    return idBound++;
  }

  /** The nodes in order of their numbers, which have gaps where a pass left some out. */
  public List<Node> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  /** A number above that of every node. */
  public int idBound() {
    return idBound;
  }

  public List<Port> ports() {
    return ports;
  }

  public List<Instance> instances() {
    return instances;
  }

  public List<MemoryBlock> memories() {
    return memories;
  }

  /** The contents of a child: what was built for it, or what a pass put in its place. */
  public Netlist child(Instance instance) {
    return children.getOrDefault(instance, instance.child());
  }

  /**
   * This module with a part of its contents and other netlists for its children.
   *
   * @param kept which nodes stay; all that others of them refer to must
   * @param child the netlist, with the same ports in the same order, that stands for one
   */
  public Netlist with(
      Predicate<Node> kept,
      Predicate<MemoryBlock> keptMemories,
      Predicate<Instance> keptInstances,
      UnaryOperator<Netlist> child) {
    Netlist result = new Netlist(name, site);
    result.description = description;
    result.idBound = idBound;
    result.ports.addAll(ports);
    nodes.stream().filter(kept).forEach(result.nodes::add);
    memories.stream().filter(keptMemories).forEach(result.memories::add);
    for (Instance instance : instances) {
      if (keptInstances.test(instance)) {
        result.instances.add(instance);
        result.children.put(instance, child.apply(child(instance)));
      }
    }
    return result;
  }

  /**
   * Redirects every reference to a node, by other nodes and by memories.
   *
   * @param map the node to refer to instead; the node itself where nothing changes
   */
  public void redirect(UnaryOperator<Node> map) {
    nodes.forEach(node -> node.redirect(map));
    memories.forEach(memory -> memory.redirect(map));
  }
}
