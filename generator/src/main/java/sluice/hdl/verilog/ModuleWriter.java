package sluice.hdl.verilog;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Crossing;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.Site;

/** Writes one module. */
final class ModuleWriter {
  /** Makes Vivado keep the stages of a synchronizer, and place them together. */
  private static final String SYNCHRONIZER = "(* ASYNC_REG = \"TRUE\" *)";

  private final Netlist netlist;
  private final String name;
  private final Map<Netlist, String> childNames;
  private final String prefix;
  private final ResetStyle style;
  private final ClockPorts clocks;
  private final Locators locators;
  private final Usage usage;
  private final Declarations declarations;
  private final Expressions expressions;

  ModuleWriter(
      Netlist netlist,
      String name,
      Map<Netlist, String> childNames,
      String prefix,
      ResetStyle style,
      ClockPorts clocks,
      Locators locators) {
    this.netlist = netlist;
    this.name = name;
    this.childNames = childNames;
    this.prefix = prefix;
    this.style = style;
    this.clocks = clocks;
    this.locators = locators;
    this.usage = new Usage(netlist);
    this.declarations = new Declarations(netlist, usage);
    this.expressions = new Expressions(declarations);
  }

  /** The identifiers that the module declares, without local parameters. */
  List<DeclaredName> names() {
    return declarations.report();
  }

  LineWrap.Wrapped write() {
    String logic = section(combinational());
    String children = section(memories()) + section(instances());
    StringBuilder clocked = new StringBuilder();
    new ClockedBlocks(usage, declarations, expressions, clocks, locators, clocked)
        .write(netlist.clocks(), registers());
    String registerFiles = registerFiles();
    String unused = unused();
    StringBuilder out = new StringBuilder();
    out.append("// ").append(name).append('\n');
    for (String line : netlist.description().split("\n")) {
      if (!line.isBlank()) {
        out.append("// ").append(line).append('\n');
      }
    }
    out.append("\n`default_nettype none\n\nmodule ").append(name).append(" (\n");
    out.append(String.join(",\n", ports())).append("\n);\n");
    out.append(section(localParameters()));
    out.append(section(declared()));
    out.append(logic).append(children).append(registerFiles).append(clocked).append(unused);
    out.append("\nendmodule\n\n`default_nettype wire\n");
    return LineWrap.wrap(out.toString(), locators);
  }

