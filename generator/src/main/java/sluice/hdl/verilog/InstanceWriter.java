package sluice.hdl.verilog;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.netlist.BlackBox;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.Site;

/** Writes the instances of a module: wrappers of memories, children, black boxes. */
final class InstanceWriter {
  private final Netlist netlist;
  private final ModuleWriter.Context context;
  private final ClockPorts clocks;
  private final Declarations declarations;
  private final Expressions expressions;
  private final MemoryPorts memories;

  InstanceWriter(
      Netlist netlist,
      ModuleWriter.Context context,
      Declarations declarations,
      Expressions expressions,
      MemoryPorts memories) {
    this.netlist = netlist;
    this.context = context;
    this.clocks = context.clocks();
    this.declarations = declarations;
    this.expressions = expressions;
    this.memories = memories;
  }

  /** The lines for memories, and those for children. */
  List<String> of(Usage part) {
    List<String> lines = new ArrayList<>();
    for (MemoryBlock memory : part.memories()) {
      if (memory.synchronous()) {
        String module = MemoryWrapper.of(memory, context.prefix()).name();
        String identifier = declarations.identifier(memory);
        add(lines, module, identifier, memory.site(), memories.connections(memory));
      }
    }
    for (Instance instance : part.instances()) {
      Netlist child = netlist.child(instance);
      BlackBox box = child.blackBox();
      String module = context.names().get(child);
      add(
          lines,
          box == null ? module : module + BoxParameters.of(box),
          declarations.identifier(instance),
          instance.site(),
          connections(instance, child));
    }
    return lines;
  }

  private List<String> connections(Instance instance, Netlist child) {
    List<String> connections = clockAndReset(instance, child);
    for (Port port : instance.child().ports()) {
      Node.Wire input = instance.inputs().get(port);
      String value =
          input != null
              ? expressions.of(input.driver())
              : declarations.identifier(instance.outputs().get(port));
      String name = child.blackBox() == null ? Names.legal(port.name()) : port.name();
      connections.add("    ." + name + "(" + value + ")");
    }
    return connections;
  }

  /** Clocks and resets; for a black box under its own names, and of the polarity that it wants. */
  private List<String> clockAndReset(Instance instance, Netlist child) {
    List<String> connections = new ArrayList<>();
    BlackBox box = child.blackBox();
    for (int i = 0; i < child.clocks().size(); i++) {
      Clock clock = child.clocks().get(i);
      Clock own = instance.clocks().get(instance.child().clocks().get(i));
      if (clocks.hasClock(child, clock)) {
        String port = box == null ? clocks.clock(clock) : box.clock();
        connections.add("    ." + port + "(" + clocks.clock(own) + ")");
      }
      if (clocks.hasReset(child, clock)) {
        boolean inverted = box != null && box.resetActiveLow() != context.style().activeLow();
        String port = box == null ? clocks.reset(clock) : box.reset();
        connections.add("    ." + port + "(" + (inverted ? "~" : "") + clocks.reset(own) + ")");
      }
    }
    return connections;
  }

  private void add(
      List<String> lines, String module, String identifier, Site site, List<String> connections) {
    if (!lines.isEmpty()) {
      lines.add("");
    }
    lines.add("  " + module + " " + identifier + " (" + context.locators().mark(site));
    lines.add(String.join(",\n", connections));
    lines.add("  );");
  }
}
