package sluice.hdl.netlist;

import java.util.LinkedHashMap;
import java.util.Map;

/** A child within its parent's netlist. */
public final class Instance {
  private final Netlist child;
  private final Site site;
  private String name;
  private final Map<Port, Node.Wire> inputs = new LinkedHashMap<>();
  private final Map<Port, Node.InstanceOutput> outputs = new LinkedHashMap<>();

  public Instance(Netlist child, String name, Site site) {
    this.child = child;
    this.name = name;
    this.site = site;
  }

  /**
   * What was built for this instance alone. In a design after passes, {@link Netlist#child} says
   * which netlist stands for it; the ports of both come in the same order.
   */
  public Netlist child() {
    return child;
  }

  public String name() {
    return name;
  }

  public void rename(String newName) {
    this.name = newName;
  }

  public Site site() {
    return site;
  }

  /** What drives each input port; the wire itself is only a place to assign to. */
  public Map<Port, Node.Wire> inputs() {
    return inputs;
  }

  public Map<Port, Node.InstanceOutput> outputs() {
    return outputs;
  }
}
