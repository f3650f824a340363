package sluice.hdl.verilog;

import java.math.BigInteger;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import sluice.hdl.netlist.BuiltInNames;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.NameLevel;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.Port;

/**
 * Decides which values of a module get an identifier, and which. A value is written in place where
 * it is used once and has no name of its own; everything else is declared.
 */
final class Declarations {
  /** Operators in one expression; a larger one is split, so that lines stay readable. */
  private static final int LARGEST_EXPRESSION = 10;

  /** Expressions within each other; concatenations have no other limit. */
  private static final int DEEPEST_EXPRESSION = 50;

  private final Netlist netlist;
  private final Usage usage;
  private final Usage properties;
  private final Names names = new Names();
  private final String[] identifiers;
  private final NameOrigin[] origins;

  /** The nodes whose identifier is that of a port. */
  private final BitSet shown;

  private final Map<Node, Port> mergedOutputs = new HashMap<>();
  private final Map<Node, Port> directOutputs = new HashMap<>();

  /** The first output port that shows a computed value without a name of the user's. */
  private final Map<Node, Port> outputs = new HashMap<>();

  /** The identifiers of mergeable values, should they be declared. */
  private final Map<Node, String> mergeable = new HashMap<>();

  private final Map<MemoryBlock, String> memories = new IdentityHashMap<>();
  private final Map<Instance, String> instances = new LinkedHashMap<>();
  private final LocalParameters parameters = new LocalParameters(names);

  /**
   * @param usage what is hardware
   * @param properties what only properties use; it is named last, so that it changes no other name
   */
  Declarations(Netlist netlist, Usage usage, Usage properties) {
    this.netlist = netlist;
    this.usage = usage;
    this.properties = properties;
    this.identifiers = new String[netlist.idBound()];
    this.origins = new NameOrigin[netlist.idBound()];
    this.shown = new BitSet(netlist.idBound());
    BuiltInNames.of(netlist).forEach(names::unique);
    for (Port port : netlist.ports()) {
      declare(port.node(), names.unique(port.name()), NameOrigin.GIVEN);
      shown.set(port.node().id());
    }
    for (Node node : netlist.built().nodes()) {
      if (node.nameLevel() == NameLevel.RESERVED && identifiers[node.id()] == null) {
        String name = names.unique(node.name());
        if (isLive(node)) {
          declare(node, name, NameOrigin.GIVEN);
        }
      }
    }
    mergeOutputs();
    netlist.built().instances().forEach(i -> instances.put(i, names.unique(i.name())));
    nameMemories(usage);
    declareNamed();
    NeededNames needed = new NeededNames(netlist, this);
    needed.mark(usage);
    needed.mark(properties);
    declareUnnamed(usage, needed);
    if (!properties.isEmpty()) {
      nameMemories(properties);
      declareUnnamed(properties, needed);
    }
  }

  private void nameMemories(Usage part) {
    for (MemoryBlock memory : part.memories()) {
      memories.put(memory, names.unique(wishedName(memory)));
    }
  }

  /** A wrapper's words are called {@code memory}, which hides what is called so around it. */
  private static String wishedName(MemoryBlock memory) {
    String name = memory.name() == null ? "memory" : memory.name();
    return memory.synchronous() && name.equals("memory") ? "memory_words" : name;
  }

  private boolean isLive(Node node) {
    return usage.isLive(node) || properties.isLive(node);
  }

  /** A name that nothing has. */
  String unique(String wished) {
    return names.unique(wished);
  }

  private void declare(Node node, String identifier, NameOrigin origin) {
    identifiers[node.id()] = identifier;
    origins[node.id()] = origin;
  }

  /** The identifier of a value with a name of its own, or of the output port that shows it. */
  private String given(Node node) {
    if (origins[node.id()] == NameOrigin.GIVEN || node instanceof Node.InstanceOutput) {
      return identifiers[node.id()];
    }
    Port port = outputs.get(node);
    return port != null ? identifiers[port.node().id()] : mergeable.get(node);
  }

  /** An output that only passes on a register or a child's output shares its identifier. */
  private void mergeOutputs() {
    for (Port port : netlist.ports()) {
      if (port.direction() != Port.Direction.OUTPUT) {
        continue;
      }
      Node driver = ((Node.Wire) port.node()).driver();
      if (identifiers[driver.id()] != null) {
        continue;
      }
      if (driver instanceof Node.Register) {
        share(driver, port);
        mergedOutputs.put(port.node(), port);
      } else if (driver instanceof Node.InstanceOutput
          || (isSynchronousRead(driver) && !driver.isNamed())) {
        share(driver, port);
        directOutputs.put(port.node(), port);
      } else if (isComputed(driver) && !driver.isNamed()) {
        outputs.putIfAbsent(driver, port);
      }
    }
  }

