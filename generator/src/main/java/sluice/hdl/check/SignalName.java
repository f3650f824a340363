package sluice.hdl.check;

import java.util.Map;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;

/** How a value is called in messages. */
final class SignalName {
  private SignalName() {}

  /** The user's name, {@code child.port} for a port of a child, or what kind of value it is. */
  static String of(Netlist netlist, Node node) {
    if (node.name() != null) {
      return node.name();
    }
    if (node instanceof Node.InstanceOutput output) {
      return output.instance().name() + "." + output.port().name();
    }
    for (Instance instance : netlist.instances()) {
      for (Map.Entry<Port, Node.Wire> input : instance.inputs().entrySet()) {
        if (input.getValue() == node) {
          return instance.name() + "." + input.getKey().name();
        }
      }
    }
    if (node instanceof Node.Operation operation) {
      return "a value (" + operation.operator().name().toLowerCase(java.util.Locale.ROOT) + ")";
    }
    return node instanceof Node.Wire ? "a wire" : "a value";
  }
}
