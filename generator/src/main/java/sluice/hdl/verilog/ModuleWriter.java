package sluice.hdl.verilog;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.hdl.netlist.BlackBox;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;

/** Writes one module. */
final class ModuleWriter {
  private final Netlist netlist;
  private final String name;
  private final Map<Netlist, String> childNames;
  private final String prefix;
  private final ResetStyle reset;
  private final Usage usage;
  private final Usage properties;
  private final Declarations declarations;
  private final Expressions expressions;
  private final MemoryPorts memoryPorts;

  ModuleWriter(
      Netlist netlist,
      String name,
      Map<Netlist, String> childNames,
      String prefix,
      ResetStyle reset) {
    this.netlist = netlist;
    this.name = name;
    this.childNames = childNames;
    this.prefix = prefix;
    this.reset = reset;
    this.usage = Usage.ofHardware(netlist);
    this.properties = Usage.ofProperties(netlist, usage);
    this.declarations = new Declarations(netlist, usage, properties);
    this.expressions = new Expressions(declarations);
    this.memoryPorts = new MemoryPorts(declarations, expressions);
  }

  String write() {
    String logic = section(combinational(usage));
    String children = section(memories(usage)) + section(instances());
    String state = registerFiles(usage) + clocked(usage);
    String unused = unused();
    List<String> parameters = localParameters();
    String checks = checks(parameters);
    StringBuilder out = new StringBuilder();
    out.append("// ").append(name).append('\n');
    for (String line : netlist.description().split("\n")) {
      if (!line.isBlank()) {
        out.append("// ").append(line).append('\n');
      }
    }
    out.append("\n`default_nettype none\n\nmodule ").append(name).append(" (\n");
    out.append(String.join(",\n", ports())).append("\n);\n");
    out.append(section(parameters));
    out.append(section(declared(usage)));
    out.append(logic).append(children).append(state).append(unused).append(checks);
    out.append("\nendmodule\n\n`default_nettype wire\n");
    return LineWrap.wrap(out.toString());
  }

  private String clocked(Usage part) {
    StringBuilder clocked = new StringBuilder();
    new ClockedBlocks(part, declarations, expressions, reset, clocked).write(registers(part));
    return clocked.toString();
  }

  /**
   * Properties and what only they use, under a define.
   *
   * @param parameters the local parameters that are declared already
   */
  private String checks(List<String> parameters) {
    if (netlist.properties().isEmpty()) {
      return "";
    }
    String logic = section(combinational(properties)) + section(memories(properties));
    String state = registerFiles(properties) + clocked(properties);
    String checks =
        new PropertyWriter(declarations, expressions, reset).write(netlist.properties());
    String unused = unusedWire("unused_property_ok", unusedBits(properties, false));
    List<String> more = new ArrayList<>(localParameters());
    more.removeAll(parameters);
    return "\n`ifdef SLUICE_ASSERT"
        + section(more)
        + section(declared(properties))
        + logic
        + state
        + checks
        + unused
        + "`endif\n";
  }

  private static String section(List<String> lines) {
    return lines.isEmpty() ? "" : "\n" + String.join("\n", lines) + "\n";
  }

  /** Whether a module has a clock port: it or a child holds state. */
  static boolean usesClock(Netlist netlist) {
    if (netlist.blackBox() != null) {
      return netlist.blackBox().clock() != null;
    }
    boolean state =
        !netlist.properties().isEmpty()
            || netlist.nodes().stream().anyMatch(node -> node instanceof Node.Register)
            || netlist.memories().stream()
                .anyMatch(
                    memory -> memory.isRead() && (memory.synchronous() || memory.isWritten()));
    return state || netlist.instances().stream().anyMatch(i -> usesClock(i.child()));
  }

  /** Whether a module has a reset port: a register of it or of a child has a reset value. */
  static boolean usesReset(Netlist netlist) {
    if (netlist.blackBox() != null) {
      return netlist.blackBox().reset() != null;
    }
    return !netlist.properties().isEmpty()
        || netlist.nodes().stream()
            .anyMatch(node -> node instanceof Node.Register r && r.resetValue() != null)
        || netlist.instances().stream().anyMatch(i -> usesReset(i.child()));
  }

