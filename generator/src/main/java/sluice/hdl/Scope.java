package sluice.hdl;

import java.util.LinkedHashMap;
import java.util.Map;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Site;

/** The assignments made under one set of conditions, in order. */
final class Scope {

  /**
   * What a target is assigned.
   *
   * @param site the line of the assignment
   * @param conditional whether it is the merged result of inner conditions
   */
  record Assignment(Node value, Site site, boolean conditional) {}

  private final Map<Node, Assignment> assignments = new LinkedHashMap<>();

  /** The last conditions of this scope while they may still get branches; null for none. */
  private WhenChain open;

  /** What is assigned so far. */
  Map<Node, Assignment> assignments() {
    settle();
    return assignments;
  }

  /** Whether these are the last conditions, and nothing was assigned after them. */
  boolean isOpen(WhenChain chain) {
    return open == chain;
  }

  /** Keeps a chain for more branches: what it assigns is only merged when it is asked for. */
  void open(WhenChain chain) {
    open = chain;
  }

  /** Merges what the last conditions assign. */
  void settle() {
    WhenChain chain = open;
    open = null;
    if (chain != null) {
      chain.merge();
    }
  }
}