  private static String section(List<String> lines) {
    return lines.isEmpty() ? "" : "\n" + String.join("\n", lines) + "\n";
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

  private List<String> localParameters() {
    return declarations.localParameters(locators).stream().map(p -> "  localparam " + p).toList();
  }

  private List<Node.Register> registers() {
    List<Node.Register> result = new ArrayList<>();
    for (Node node : netlist.nodes()) {
      if (node instanceof Node.Register register) {
        result.add(register);
      }
    }
    return result;
  }

  private static String declaration(String kind, int width, String identifier) {
    String range = MemoryWrapper.range(width);
    return "  " + kind + " " + (range.isEmpty() ? "" : range + " ") + identifier;
  }

  /** Declarations of what is assigned elsewhere: registers, wires, children's outputs. */
  private List<String> declared() {
    Set<String> portNames = new HashSet<>();
    netlist.ports().forEach(port -> portNames.add(declarations.identifier(port.node())));
    List<String> lines = new ArrayList<>();
    for (Node node : netlist.nodes()) {
      String identifier = declarations.identifier(node);
      if (identifier == null || portNames.contains(identifier) || !usage.isLive(node)) {
        continue;
      }
      boolean choice =
          node instanceof Node.Operation operation && operation.operator() == Operator.CHOOSE;
      boolean memory = node instanceof Node.MemoryRead read && read.memory().synchronous();
      if (node instanceof Node.Register || choice) {
        String kind = isSynchronizer(node) ? SYNCHRONIZER + " reg " : "reg ";
        lines.add(declaration(kind, node.width(), identifier) + ";" + locators.mark(node.site()));
      } else if (node instanceof Node.Wire || node instanceof Node.InstanceOutput || memory) {
        lines.add(declaration("wire", node.width(), identifier) + ";" + locators.mark(node.site()));
      }
    }
    for (MemoryBlock block : netlist.memories()) {
      if (!block.synchronous()) {
        lines.add(
            declaration("reg ", block.width(), declarations.identifier(block))
                + " [0:"
                + (block.depth() - 1)
                + "];"
                + locators.mark(block.site()));
      }
    }
    return lines;
  }

  private List<String> combinational() {
    List<String> lines = new ArrayList<>();
    boolean block = false;
    for (Node node : usage.computed()) {
      String identifier = declarations.identifier(node);
      if (identifier == null || usage.isProcedural(node)) {
        continue;
      }
      boolean choice =
          node instanceof Node.Operation operation && operation.operator() == Operator.CHOOSE;
      if (!choice && declarations.isPort(node)) {
        continue;
      }
      if ((choice || block) && !lines.isEmpty()) {
        lines.add("");
      }
      block = choice;
      lines.add(
          choice
              ? choice((Node.Operation) node, identifier)
              : declaration("wire", node.width(), identifier)
                  + " = "
                  + expressions.definition(node)
                  + ";"
                  + locators.mark(node.site()));
    }
    for (Clock clock : netlist.clocks()) {
      if (clocks.makesReset(netlist, clock)) {
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
          && usage.isLive(wire)
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
    return (inverted ? "~" : "") + expressions.of(node);
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

  private String choice(Node.Operation operation, String identifier) {
    Node index = operation.operands().get(0);
    int choices = Math.min(operation.operands().size() - 1, 1 << Math.min(30, index.width()));
    StringBuilder text = new StringBuilder("  always @* begin\n    case (");
    text.append(expressions.of(index)).append(')');
    text.append(locators.mark(operation.site())).append('\n');
    for (int i = 0; i < choices; i++) {
      String label =
          i == choices - 1
              ? "default"
              : Expressions.literal(index.width(), java.math.BigInteger.valueOf(i));
      text.append("      ").append(label).append(": ").append(identifier).append(" = ");
      text.append(expressions.of(operation.operands().get(i + 1))).append(';');
      text.append(locators.mark(operation.site())).append('\n');
    }
    return text.append("    endcase\n  end").toString();
  }

  private List<String> memories() {
    List<String> lines = new ArrayList<>();
    for (MemoryBlock memory : netlist.memories()) {
      if (!memory.synchronous()) {
        continue;
      }
      List<String> connections = new ArrayList<>();
      for (int r = 0; r < memory.reads().size(); r++) {
        Node.MemoryRead read = memory.reads().get(r);
        connections.add("    .R" + r + "_clk(" + clocks.clock(read.clock()) + ")");
        connections.add("    .R" + r + "_en(" + expressions.of(read.enable()) + ")");
        connections.add("    .R" + r + "_addr(" + expressions.of(read.address()) + ")");
        connections.add("    .R" + r + "_data(" + declarations.identifier(read) + ")");
      }
      for (int w = 0; w < memory.writes().size(); w++) {
        MemoryBlock.Write write = memory.writes().get(w);
        connections.add("    .W" + w + "_clk(" + clocks.clock(write.clock()) + ")");
        connections.add("    .W" + w + "_en(" + expressions.of(write.enable()) + ")");
        connections.add("    .W" + w + "_addr(" + expressions.of(write.address()) + ")");
        connections.add("    .W" + w + "_data(" + expressions.of(write.data()) + ")");
      }
      instance(
          lines,
          MemoryWrapper.of(memory, prefix).name(),
          declarations.identifier(memory),
          memory.site(),
          connections);
    }
    return lines;
  }

  private List<String> instances() {
    List<String> lines = new ArrayList<>();
    for (Instance instance : netlist.instances()) {
      List<String> connections = new ArrayList<>();
      Netlist child = netlist.child(instance);
      for (int i = 0; i < child.clocks().size(); i++) {
        Clock clock = child.clocks().get(i);
        Clock own = instance.clocks().get(instance.child().clocks().get(i));
        if (clocks.hasClock(child, clock)) {
          connections.add("    ." + clocks.clock(clock) + "(" + clocks.clock(own) + ")");
        }
        if (clocks.hasReset(child, clock)) {
          connections.add("    ." + clocks.reset(clock) + "(" + clocks.reset(own) + ")");
        }
      }
      for (Port port : instance.child().ports()) {
        Node.Wire input = instance.inputs().get(port);
        String value =
            input != null
                ? expressions.of(input.driver())
                : declarations.identifier(instance.outputs().get(port));
        connections.add("    ." + Names.legal(port.name()) + "(" + value + ")");
      }
      instance(
          lines,
          childNames.get(child),
          declarations.identifier(instance),
          instance.site(),
          connections);
    }
    return lines;
  }

  private void instance(
      List<String> lines, String module, String identifier, Site site, List<String> connections) {
    if (!lines.isEmpty()) {
      lines.add("");
    }
    lines.add("  " + module + " " + identifier + " (" + locators.mark(site));
    lines.add(String.join(",\n", connections));
    lines.add("  );");
  }

  private String registerFiles() {
    StringBuilder out = new StringBuilder();
    for (MemoryBlock memory : netlist.memories()) {
      if (memory.synchronous()) {
        continue;
      }
      Clock clock = null;
      for (MemoryBlock.Write write : memory.writes()) {
        if (clock != write.clock().root()) {
          out.append(clock == null ? "" : "  end\n");
          clock = write.clock().root();
          out.append("\n  always @(posedge ").append(clocks.clock(clock)).append(") begin\n");
        }
        out.append("    if (").append(expressions.of(write.enable())).append(") ");
        out.append(declarations.identifier(memory)).append('[');
        out.append(expressions.of(write.address())).append("] <= ");
        out.append(expressions.of(write.data())).append(';');
        out.append(locators.mark(write.site())).append('\n');
      }
      out.append(clock == null ? "" : "  end\n");
    }
    return out.toString();
  }

  /** What no logic looks at is collected in one wire, so that tools need not warn of it. */
  private String unused() {
    List<String> parts = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Node node : netlist.nodes()) {
      String identifier = declarations.identifier(node);
      boolean input = node instanceof Node.Input;
      boolean constant = node instanceof Node.Constant;
      boolean outputPort = node instanceof Node.Wire && declarations.isPort(node);
      boolean shared = identifier != null && !input && declarations.isPort(node);
      if (identifier == null || outputPort || shared || constant) {
        continue;
      }
      BitSet unusedBits = usage.unusedBits(node);
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
    return parts.isEmpty()
        ? ""
        : "\n  wire unused_ok = &{1'b0, " + String.join(", ", parts) + "};\n";
  }
}
