package sluice.hdl.verilog;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
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
  private final Names names = new Names();
  private final String[] identifiers;
  private final Set<String> portNames = new HashSet<>();
  private final Map<Node, Port> mergedOutputs = new IdentityHashMap<>();
  private final Map<Node, Port> directOutputs = new IdentityHashMap<>();
  private final Map<MemoryBlock, String> memories = new IdentityHashMap<>();
  private final Map<Instance, String> instances = new IdentityHashMap<>();
  private final Map<String, String> symbols = new HashMap<>();
  private final List<LocalParameter> localParameters = new ArrayList<>();

  /** A named constant. */
  private record LocalParameter(String name, int width, BigInteger value) {}

  /**
   * @param usage what is hardware
   * @param properties what only properties use; it gets its names last, so that it changes no other
   */
  Declarations(Netlist netlist, Usage usage, Usage properties) {
    this.netlist = netlist;
    this.identifiers = new String[netlist.nodes().size()];
    names.unique("clock");
    names.unique("aresetn");
    names.unique("areset");
    names.unique("unused_ok");
    names.unique("unused_property_ok");
    for (Port port : netlist.ports()) {
      identifiers[port.node().id()] = names.unique(port.name());
      portNames.add(identifiers[port.node().id()]);
    }
    mergeOutputs();
    netlist.instances().forEach(i -> instances.put(i, names.unique(i.name())));
    boolean[] needed = new boolean[identifiers.length];
    declareNamedAndMemories(usage);
    markNeeded(usage, needed);
    markNeeded(properties, needed);
    declareNeeded(usage, needed);
    declareNamedAndMemories(properties);
    declareNeeded(properties, needed);
  }

  /** A name that nothing has. */
  String unique(String wished) {
    return names.unique(wished);
  }

  private void declareNamedAndMemories(Usage usage) {
    for (MemoryBlock memory : usage.liveMemories()) {
      memories.put(memory, names.unique(memory.name() == null ? "memory" : memory.name()));
    }
    declareNamed(usage);
  }

  private void markNeeded(Usage usage, boolean[] needed) {
    usage.computed().forEach(node -> markBitSources(node, needed));
    usage.liveMemories().forEach(memory -> markWrites(memory, needed));
  }

  /** An output that only passes on a register or a child's output shares its identifier. */
  private void mergeOutputs() {
    for (Port port : netlist.ports()) {
      if (port.direction() != Port.Direction.OUTPUT) {
        continue;
      }
      Node driver = ((Node.Wire) port.node()).driver();
      if (driver instanceof Node.Register && identifiers[driver.id()] == null) {
        identifiers[driver.id()] = identifiers[port.node().id()];
        mergedOutputs.put(port.node(), port);
      } else if (driver instanceof Node.InstanceOutput && identifiers[driver.id()] == null) {
        identifiers[driver.id()] = identifiers[port.node().id()];
        directOutputs.put(port.node(), port);
      }
    }
  }

  private void declareNamed(Usage usage) {
    for (Node node : netlist.nodes()) {
      if (!usage.isLive(node) || identifiers[node.id()] != null) {
        continue;
      }
      if (node instanceof Node.InstanceOutput output) {
        identifiers[node.id()] =
            names.unique(
                instances.get(output.instance())
                    + "_"
                    + output.port().name().toLowerCase(Locale.ROOT));
      } else if (node instanceof Node.Register) {
        identifiers[node.id()] = names.unique(node.name() == null ? "register" : node.name());
      } else if (node instanceof Node.Wire) {
        identifiers[node.id()] = names.unique(node.name() == null ? "connection" : node.name());
      } else if (node instanceof Node.MemoryRead read && read.memory().synchronous()) {
        identifiers[node.id()] =
            names.unique(node.name() == null ? memories.get(read.memory()) + "_data" : node.name());
      } else if (node.name() != null
          && (node instanceof Node.Operation
              || node instanceof Node.Slice
              || node instanceof Node.MemoryRead)
          && !usage.onlyDrivesOutput(node)) {
        identifiers[node.id()] = names.unique(node.name());
      }
    }
  }

  /** Values without a name that cannot, or should not, be written in place. */
  private void declareNeeded(Usage usage, boolean[] needed) {
    int[] size = new int[identifiers.length];
    int[] depth = new int[identifiers.length];
    for (Node node : usage.computed()) {
      if (identifiers[node.id()] != null || usage.isProcedural(node)) {
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
                  && !usage.onlyDrivesOutput(node)
                  && (operation.operator() == Operator.SHIFT_RIGHT_SIGNED
                      || operation.operator() == Operator.MULTIPLY
                      || operation.operator() == Operator.MULTIPLY_SIGNED));
      boolean large =
          depth[node.id()] > DEEPEST_EXPRESSION
              || (operators > LARGEST_EXPRESSION && !isConcat(node));
      boolean shared = usage.uses(node) > 1 && !isCheap(node);
      if (needed[node.id()] || isolated || large || shared) {
        identifiers[node.id()] = names.unique(structuralName(node));
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

  /** A name from what the value is, which no edit elsewhere changes. */
  private String structuralName(Node node) {
    if (node instanceof Node.MemoryRead read) {
      return memories.get(read.memory()) + "_data";
    }
    String word = "value";
    if (node instanceof Node.Operation operation) {
      word = word(operation.operator());
      for (Node operand : operation.operands()) {
        String of = identifiers[operand.id()];
        if (of != null && of.length() <= 24) {
          return word + "_" + of;
        }
      }
    }
    return word;
  }

  private static String word(Operator operator) {
    return switch (operator) {
      case NOT -> "not";
      case AND -> "both";
      case OR -> "any";
      case XOR -> "differs";
      case ADD -> "sum";
      case SUB -> "difference";
      case MULTIPLY, MULTIPLY_SIGNED -> "product";
      case EQUAL -> "equal";
      case NOT_EQUAL -> "unequal";
      case LESS, LESS_SIGNED -> "less";
      case SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_SIGNED -> "shifted";
      case REDUCE_AND -> "all_of";
      case REDUCE_OR -> "any_of";
      case REDUCE_XOR -> "parity_of";
      case MUX, CHOOSE -> "choice";
      case ZERO_EXTEND, SIGN_EXTEND -> "extended";
      case CONCAT -> "joined";
    };
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

  /** Whether an output port is connected to a child's output directly. */
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
