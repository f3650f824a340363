package sluice.hdl.pass;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.Site;

/** A small netlist to try a pass on, and what drives its output, as text. */
final class TriedNetlist {
  final Netlist netlist = new Netlist("tried", Site.NONE);
  final Node x = input("x", 8);
  final Node y = input("y", 8);
  final Node flag = input("flag", 1);

  private Node input(String name, int width) {
    Node node = new Node.Input(netlist, width, Site.NONE);
    node.rename(name);
    netlist.ports().add(new Port(name, Port.Direction.INPUT, node, name, netlist.clock()));
    return node;
  }

  Node constant(int width, long value) {
    return new Node.Constant(netlist, width, BigInteger.valueOf(value), null, Site.NONE);
  }

  Node operation(Operator operator, int width, Node... operands) {
    return new Node.Operation(netlist, operator, width, List.of(operands), Site.NONE);
  }

  Node slice(Node source, int high, int low) {
    return new Node.Slice(netlist, source, low, high - low + 1, Site.NONE);
  }

  Node wire(String name, Node driver) {
    Node.Wire wire = new Node.Wire(netlist, driver.width(), Site.NONE);
    wire.rename(name);
    wire.setDriver(driver);
    return wire;
  }

  /** What drives an output after a pass, when it was driven by a value before. */
  String after(Pass pass, Node value) {
    Node.Wire output = new Node.Wire(netlist, value.width(), Site.NONE);
    output.setDriver(value);
    netlist
        .ports()
        .add(new Port("out" + value.id(), Port.Direction.OUTPUT, output, "", netlist.clock()));
    pass.apply(new Design(List.of(netlist)));
    return text(output.driver(), true);
  }

  private static String text(Node node, boolean outermost) {
    if (node.name() != null && !outermost) {
      return node.name();
    }
    String name = node.name() == null || node instanceof Node.Input ? "" : node.name() + ": ";
    if (node instanceof Node.Constant constant) {
      return name + (constant.symbol() == null ? constant.value() : constant.symbol());
    }
    if (node instanceof Node.Slice slice) {
      int high = slice.low() + slice.width() - 1;
      return name + text(slice.source(), false) + "[" + high + ":" + slice.low() + "]";
    }
    if (node instanceof Node.Operation operation) {
      return name
          + operation.operator()
          + operation.operands().stream()
              .map(operand -> text(operand, false))
              .collect(Collectors.joining(", ", "(", ")"));
    }
    return node.name();
  }
}
