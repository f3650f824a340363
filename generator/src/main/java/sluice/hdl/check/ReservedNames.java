package sluice.hdl.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.hdl.netlist.BuiltInNames;
import sluice.hdl.netlist.Keywords;
import sluice.hdl.netlist.NameLevel;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;

/** Reserved names that a module cannot have. That two ports have one name is found before. */
final class ReservedNames {
  private ReservedNames() {}

  static List<Diagnostic> of(Netlist netlist) {
    BitSet ports = new BitSet(netlist.idBound());
    netlist.ports().forEach(port -> ports.set(port.node().id()));
    List<Node> reserved = new ArrayList<>();
    for (Node node : netlist.nodes()) {
      if (node.nameLevel() == NameLevel.RESERVED && !ports.get(node.id())) {
        reserved.add(node);
      }
    }
    return reserved.isEmpty() ? List.of() : clashes(netlist, reserved);
  }

  private static List<Diagnostic> clashes(Netlist netlist, List<Node> reserved) {
    Map<String, Node> taken = new HashMap<>();
    netlist.ports().forEach(port -> taken.put(port.name(), port.node()));
    Set<String> builtIn = BuiltInNames.of(netlist);
    List<Diagnostic> clashes = new ArrayList<>();
    for (Node node : reserved) {
      Node earlier = taken.putIfAbsent(node.name(), node);
      if (earlier != null) {
        clashes.add(clash(node, "the reserved name " + node.name() + " is taken", earlier));
      } else if (builtIn.contains(node.name())) {
        clashes.add(
            clash(
                node,
                node.name()
                    + " is reserved, which "
                    + BuiltInNames.owner(node.name())
                    + " has by itself",
                null));
      } else if (Keywords.contains(node.name())) {
        clashes.add(clash(node, node.name() + " is reserved, which is a keyword", null));
      }
    }
    return clashes;
  }

  private static Diagnostic clash(Node node, String message, Node earlier) {
    return new Diagnostic(
        Diagnostic.Kind.NAME_CLASH,
        message,
        node.site(),
        earlier == null ? null : earlier.site(),
        "reserve another name, or use named(...)");
  }
}
