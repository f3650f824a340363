package sluice.hdl.verilog;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import sluice.hdl.netlist.Clock;
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
  private final DerivedNames derived;
  private final Set<String> portNames = new HashSet<>();
  private final Map<Node, Port> mergedOutputs = new IdentityHashMap<>();
  private final Map<Node, Port> directOutputs = new IdentityHashMap<>();

  /** The first output port that shows a computed value without a name of the user's. */
  private final Map<Node, Port> outputs = new IdentityHashMap<>();

  /** The identifiers of mergeable values, should they be declared. */
  private final Map<Node, String> mergeable = new IdentityHashMap<>();

  private final Map<MemoryBlock, String> memories = new IdentityHashMap<>();
  private final Map<Instance, String> instances = new LinkedHashMap<>();
  private final Map<String, String> symbols = new HashMap<>();
  private final List<LocalParameter> localParameters = new ArrayList<>();

  /** A named constant. */
  private record LocalParameter(String name, int width, BigInteger value) {}

  /**
   * @param usage what is hardware
   * @param properties what only properties use; it is named last, so that it changes no other name
   */
  Declarations(Netlist netlist, Usage usage, Usage properties) {
    this.netlist = netlist;
    this.usage = usage;
    this.properties = properties;
    this.identifiers = new String[netlist.nodes().size()];
    this.origins = new NameOrigin[netlist.nodes().size()];
    this.derived =
        new DerivedNames(netlist, usage, this::given, this::identifier, this::identifier);
    names.unique("clock");
    names.unique("aresetn");
    names.unique("areset");
    names.unique("unused_ok");
    if (!netlist.properties().isEmpty()) {
      names.unique("unused_property_ok");
    }
    for (Clock clock : netlist.clocks()) {
      if (!clock.name().isEmpty()) {
        names.unique(clock.name() + "_clock");
        names.unique(clock.name() + "_aresetn");
        names.unique(clock.name() + "_areset");
      }
    }
    for (Port port : netlist.ports()) {
      declare(port.node(), names.unique(port.name()), NameOrigin.GIVEN);
      portNames.add(identifiers[port.node().id()]);
    }
    for (Node node : netlist.nodes()) {
      if (node.nameLevel() == NameLevel.RESERVED && identifiers[node.id()] == null) {
        String name = names.unique(node.name());
        if (isLive(node)) {
          declare(node, name, NameOrigin.GIVEN);
        }
      }
    }
    mergeOutputs();
    netlist.instances().forEach(i -> instances.put(i, names.unique(i.name())));
    nameMemories(usage);
    declareNamed();
    boolean[] needed = new boolean[identifiers.length];
    markNeeded(usage, needed);
    markNeeded(properties, needed);
    declareStateful(usage);
    declareNeeded(usage, needed);
    nameMemories(properties);
    declareStateful(properties);
    declareNeeded(properties, needed);
  }

  private void nameMemories(Usage part) {
    for (MemoryBlock memory : part.liveMemories()) {
      memories.put(memory, names.unique(memory.name() == null ? "memory" : memory.name()));
    }
  }

  private void markNeeded(Usage part, boolean[] needed) {
    part.computed().forEach(node -> markBitSources(node, needed));
    part.liveMemories().forEach(memory -> markWrites(memory, needed));
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
    for (Node node : netlist.nodes()) {
      if (identifiers[node.id()] != null) {
        continue;
      }
      if (node instanceof Node.InstanceOutput output) {
        declare(
            node,
            names.unique(
                instances.get(output.instance())
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
    for (Node node : netlist.nodes()) {
      if (node.nameLevel() == NameLevel.MERGEABLE && identifiers[node.id()] == null) {
        mergeable.put(node, names.unique(node.name()));
      }
    }
  }

  /** Registers, wires and reads of memories are declared in any case. */
  private void declareStateful(Usage part) {
    for (Node node : netlist.nodes()) {
      boolean stateful =
          node instanceof Node.Register || node instanceof Node.Wire || isSynchronousRead(node);
      if (stateful && part.isLive(node) && identifiers[node.id()] == null) {
        declareUnnamed(node);
      }
    }
  }

  private void declareUnnamed(Node node) {
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

  /** Values without a name that cannot, or should not, be written in place. */
  private void declareNeeded(Usage part, boolean[] needed) {
    int[] size = new int[identifiers.length];
    int[] depth = new int[identifiers.length];
    for (Node node : part.computed()) {
      if (identifiers[node.id()] != null || part.isProcedural(node)) {
        continue;
      }
      int operators = 1;
      for (Node operand : node.operands()) {
        operators += identifiers[operand.id()] == null ? size[operand.id()] : 0;
        depth[node.id()] = Math.max(depth[node.id()], depth[operand.id()] + 1);
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
      if (needed[node.id()] || isolated || large || shared) {
        declareUnnamed(node);
        size[node.id()] = 0;
        depth[node.id()] = 0;
      }
    }
  }

  private static boolean isConcat(Node node) {
    return node instanceof Node.Operation operation && operation.operator() == Operator.CONCAT;
  }

  /** Whether a value is computed by a {@code case}: a choice, or a word of a ROM. */
  static boolean isCase(Node node) {
    return node instanceof Node.Operation operation
        ? operation.operator() == Operator.CHOOSE
        : node instanceof Node.MemoryRead read
            && !read.memory().synchronous()
            && !read.memory().isWritten();
  }

  /** Writes of a register file in lanes take bits of the mask and of the data. */
  private void markWrites(MemoryBlock memory, boolean[] needed) {
    if (memory.synchronous()) {
      return;
    }
    for (MemoryBlock.Write write : memory.writes()) {
      markIndex(write.address(), needed);
      if (MemoryPorts.takesLanes(memory, write)) {
        needed[write.address().id()] = true;
        needed[write.data().id()] = true;
        needed[write.mask().id()] = true;
      }
    }
  }

  /**
   * An index that is computed gets a name: Icarus Verilog computes an index with more bits than its
   * operands have, so that a sum would not wrap around.
   */
  private void markIndex(Node index, boolean[] needed) {
    if (index instanceof Node.Operation operation) {
      boolean bitwise =
          switch (operation.operator()) {
            case AND, OR, XOR ->
                operation.operands().stream()
                    .noneMatch(o -> o instanceof Node.Operation && identifiers[o.id()] == null);
            case CONCAT, ZERO_EXTEND, SIGN_EXTEND -> true;
            default -> false;
          };
      needed[index.id()] |= !bitwise;
    }
  }

  /** Verilog selects bits of identifiers only, and words by a plain index. */
  private void markBitSources(Node node, boolean[] needed) {
    if (node instanceof Node.MemoryRead read) {
      markIndex(read.address(), needed);
    }
    if (node instanceof Node.Slice slice) {
      needed[slice.source().id()] = true;
    }
    if (node instanceof Node.Operation operation
        && operation.operator() == Operator.SIGN_EXTEND
        && !(operation.operands().get(0) instanceof Node.Slice)
        && operation.operands().get(0).width() > 1) {
      needed[operation.operands().get(0).id()] = true;
    }
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
      if (identifiers[node.id()] != null && (isPort(node) || usage.isLive(node))) {
        declared.putIfAbsent(identifiers[node.id()], origins[node.id()]);
      }
    }
    instances.forEach(
        (instance, name) ->
            declared.put(name, instance.isNamed() ? NameOrigin.GIVEN : NameOrigin.DERIVED));
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
    return identifiers[node.id()] != null && portNames.contains(identifiers[node.id()]);
  }

  /** The local parameter of a symbolic constant; declares it at the first use. */
  String symbol(Node.Constant constant) {
    String value = Expressions.literal(constant.width(), constant.value());
    String key = constant.symbol() + " " + value;
    return symbols.computeIfAbsent(
        key,
        k -> {
          String name = names.unique(constant.symbol());
          localParameters.add(new LocalParameter(name, constant.width(), constant.value()));
          return name;
        });
  }

  /** The local parameters in use, as they are declared. */
  List<String> localParameters() {
    return localParameters.stream()
        .sorted(
            Comparator.comparingInt(LocalParameter::width)
                .thenComparing(LocalParameter::value)
                .thenComparing(LocalParameter::name))
        .map(
            p ->
                (p.width() == 1 ? "" : MemoryWrapper.range(p.width()) + " ")
                    + p.name()
                    + " = "
                    + Expressions.literal(p.width(), p.value()))
        .toList();
  }
}