  private void share(Node node, Port port) {
    declare(node, identifiers[port.node().id()], NameOrigin.GIVEN);
    shown.set(node.id());
  }

  private static boolean isSynchronousRead(Node node) {
    return node instanceof Node.MemoryRead read && read.memory().synchronous();
  }

  private static boolean isComputed(Node node) {
    return node instanceof Node.Operation
        || node instanceof Node.Slice
        || (node instanceof Node.MemoryRead read && !read.memory().synchronous());
  }

  /** Names of the user's are taken before others, whether the value is declared or not. */
  private void declareNamed() {
    for (Node node : netlist.built().nodes()) {
      if (identifiers[node.id()] != null) {
        continue;
      }
      if (node instanceof Node.InstanceOutput output) {
        declare(
            node,
            names.unique(
                Names.stem(instances.get(output.instance()))
                    + "_"
                    + output.port().name().toLowerCase(Locale.ROOT)),
            output.instance().isNamed() ? NameOrigin.GIVEN : NameOrigin.DERIVED);
      } else if (node.isNamed()) {
        String name = names.unique(node.name());
        if (isLive(node) && !(isComputed(node) && usage.onlyDrivesOutput(node))) {
          declare(node, name, NameOrigin.GIVEN);
        }
      }
    }
    for (Node node : netlist.built().nodes()) {
      if (node.nameLevel() == NameLevel.MERGEABLE && identifiers[node.id()] == null) {
        mergeable.put(node, names.unique(node.name()));
      }
    }
  }

  private void declareUnnamed(Usage part, NeededNames needed) {
    DerivedNames derived =
        new DerivedNames(netlist, part, this::given, this::identifier, this::identifier);
    declareStateful(part, derived);
    declareNeeded(part, needed, derived);
  }

  /** Registers, wires and reads of memories are declared in any case. */
  private void declareStateful(Usage part, DerivedNames derived) {
    for (Node node : netlist.nodes()) {
      boolean stateful =
          node instanceof Node.Register || node instanceof Node.Wire || isSynchronousRead(node);
      if (stateful && part.isLive(node) && identifiers[node.id()] == null) {
        declareUnnamed(node, derived);
      }
    }
  }

  private void declareUnnamed(Node node, DerivedNames derived) {
    Port port = outputs.get(node);
    if (port != null) {
      share(node, port);
      if (isCase(node)) {
        mergedOutputs.put(port.node(), port);
      }
    } else if (mergeable.containsKey(node)) {
      declare(node, mergeable.get(node), NameOrigin.GIVEN);
    } else {
      String name = derived.of(node);
      declare(
          node,
          names.unique(name == null ? "value" : name),
          name == null ? NameOrigin.INVENTED : NameOrigin.DERIVED);
    }
  }

  /**
   * Whether a value is computed by a {@code case}: a choice, or a word of a ROM. With a constant
   * for its index it is not, since a block that waits for nothing never starts.
   */
  static boolean isCase(Node node) {
    boolean choice =
        node instanceof Node.Operation operation
            ? operation.operator() == Operator.CHOOSE
            : isWordOfRom(node);
    return choice && Expressions.constantBits(node.operands().get(0)) == null;
  }

  /** Whether a value is read from a register file that is never written. */
  static boolean isWordOfRom(Node node) {
    return node instanceof Node.MemoryRead read
        && !read.memory().synchronous()
        && !read.memory().isWritten();
  }

  /** Values without a name that cannot, or should not, be written in place. */
  private void declareNeeded(Usage part, NeededNames needed, DerivedNames derived) {
    int[] size = new int[identifiers.length];
    boolean[] constant = new boolean[identifiers.length];
    int[] depth = new int[identifiers.length];
    for (Node node : part.computed()) {
      constant[node.id()] =
          (!(node instanceof Node.MemoryRead) || isWordOfRom(node))
              && node.operands().stream().allMatch(o -> isWrittenConstant(o, constant));
      if (isCase(node) && isWrittenConstant(node.operands().get(0), constant)) {
        // A case needs something to wait for.
        declareUnnamed(node.operands().get(0), derived);
      }
      if (identifiers[node.id()] != null || part.isProcedural(node)) {
        continue;
      }
      int operators = 1;
      for (Node operand : node.operands()) {
        operators += identifiers[operand.id()] == null ? size[operand.id()] : 0;
        // A concatenation within another is written as a part of it.
        int level = isConcat(node) && isConcat(operand) ? 0 : 1;
        depth[node.id()] = Math.max(depth[node.id()], depth[operand.id()] + level);
      }
      size[node.id()] = operators;
      boolean isolated =
          isCase(node)
              || (node instanceof Node.Operation operation
                  && !part.onlyDrivesOutput(node)
                  && (operation.operator() == Operator.SHIFT_RIGHT_SIGNED
                      || operation.operator() == Operator.MULTIPLY
                      || operation.operator() == Operator.MULTIPLY_SIGNED));
      boolean large =
          depth[node.id()] > DEEPEST_EXPRESSION
              || (operators > LARGEST_EXPRESSION && !isConcat(node));
      boolean shared = part.uses(node) > 1 && !isCheap(node);
      if (needed.contains(node) || isolated || large || shared) {
        declareUnnamed(node, derived);
        size[node.id()] = 0;
        depth[node.id()] = 0;
      }
    }
  }

