package sluice.hdl.netlist;

import java.util.function.UnaryOperator;

/**
 * A clock of a module, with its reset: what registers and memory ports belong to.
 *
 * <p>A clock is a port of the module, with a port for its reset; the first of {@link
 * Netlist#clocks()} is the module's implicit clock, which has no name. Or it is <em>derived</em>
 * from another clock of the module, its {@link #base()}: the same edges with another reset. All
 * clocks with one {@link #root()} are one clock domain.
 */
public final class Clock {
  private final String name;
  private final Clock base;
  private final boolean asynchronousReset;
  private final Site site;
  private boolean withReset = true;
  private Node reset;

  /**
   * @param name in snake case; "" for the implicit clock
   * @param base the clock whose edges these are, or null for a clock that is a port
   * @param reset what resets the registers when it is high; null for the base's reset, or the port
   * @param asynchronousReset whether registers of this module are reset at once, without an edge,
   *     whatever is chosen for the design
   */
  public Clock(String name, Clock base, Node reset, boolean asynchronousReset, Site site) {
    this.name = name;
    this.base = base;
    this.reset = reset;
    this.asynchronousReset = asynchronousReset;
    this.site = site;
  }

  /** In snake case; "" for the implicit clock. */
  public String name() {
    return name;
  }

  /** The clock whose edges these are; null for a clock that is a port. */
  public Clock base() {
    return base;
  }

  /** The clock that is a port: this one, or what it is derived from. */
  public Clock root() {
    Clock root = this;
    while (root.base != null) {
      root = root.base;
    }
    return root;
  }

  /** The clock that this one has its reset from: it has a port for it, or a signal. */
  public Clock resetOwner() {
    Clock owner = this;
    while (owner.reset == null && owner.base != null) {
      owner = owner.base;
    }
    return owner;
  }

  /** The signal of this module that resets the registers when it is high; null for none. */
  public Node reset() {
    return reset;
  }

  /** Whether registers of this clock are reset without an edge, whatever the design's style. */
  public boolean asynchronousReset() {
    return asynchronousReset;
  }

  /** Whether registers of this clock may have a reset value. */
  public boolean hasReset() {
    Clock owner = resetOwner();
    return owner.reset != null || owner.withReset;
  }

  /** Takes the reset away from a clock that is a port. */
  public void removeReset() {
    this.withReset = false;
  }

  /** The line that declared the clock; that of the module for its implicit one. */
  public Site site() {
    return site;
  }

  /** The clock's port in messages: {@code clock}, {@code write_clock}. */
  public String port() {
    String root = root().name();
    return root.isEmpty() ? "clock" : root + "_clock";
  }

  void redirect(UnaryOperator<Node> map) {
    reset = reset == null ? null : map.apply(reset);
  }
}
