package sluice.hdl.fuzz;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;

/** What is other in a copy of a design. */
final class Change {

  /** What takes the place of a node. */
  enum Replacement {
    ZERO,
    ONES,
    /** The first operand, or a register's next value without the register. */
    FIRST,
    SECOND,
    THIRD;

    /** The number of the operand; -1 for a constant. */
    int operand() {
      return ordinal() - FIRST.ordinal();
    }
  }

  private final Map<Node, Replacement> replaced = new HashMap<>();
  private final Map<Node, Integer> narrowed = new HashMap<>();
  private final Set<Port> dropped = new HashSet<>();
  private int widest = Integer.MAX_VALUE;
  private boolean names = true;
  private boolean properties = true;

  /** Puts something in the place of a node. */
  Change replace(Node node, Replacement by) {
    replaced.put(node, by);
    return this;
  }

  /** Makes a node narrower; what uses it goes on with its low bits. */
  Change narrow(Node node, int width) {
    narrowed.put(node, width);
    return this;
  }

  /** Makes all nodes narrower that are wider than this. */
  Change widest(int width) {
    this.widest = width;
    return this;
  }

  /** Leaves out an output of the top module. */
  Change drop(Port output) {
    dropped.add(output);
    return this;
  }

  /** Leaves out all names but those of ports. */
  Change withoutNames() {
    this.names = false;
    return this;
  }

  /** Leaves out all properties. */
  Change withoutProperties() {
    this.properties = false;
    return this;
  }

  /** What takes the place of a node, or null. */
  Replacement of(Node node) {
    return replaced.get(node);
  }

  /** The most bits that a node has. */
  int width(Node node) {
    return Math.min(widest, Math.min(node.width(), narrowed.getOrDefault(node, node.width())));
  }

  boolean isDropped(Port output) {
    return dropped.contains(output);
  }

  boolean keepsNames() {
    return names;
  }

  boolean keepsProperties() {
    return properties;
  }
}
