package sluice.hdl.netlist;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/** The contents of one module. */
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
  private final List<Clock> clocks = new ArrayList<>();

  /**
   * @param name the wished module name, in snake case; different netlists may wish for the same
   */
  public Netlist(String name, Site site) {
    this.name = name;
    this.site = site;
    clocks.add(new Clock("", null, null, false, site));
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

  /** What is known of a module that is written elsewhere; null for every other. */
  public BlackBox blackBox() {
    return blackBox;
  }

  public void setBlackBox(BlackBox box) {
    this.blackBox = box;
  }

  int append(Node node) {
    nodes.add(node);
    return nodes.size() - 1;
  }

  public List<Node> nodes() {
    return Collections.unmodifiableList(nodes);
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

  /** What is said of the module, in order of declaration. */
  public List<Property> properties() {
    return properties;
  }

  /** The streams among the ports, in order of declaration. */
  public List<StreamPorts> streams() {
    return streams;
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
