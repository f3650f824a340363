package sluice.hdl.verilog;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;

/** Finds what no logic of a module looks at. */
final class UnusedBits {
  private UnusedBits() {}

  /**
   * What the hardware does not use, as expressions: bits of declared values, and the clocks and
   * resets that only properties need.
   */
  static List<String> ofHardware(
      Netlist netlist, Declarations declarations, Usage hardware, ClockPorts clocks) {
    List<String> parts = new ArrayList<>(idleClocks(netlist, hardware, clocks));
    add(netlist, declarations, hardware, parts);
    return parts;
  }

  /** The bits of values for properties that these do not use, as expressions. */
  static List<String> ofProperties(Netlist netlist, Declarations declarations, Usage properties) {
    List<String> parts = new ArrayList<>();
    add(netlist, declarations, properties, parts);
    return parts;
  }

  private static void add(
      Netlist netlist, Declarations declarations, Usage part, List<String> parts) {
    Set<String> seen = new HashSet<>();
    for (Node node : netlist.nodes()) {
      String identifier = declarations.identifier(node);
      boolean input = node instanceof Node.Input;
      boolean outputPort = node instanceof Node.Wire && declarations.isPort(node);
      boolean shared = identifier != null && !input && declarations.isPort(node);
      boolean constant = node instanceof Node.Constant;
      if (identifier == null || outputPort || shared || constant || !part.isLive(node)) {
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
  }

  private static List<String> idleClocks(Netlist netlist, Usage hardware, ClockPorts clocks) {
    if (!hardware.isAPart()) {
      return List.of();
    }
    ClockPorts.Needed used = clocks.neededBy(netlist, hardware);
    List<String> idle = new ArrayList<>();
    for (Clock clock : netlist.clocks()) {
      if (clocks.hasClock(netlist, clock) && !used.clocks().contains(clock)) {
        idle.add(clocks.clock(clock));
      }
      boolean reset = clocks.hasReset(netlist, clock) || clocks.makesReset(netlist, clock);
      if (reset && !used.resets().contains(clock)) {
        idle.add(clocks.reset(clock));
      }
    }
    return idle;
  }

  /** A wire that takes them, so that tools need not warn; nothing if there are none. */
  static String wire(String identifier, List<String> parts) {
    return parts.isEmpty()
        ? ""
        : "\n  wire " + identifier + " = &{1'b0, " + String.join(", ", parts) + "};\n";
  }
}