  /** Whether no signal is in the expression of a value. */
  private boolean isWrittenConstant(Node node, boolean[] constant) {
    return node instanceof Node.Constant || (identifiers[node.id()] == null && constant[node.id()]);
  }

  private static boolean isConcat(Node node) {
    return node instanceof Node.Operation operation && operation.operator() == Operator.CONCAT;
  }

  /** Whether repeating the expression reads better than naming it. */
  private boolean isCheap(Node node) {
    if (node instanceof Node.Slice) {
      return true;
    }
    if (node instanceof Node.Operation operation) {
      Node first = operation.operands().get(0);
      boolean simple = identifiers[first.id()] != null || first instanceof Node.Slice;
      return switch (operation.operator()) {
        case NOT, ZERO_EXTEND, SIGN_EXTEND -> simple;
        // A comparison with a state reads best where it is, and as a case label.
        case EQUAL ->
            operation.operands().get(1) instanceof Node.Constant constant
                && constant.symbol() != null;
        default -> false;
      };
    }
    return false;
  }

  /** All identifiers of the module but its local parameters, in order of declaration. */
  List<DeclaredName> report() {
    Map<String, NameOrigin> declared = new LinkedHashMap<>();
    for (Node node : netlist.nodes()) {
      if (identifiers[node.id()] != null && (isPort(node) || isLive(node))) {
        declared.putIfAbsent(identifiers[node.id()], origins[node.id()]);
      }
    }
    for (Instance instance : netlist.instances()) {
      declared.put(
          instances.get(instance), instance.isNamed() ? NameOrigin.GIVEN : NameOrigin.DERIVED);
    }
    memories.forEach(
        (memory, name) ->
            declared.put(name, memory.name() == null ? NameOrigin.INVENTED : NameOrigin.GIVEN));
    return declared.entrySet().stream()
        .map(name -> new DeclaredName(name.getKey(), name.getValue()))
        .toList();
  }

  /** The identifier of a value, or null where it is written in place. */
  String identifier(Node node) {
    return identifiers[node.id()];
  }

  String identifier(MemoryBlock memory) {
    return memories.get(memory);
  }

  String identifier(Instance instance) {
    return instances.get(instance);
  }

  /** Whether an output port is a register of its own. */
  boolean isRegisterOutput(Node port) {
    return mergedOutputs.containsKey(port);
  }

  /** Whether a computed value is declared as an output port, which it is assigned to. */
  boolean isAssignedOutput(Node.Wire port) {
    return identifiers[port.id()].equals(identifiers[port.driver().id()]);
  }

  /** Whether an output port is connected to a child's or a memory's output directly. */
  boolean isDirectOutput(Node port) {
    return directOutputs.containsKey(port);
  }

  /** Whether an identifier is declared as a port. */
  boolean isPort(Node node) {
    return shown.get(node.id());
  }

  /** A declaration, without the semicolon. */
  static String text(String kind, int width, String identifier) {
    String range = MemoryWrapper.range(width);
    return "  " + kind + " " + (range.isEmpty() ? "" : range + " ") + identifier;
  }

  /** The local parameter of a symbolic constant; declares it at the first use. */
  String symbol(Node.Constant constant) {
    return parameters.of(constant.symbol(), constant.width(), constant.value(), constant.site());
  }

  /** The local parameter of a state that a register holds; declares it at the first use. */
  String symbol(String state, Node.Register register, BigInteger code) {
    return parameters.of(state, register.width(), code, register.site());
  }

  /**
   * The local parameters that came into use since this was asked for, as they are declared.
   *
   * @param part whose named constants are among them
   */
  List<String> localParameters(Usage part, Locators locators) {
    for (Node node : netlist.nodes()) {
      if (node instanceof Node.Constant constant
          && identifier(constant) != null
          && part.isLive(constant)) {
        parameters.add(identifier(constant), constant);
      }
    }
    return parameters.take(locators);
  }
}
