package sluice.hdl.verilog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.hdl.netlist.BlackBox;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Crossing;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.Port;

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
      ResetStyle style,
      ClockPorts clocks) {
    this.netlist = netlist;
    this.name = name;
    this.childNames = childNames;
    this.prefix = prefix;
    this.style = style;
    this.clocks = clocks;
    this.usage = Usage.ofHardware(netlist);
    this.properties = Usage.ofProperties(netlist, usage);
    this.declarations = new Declarations(netlist, usage, properties);
    this.expressions = new Expressions(declarations);
    this.memoryPorts = new MemoryPorts(declarations, expressions, clocks);
  }

  /** The identifiers that the module declares, without local parameters. */
  List<DeclaredName> names() {
    return declarations.report();
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
    new ClockedBlocks(part, declarations, expressions, clocks, clocked)
        .write(netlist.clocks(), registers(part));
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
        new PropertyWriter(declarations, expressions, clocks)
            .write(netlist.clocks(), netlist.properties());
    String unused =
        UnusedBits.wire(
            "unused_property_ok", UnusedBits.of(netlist, declarations, properties, false));
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
        String kind = isSynchronizer(node) ? SYNCHRONIZER + " reg " : "reg ";
        lines.add(declaration(kind, node.width(), identifier) + ";");
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
              : declaration("wire", node.width(), identifier)
                  + " = "
                  + expressions.definition(node)
                  + ";");
    }
    for (Clock clock : netlist.clocks()) {
      if (part == usage && clocks.makesReset(netlist, clock)) {
        if (block) {
          lines.add("");
        }
        block = false;
        lines.add("  wire " + clocks.reset(clock) + " = " + resetValue(clock) + ";");
      }
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
      if (memory.synchronous()) {
        instance(
            lines,
            MemoryWrapper.of(memory, prefix).name(),
            declarations.identifier(memory),
            memoryPorts.connections(memory));
      }
    }
    return lines;
  }

  private List<String> instances() {
    List<String> lines = new ArrayList<>();
    for (Instance instance : netlist.instances()) {
      BlackBox box = instance.child().blackBox();
      List<String> connections = new ArrayList<>(clockAndReset(instance));
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

  private List<String> clockAndReset(Instance instance) {
    List<String> connections = new ArrayList<>();
    BlackBox box = instance.child().blackBox();
    for (Clock clock : instance.child().clocks()) {
      Clock own = instance.clocks().get(clock);
      if (clocks.hasClock(instance.child(), clock)) {
        String port = box == null ? clocks.clock(clock) : box.clock();
        connections.add("    ." + port + "(" + clocks.clock(own) + ")");
      }
      if (clocks.hasReset(instance.child(), clock)) {
        boolean inverted = box != null && box.resetActiveLow() != style.activeLow();
        String port = box == null ? clocks.reset(clock) : box.reset();
        connections.add("    ." + port + "(" + (inverted ? "~" : "") + clocks.reset(own) + ")");
      }
    }
    return connections;
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
    List<String> parts = new ArrayList<>(idleClocks());
    parts.addAll(UnusedBits.of(netlist, declarations, usage, true));
    return UnusedBits.wire("unused_ok", parts);
  }

  /** The clocks and resets that only properties, or registers that nothing reads, need. */
  private List<String> idleClocks() {
    Set<Clock> used = new HashSet<>();
    Set<Clock> resets = new HashSet<>();
    for (Node.Register register : registers(usage)) {
      used.add(register.clock().root());
      if (register.resetValue() != null) {
        resets.add(register.clock().resetOwner());
      }
    }
    usage.liveMemories().forEach(memory -> used.addAll(MemoryPorts.clocks(memory)));
    for (Instance instance : netlist.instances()) {
      instance
          .clocks()
          .forEach(
              (ofChild, own) -> {
                if (clocks.hasClock(instance.child(), ofChild)) {
                  used.add(own.root());
                }
                if (clocks.hasReset(instance.child(), ofChild)) {
                  resets.add(own.resetOwner());
                }
              });
    }
    List<String> idle = new ArrayList<>();
    for (Clock clock : netlist.clocks()) {
      if (clocks.hasClock(netlist, clock) && !used.contains(clock)) {
        idle.add(clocks.clock(clock));
      }
      boolean reset = clocks.hasReset(netlist, clock) || clocks.makesReset(netlist, clock);
      if (reset && !resets.contains(clock)) {
        idle.add(clocks.reset(clock));
      }
    }
    return idle;
  }
}
