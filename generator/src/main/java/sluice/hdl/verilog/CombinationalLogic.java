package sluice.hdl.verilog;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.Site;

/** Writes what a module computes within a cycle: wires, choices, resets and assignments. */
final class CombinationalLogic {
  private final Netlist netlist;
  private final Declarations declarations;
  private final Expressions expressions;
  private final ClockPorts clocks;
  private final ResetStyle style;
  private final Locators locators;

  CombinationalLogic(
      Netlist netlist,
      Declarations declarations,
      Expressions expressions,
      ClockPorts clocks,
      ResetStyle style,
      Locators locators) {
    this.netlist = netlist;
    this.declarations = declarations;
    this.expressions = expressions;
    this.clocks = clocks;
    this.style = style;
    this.locators = locators;
  }

  /** The lines for a part of the module. */
  List<String> of(Usage part) {
    List<String> lines = new ArrayList<>();
    boolean block = false;
    for (Node node : part.computed()) {
      String identifier = declarations.identifier(node);
      if (identifier == null || part.isProcedural(node)) {
        continue;
      }
      boolean choice = Declarations.isCase(node);
      if (!choice && declarations.isPort(node)) {
        continue;
      }
      if ((choice || block) && !lines.isEmpty()) {
        lines.add("");
      }
      block = choice;
      lines.add(
          choice
              ? choice(node, identifier)
              : Declarations.text("wire", node.width(), identifier)
                  + " = "
                  + expressions.definition(node)
                  + ";"
                  + locators.mark(node.site()));
    }
    for (Clock clock : netlist.clocks()) {
      if (!part.isOfProperties() && clocks.makesReset(netlist, clock)) {
        if (block) {
          lines.add("");
        }
        block = false;
        lines.add(
            "  wire "
                + clocks.reset(clock)
                + " = "
                + resetValue(clock)
                + ";"
                + locators.mark(clock.site()));
      }
    }
    List<String> assigns = new ArrayList<>();
    for (Node node : netlist.nodes()) {
      if (node instanceof Node.Wire wire
          && part.isLive(wire)
          && !declarations.isRegisterOutput(wire)
          && !declarations.isDirectOutput(wire)) {
        String name = declarations.identifier(wire);
        assigns.add("  assign " + name + " = " + driver(wire) + ";" + locators.mark(site(wire)));
      }
    }
    if (!lines.isEmpty() && !assigns.isEmpty()) {
      lines.add("");
    }
    lines.addAll(assigns);
    return lines;
  }

  /** A reset as the style has it: low or high while it is active. */
  private String resetValue(Clock clock) {
    boolean inverted = style.activeLow();
    Node node = clock.reset();
    while (node instanceof Node.Operation operation
        && operation.operator() == Operator.NOT
        && declarations.identifier(node) == null) {
      inverted = !inverted;
      node = operation.operands().get(0);
    }
    return inverted ? expressions.not(node) : expressions.of(node);
  }

  private String driver(Node.Wire wire) {
    return declarations.isAssignedOutput(wire)
        ? expressions.definition(wire.driver())
        : expressions.of(wire.driver());
  }

  /** The line of what a wire is assigned, if that is computed there. */
  private Site site(Node.Wire wire) {
    boolean there = declarations.isAssignedOutput(wire) || expressions.isInPlace(wire.driver());
    return there ? wire.driver().site() : wire.site();
  }

  private String choice(Node node, String identifier) {
    String mark = locators.mark(node.site());
    if (node instanceof Node.MemoryRead read) {
      Node address = read.address();
      return CaseBlock.of(
          expressions.of(address),
          address.width(),
          identifier,
          read.memory().depth(),
          i -> Expressions.literal(read.width(), read.memory().contents().get(i)),
          mark);
    }
    List<Node> operands = node.operands();
    Node index = operands.get(0);
    return CaseBlock.of(
        expressions.of(index),
        index.width(),
        identifier,
        Math.min(operands.size() - 1, 1 << Math.min(30, index.width())),
        i -> expressions.of(operands.get(i + 1)),
        mark);
  }
}