  private List<String> ports() {
    List<String> lines = new ArrayList<>();
    if (usesClock(netlist)) {
      lines.add("  input  wire clock");
    }
    if (usesReset(netlist)) {
      lines.add("  input  wire " + reset.port());
    }
    for (Port port : netlist.ports()) {
      String direction =
          port.direction() == Port.Direction.INPUT
              ? "input  wire "
              : declarations.isRegisterOutput(port.node()) ? "output reg  " : "output wire ";
      String range = MemoryWrapper.range(port.node().width());
      lines.add(
          "  "
              + direction
              + (range.isEmpty() ? "" : range + " ")
              + declarations.identifier(port.node()));
    }
    return lines;
  }

  private List<String> localParameters() {
    return declarations.localParameters().stream().map(p -> "  localparam " + p + ";").toList();
  }

  private List<Node.Register> registers(Usage part) {
    List<Node.Register> result = new ArrayList<>();
    for (Node node : netlist.nodes()) {
      if (node instanceof Node.Register register && part.isLive(register)) {
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
  private List<String> declared(Usage part) {
    Set<String> portNames = new HashSet<>();
    netlist.ports().forEach(port -> portNames.add(declarations.identifier(port.node())));
    List<String> lines = new ArrayList<>();
    for (Node node : netlist.nodes()) {
      String identifier = declarations.identifier(node);
      if (identifier == null || portNames.contains(identifier) || !part.isLive(node)) {
        continue;
      }
      boolean choice = Declarations.isCase(node);
      boolean memory = node instanceof Node.MemoryRead read && read.memory().synchronous();
      if (node instanceof Node.Register || choice) {
        lines.add(declaration("reg ", node.width(), identifier) + ";");
      } else if (node instanceof Node.Wire || node instanceof Node.InstanceOutput || memory) {
        lines.add(declaration("wire", node.width(), identifier) + ";");
      }
    }
    for (MemoryBlock block : part.liveMemories()) {
      if (!block.synchronous() && block.isWritten()) {
        lines.add(
            declaration("reg ", block.width(), declarations.identifier(block))
                + " [0:"
                + (block.depth() - 1)
                + "];");
      }
    }
    return lines;
  }

  private List<String> combinational(Usage part) {
    List<String> lines = new ArrayList<>();
    boolean block = false;
    for (Node node : part.computed()) {
      String identifier = declarations.identifier(node);
      if (identifier == null || part.isProcedural(node)) {
        continue;
      }
      boolean choice = Declarations.isCase(node);
      if ((choice || block) && !lines.isEmpty()) {
        lines.add("");
      }
      block = choice;
      lines.add(
          choice
              ? choice(node, identifier)
              : declaration("wire", node.width(), identifier)
                  + " = "
                  + expressions.definition(node)
                  + ";");
    }
    List<String> assigns = new ArrayList<>();
    for (Node node : netlist.nodes()) {
      if (node instanceof Node.Wire wire
          && part.isLive(wire)
          && !declarations.isRegisterOutput(wire)
          && !declarations.isDirectOutput(wire)) {
        assigns.add("  assign " + declarations.identifier(wire) + " = " + driver(wire) + ";");
      }
    }
    if (!lines.isEmpty() && !assigns.isEmpty()) {
      lines.add("");
    }
    lines.addAll(assigns);
    return lines;
  }

  private String driver(Node.Wire wire) {
    return expressions.of(wire.driver());
  }

  private String choice(Node node, String identifier) {
    if (node instanceof Node.MemoryRead read) {
      return InitialContents.caseOf(
          expressions.of(read.address()),
          read.address().width(),
          identifier,
          read.width(),
          read.memory().contents());
    }
    Node.Operation operation = (Node.Operation) node;
    Node index = operation.operands().get(0);
    int choices = Math.min(operation.operands().size() - 1, 1 << Math.min(30, index.width()));
    StringBuilder text = new StringBuilder("  always @* begin\n    case (");
    text.append(expressions.of(index)).append(")\n");
    for (int i = 0; i < choices; i++) {
      String label =
          i == choices - 1
              ? "default"
              : Expressions.literal(index.width(), java.math.BigInteger.valueOf(i));
      text.append("      ").append(label).append(": ").append(identifier).append(" = ");
      text.append(expressions.of(operation.operands().get(i + 1))).append(";\n");
    }
    return text.append("    endcase\n  end").toString();
  }

  private List<String> memories(Usage part) {
    List<String> lines = new ArrayList<>();
    for (MemoryBlock memory : part.liveMemories()) {
      if (!memory.synchronous()) {
        continue;
      }
      instance(
          lines,
          MemoryWrapper.of(memory, prefix).name(),
          declarations.identifier(memory),
          memoryPorts.connections(memory));
    }
    return lines;
  }

  private List<String> instances() {
    List<String> lines = new ArrayList<>();
    for (Instance instance : netlist.instances()) {
      BlackBox box = instance.child().blackBox();
      List<String> connections = new ArrayList<>();
      if (box != null) {
        connections.addAll(BoxInstance.clockAndReset(box, reset));
      } else {
        if (usesClock(instance.child())) {
          connections.add("    .clock(clock)");
        }
        if (usesReset(instance.child())) {
          connections.add("    ." + reset.port() + "(" + reset.port() + ")");
        }
      }
      for (Port port : instance.child().ports()) {
        Node.Wire input = instance.inputs().get(port);
        String value =
            input != null
                ? expressions.of(input.driver())
                : declarations.identifier(instance.outputs().get(port));
        String name = box == null ? portName(port) : port.name();
        connections.add("    ." + name + "(" + value + ")");
      }
      String module = childNames.get(instance.child());
      instance(
          lines,
          box == null ? module : module + BoxInstance.parameters(box),
          declarations.identifier(instance),
          connections);
    }
    return lines;
  }

  /** The port's name in the child, which differs from the wished one only for keywords. */
  private static String portName(Port port) {
    return new Names().unique(port.name());
  }

  private static void instance(
      List<String> lines, String module, String identifier, List<String> connections) {
    if (!lines.isEmpty()) {
      lines.add("");
    }
    lines.add("  " + module + " " + identifier + " (");
    lines.add(String.join(",\n", connections));
    lines.add("  );");
  }

  private String registerFiles(Usage part) {
    StringBuilder out = new StringBuilder();
    for (MemoryBlock memory : part.liveMemories()) {
      if (!memory.synchronous() && memory.isWritten()) {
        out.append(memoryPorts.registerFile(memory));
      }
    }
    return out.toString();
  }

  /** What no logic looks at is collected in one wire, so that tools need not warn of it. */
  private String unused() {
    List<String> parts = new ArrayList<>();
    List<Instance> children = netlist.instances();
    boolean clockUsed =
        !registers(usage).isEmpty()
            || usage.liveMemories().stream().anyMatch(m -> m.synchronous() || m.isWritten())
            || children.stream().anyMatch(i -> usesClock(i.child()));
    boolean resetUsed =
        registers(usage).stream().anyMatch(r -> r.resetValue() != null)
            || children.stream().anyMatch(i -> usesReset(i.child()));
    if (usesClock(netlist) && !clockUsed) {
      parts.add("clock");
    }
    if (usesReset(netlist) && !resetUsed) {
      parts.add(reset.port());
    }
    parts.addAll(unusedBits(usage, true));
    return unusedWire("unused_ok", parts);
  }

  private static String unusedWire(String identifier, List<String> parts) {
    return parts.isEmpty()
        ? ""
        : "\n  wire " + identifier + " = &{1'b0, " + String.join(", ", parts) + "};\n";
  }

  private List<String> unusedBits(Usage part, boolean withInputs) {
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
}
