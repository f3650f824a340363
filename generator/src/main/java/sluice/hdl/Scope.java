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

  final Map<Node, Assignment> assignments = new LinkedHashMap<>();
}
