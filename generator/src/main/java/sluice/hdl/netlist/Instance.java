package sluice.hdl.netlist;

import java.util.LinkedHashMap;
import java.util.Map;

/** A child within its parent's netlist. */
public final class Instance {
  private final Netlist child;
  private final Site site;
  private String name;
  private boolean named;
  private final Map<Clock, Clock> clocks = new LinkedHashMap<>();
  private final Map<Port, Node.Wire> inputs = new LinkedHashMap<>();
  private final Map<Port, Node.InstanceOutput> outputs = new LinkedHashMap<>();

  /**
   * A child without connections yet.
   *
   * @param name of the instance, in snake case
   * @param site the line that placed it
   */
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

  /** The name of the instance in snake case. */
  public String name() {
    return name;
  }

  /** Whether the user named it; otherwise it is called after its module. */
  public boolean isNamed() {
    return named;
  }

  /** Gives the instance another name. */
  public void rename(String newName) {
    this.name = newName;
    this.named = true;
  }

  /** The line that placed the child. */
  public Site site() {
    return site;
  }

  /** The clock of the parent for each clock of the child that is a port. */
  public Map<Clock, Clock> clocks() {
    return clocks;
  }

  /** What drives each input port; the wire itself is only a place to assign to. */
  public Map<Port, Node.Wire> inputs() {
    return inputs;
  }

  /** For each output port of the child, its value in the parent. */
  public Map<Port, Node.InstanceOutput> outputs() {
    return outputs;
  }
}
