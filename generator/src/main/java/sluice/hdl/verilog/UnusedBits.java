package sluice.hdl.verilog;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;

/** Finds what no logic of a module looks at. */
final class UnusedBits {
  private UnusedBits() {}

  /**
   * The bits of declared values that nothing uses, as expressions.
   *
   * @param part what is looked at
   * @param withInputs whether input ports are part of it
   */
  static List<String> of(
      Netlist netlist, Declarations declarations, Usage part, boolean withInputs) {
    List<String> parts = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Node node : netlist.nodes()) {
      String identifier = declarations.identifier(node);
      boolean input = node instanceof Node.Input;
      boolean outputPort = node instanceof Node.Wire && declarations.isPort(node);
      boolean shared = identifier != null && !input && declarations.isPort(node);
      boolean present = input ? withInputs : part.isLive(node);
      if (identifier == null || outputPort || shared || !present) {
        continue;
      }
      BitSet unusedBits = part.unusedBits(node);
      for (int from = unusedBits.nextSetBit(0); from >= 0; ) {
        int to = unusedBits.nextClearBit(from) - 1;
        String range = from == to ? "[" + from + "]" : "[" + to + ":" + from + "]";
        boolean whole = from == 0 && to == node.width() - 1;
        if (seen.add(identifier + range)) {
          parts.add(identifier + (whole ? "" : range));
        }
        from = unusedBits.nextSetBit(to + 1);
      }
    }
    return parts;
  }

  /** A wire that takes them, so that tools need not warn; nothing if there are none. */
  static String wire(String identifier, List<String> parts) {
    return parts.isEmpty()
        ? ""
        : "\n  wire " + identifier + " = &{1'b0, " + String.join(", ", parts) + "};\n";
  }
}
