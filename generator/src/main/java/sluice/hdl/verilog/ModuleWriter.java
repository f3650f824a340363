package sluice.hdl.verilog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Crossing;
import sluice.hdl.netlist.Effects;
import sluice.hdl.netlist.Liveness;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;

/** Writes one module: the hardware, and under a define properties with what only they use. */
final class ModuleWriter {
  /** Makes Vivado keep the stages of a synchronizer, and place them together. */
  private static final String SYNCHRONIZER = "(* ASYNC_REG = \"TRUE\" *)";

  /**
   * What the modules of a design have in common.
   *
   * @param names of the modules
   * @param prefix of the names of memory wrappers
   */
  record Context(
      Map<Netlist, String> names,
      String prefix,
      ResetStyle style,
      ClockPorts clocks,
      Effects effects,
      Locators locators) {}

  private final Netlist netlist;
  private final String name;
  private final ClockPorts clocks;
  private final Locators locators;
  private final Usage hardware;
  private final Usage properties;
  private final Declarations declarations;
  private final Expressions expressions;
  private final CombinationalLogic logic;
  private final MemoryPorts memories;
  private final InstanceWriter instances;

  ModuleWriter(Netlist netlist, String name, Context context) {
    this.netlist = netlist;
    this.name = name;
    this.clocks = context.clocks();
    this.locators = context.locators();
    Liveness live =
        context.effects().haveProperties(netlist)
            ? Liveness.ofHardware(netlist, context.effects())
            : null;
    this.hardware = Usage.ofHardware(netlist, live, clock -> clocks.makesReset(netlist, clock));
    this.properties = Usage.ofProperties(netlist, live);
    this.declarations = new Declarations(netlist, hardware, properties);
    this.expressions = new Expressions(declarations);
    this.logic =
        new CombinationalLogic(
            netlist, declarations, expressions, clocks, context.style(), locators);
    this.memories = new MemoryPorts(declarations, expressions, clocks, locators);
    this.instances = new InstanceWriter(netlist, context, declarations, expressions, memories);
  }

  /** The identifiers that the module declares, without local parameters. */
  List<DeclaredName> names() {
    return declarations.report();
  }

  LineWrap.Wrapped write() {
    // What is declared and what is a local parameter is only known after the body.
    StringBuilder body = new StringBuilder();
    write(hardware, body);
    String unused =
        UnusedBits.wire(
            "unused_ok", UnusedBits.ofHardware(netlist, declarations, hardware, clocks));
    List<String> parameters = localParameters(hardware);
    StringBuilder checks = new StringBuilder();
    if (!properties.isEmpty()) {
      writeChecks(checks);
    }
    StringBuilder out = new StringBuilder(2 * body.length() + checks.length());
    out.append("// ").append(name).append('\n');
    for (String line : netlist.description().split("\n")) {
      if (!line.isBlank()) {
        out.append("// ").append(line).append('\n');
      }
    }
    out.append("\n`default_nettype none\n\nmodule ").append(name).append(" (\n");
    List<String> ports = ports();
    for (int i = 0; i < ports.size(); i++) {
      out.append(ports.get(i)).append(i == ports.size() - 1 ? "\n" : ",\n");
    }
    out.append(");\n");
    section(parameters, out);
    section(declared(hardware), out);
    out.append(body).append(unused).append(checks);
    out.append("\nendmodule\n\n`default_nettype wire\n");
    return LineWrap.wrap(out.toString(), locators);
  }

  /** What a part of the module consists of, without its declarations. */
  private void write(Usage part, StringBuilder out) {
    section(logic.of(part), out);
    section(instances.of(part), out);
    for (MemoryBlock memory : part.memories()) {
      if (!memory.synchronous() && memory.isWritten()) {
        out.append(memories.registerFile(memory));
      }
    }
    new ClockedBlocks(netlist, part, declarations, expressions, clocks, locators, out)
        .write(netlist.clocks(), part.registers());
  }

  private void writeChecks(StringBuilder out) {
    StringBuilder body = new StringBuilder();
    write(properties, body);
    if (!netlist.properties().isEmpty()) {
      body.append(
          new PropertyWriter(declarations, expressions, clocks, locators)
              .write(netlist.clocks(), netlist.properties()));
    }
    if (body.isEmpty()) {
      return;
    }
    out.append("\n`ifdef SLUICE_ASSERT");
    section(localParameters(properties), out);
    section(declared(properties), out);
    out.append(body)
        .append(
            UnusedBits.wire(
                "unused_property_ok", UnusedBits.ofProperties(netlist, declarations, properties)))
        .append("`endif\n");
  }

  private static void section(List<String> lines, StringBuilder out) {
    if (!lines.isEmpty()) {
      out.append('\n');
      for (String line : lines) {
        out.append(line).append('\n');
      }
    }
  }

  private static boolean isSynchronizer(Node node) {
    return node instanceof Node.Register register && register.crossing() == Crossing.SYNCHRONIZER;
  }

  private List<String> ports() {
    List<String> lines = new ArrayList<>();
    for (Clock clock : netlist.clocks()) {
      if (clocks.hasClock(netlist, clock)) {
        lines.add("  input  wire " + clocks.clock(clock));
      }
      if (clocks.hasReset(netlist, clock)) {
        lines.add("  input  wire " + clocks.reset(clock));
      }
    }
    for (Port port : netlist.ports()) {
      String direction =
          port.direction() == Port.Direction.INPUT
              ? "input  wire "
              : declarations.isRegisterOutput(port.node()) ? "output reg  " : "output wire ";
      String range = MemoryWrapper.range(port.node().width());
      boolean synchronizer =
          declarations.isRegisterOutput(port.node())
              && isSynchronizer(((Node.Wire) port.node()).driver());
      lines.add(
          (synchronizer ? "  " + SYNCHRONIZER + " " : "  ")
              + direction
              + (range.isEmpty() ? "" : range + " ")
              + declarations.identifier(port.node())
              + locators.mark(port.node().site()));
    }
    return lines;
  }

  private List<String> localParameters(Usage part) {
    return declarations.localParameters(part, locators).stream()
        .map(parameter -> "  localparam " + parameter)
        .toList();
  }

  /** Declarations of what is assigned elsewhere: registers, wires, children's outputs. */
  private List<String> declared(Usage part) {
    List<String> lines = new ArrayList<>();
    for (Node node : netlist.nodes()) {
      String identifier = declarations.identifier(node);
      if (identifier == null || declarations.isPort(node) || !part.isLive(node)) {
        continue;
      }
      boolean memory = node instanceof Node.MemoryRead read && read.memory().synchronous();
      if (node instanceof Node.Register || Declarations.isCase(node)) {
        String kind = isSynchronizer(node) ? SYNCHRONIZER + " reg " : "reg ";
        lines.add(
            Declarations.text(kind, node.width(), identifier) + ";" + locators.mark(node.site()));
      } else if (node instanceof Node.Wire || node instanceof Node.InstanceOutput || memory) {
        lines.add(
            Declarations.text("wire", node.width(), identifier) + ";" + locators.mark(node.site()));
      }
    }
    for (MemoryBlock block : part.memories()) {
      if (!block.synchronous() && block.isWritten()) {
        lines.add(
            Declarations.text("reg ", block.width(), declarations.identifier(block))
                + " [0:"
                + (block.depth() - 1)
                + "];"
                + locators.mark(block.site()));
      }
    }
    return lines;
  }
}
