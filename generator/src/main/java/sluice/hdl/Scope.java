package sluice.hdl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
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

  /** The conditions of which this scope is a branch; null for the outermost scope. */
  private final WhenChain chain;

  /** How many branches come before this one. */
  private final int earlier;

  /** The condition of the branch; null for the one without. */
  private final Node condition;

  /** The last conditions of this scope while they may still get branches; null for none. */
  private WhenChain open;

  /** The outermost scope of a module. */
  Scope() {
    this(null, 0, null);
  }

  /** A branch of a chain, after a number of others. */
  Scope(WhenChain chain, int earlier, Node condition) {
    this.chain = chain;
    this.earlier = earlier;
    this.condition = condition;
  }

  /** What holds in this scope and not around it: one bit each. */
  List<Node> terms(Netlist netlist, Site site) {
    List<Node> terms = new ArrayList<>();
    for (int i = 0; i < earlier; i++) {
      terms.add(Build.operation(netlist, Operator.NOT, 1, site, chain.condition(i)));
    }
    if (condition != null) {
      terms.add(condition);
    }
    return terms;
  }

  /** What is assigned so far. */
  Map<Node, Assignment> assignments() {
    settle();
    return assignments;
  }

  /** Whether these are the last conditions, and nothing was assigned after them. */
  boolean isOpen(WhenChain other) {
    return open == other;
  }

  /** Keeps a chain for more branches: what it assigns is only merged when it is asked for. */
  void open(WhenChain other) {
    open = other;
  }

  /** Merges what the last conditions assign. */
  void settle() {
    WhenChain last = open;
    open = null;
    if (last != null) {
      last.merge();
    }
  }
}
