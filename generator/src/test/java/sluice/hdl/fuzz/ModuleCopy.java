package sluice.hdl.fuzz;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.Property;
import sluice.hdl.netlist.Site;
import sluice.hdl.netlist.StateMachine;

/**
 * The copy of one module. Nodes are made in the order in which they were; where a node has become
 * narrower, what uses it takes its low bits and zeros.
 */
final class ModuleCopy {
  private final Netlist original;
  private final Change change;
  private final Reached reached;
  private final Map<Netlist, ModuleCopy> children;
  private final Netlist copy;
  private final Map<Node, Node> nodes = new HashMap<>();
  private final Map<Clock, Clock> clocks = new IdentityHashMap<>();
  private final Map<MemoryBlock, MemoryBlock> memories = new IdentityHashMap<>();
  private final Map<Port, Port> ports = new HashMap<>();
  private final Map<Instance, Instance> instances = new IdentityHashMap<>();

  /** For each wire that drives an input of a child, what it drives. */
  private final Map<Node, Port> driven = new HashMap<>();

  /**
   * @param reached what is copied; null for all
   * @param children the copies of the modules below
   */
  ModuleCopy(Netlist original, Change change, Reached reached, Map<Netlist, ModuleCopy> children) {
    this.original = original;
    this.change = change;
    this.reached = reached;
    this.children = children;
    this.copy = new Netlist(original.name(), original.site());
    copy.setDescription(original.description());
    for (Clock clock : original.clocks()) {
      if (clock.base() == null && (keeps(clock) || clock == original.clock())) {
        portClock(clock);
      }
    }
    for (MemoryBlock memory : original.memories()) {
      if (reached == null || reached.contains(memory)) {
        memories.put(memory, copy(memory));
      }
    }
    for (Instance instance : original.instances()) {
      if (reached == null || reached.contains(instance)) {
        place(instance);
      }
    }
    for (Node node : original.nodes()) {
      if (keeps(node)) {
        Node made = make(node);
        if (change.keepsNames() && made != null && node.name() != null && made.name() == null) {
          made.rename(node.name(), node.nameLevel());
        }
        nodes.put(node, made);
      }
    }
    original.clocks().stream().filter(this::keeps).forEach(this::clock);
    connect();
    original.ports().forEach(this::copyPort);
  }

  Netlist copy() {
    return copy;
  }

  private boolean keeps(Node node) {
    return reached == null || reached.contains(node);
  }

  private boolean keeps(Clock clock) {
    return reached == null || reached.contains(clock);
  }

  private void portClock(Clock clock) {
    Clock made = copy.clock();
    if (clock != original.clock()) {
      made = new Clock(clock.name(), null, null, clock.asynchronousReset(), clock.site());
      copy.clocks().add(made);
    }
    if (!clock.hasReset()) {
      made.removeReset();
    }
    clocks.put(clock, made);
  }

  /** The copy of a clock; those that are derived are made when one is asked for, in order. */
  private Clock clock(Clock clock) {
    for (Clock next : original.clocks()) {
      if (clocks.containsKey(clock)) {
        break;
      }
      if (!clocks.containsKey(next) && keeps(next)) {
        Clock base = clocks.get(next.base());
        Node reset = next.reset() == null ? null : fitted(next.reset(), 1);
        Clock made = new Clock(next.name(), base, reset, next.asynchronousReset(), next.site());
        copy.clocks().add(made);
        clocks.put(next, made);
      }
    }
    return clocks.get(clock);
  }

  private MemoryBlock copy(MemoryBlock memory) {
    int width = memory.width();
    for (Node.MemoryRead read : memory.reads()) {
      width = Math.min(width, change.width(read));
    }
    for (MemoryBlock.ReadWrite port : memory.readWrites()) {
      width = Math.min(width, change.width(port.read()));
    }
    int most = width;
    MemoryBlock made = new MemoryBlock(memory.depth(), width, memory.synchronous(), memory.site());
    if (change.keepsNames()) {
      made.rename(memory.name());
    }
    made.setLatency(memory.latency());
    int lane = memory.maskGranularity();
    made.setMaskGranularity(lane == 0 || width % lane == 0 ? lane : width);
    if (memory.contents() != null) {
      made.setContents(memory.contents().stream().map(word -> low(word, most)).toList());
    }
    copy.memories().add(made);
    return made;
  }

  private void place(Instance instance) {
    Instance made =
        new Instance(children.get(instance.child()).copy, instance.name(), instance.site());
    if (instance.isNamed()) {
      made.rename(instance.name());
    }
    copy.instances().add(made);
    instances.put(instance, made);
    instance.inputs().forEach((port, wire) -> driven.put(wire, port));
  }

  private static BigInteger low(BigInteger bits, int width) {
    return bits.mod(BigInteger.ONE.shiftLeft(width));
  }

  /** The copy of a node; null for a place to assign a child's input to that has gone. */
  private Node make(Node node) {
    Site site = node.site();
    int width = change.width(node);
    Change.Replacement replacement = change.of(node);
    if (replacement == Change.Replacement.ZERO || replacement == Change.Replacement.ONES) {
      BigInteger ones = BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE);
      boolean zero = replacement == Change.Replacement.ZERO;
      return new Node.Constant(copy, width, zero ? BigInteger.ZERO : ones, null, site);
    }
    if (replacement != null && !isLater(node)) {
      return fitted(DesignCopy.operand(node, replacement), width);
    }
    if (node instanceof Node.Constant constant) {
      String symbol = change.keepsNames() ? constant.symbol() : null;
      return new Node.Constant(copy, width, low(constant.value(), width), symbol, site);
    } else if (node instanceof Node.Input) {
      return new Node.Input(copy, width, site);
    } else if (node instanceof Node.Register register && replacement == null) {
      Node.Register made =
          new Node.Register(copy, clock(register.clock()), register.crossing(), width, site);
      if (register.resetValue() != null) {
        made.setResetValue(low(register.resetValue(), width));
      }
      return made;
    } else if (isLater(node)) {
      Port port = driven.get(node);
      return new Node.Wire(copy, port == null ? width : inputWidth(port, width), site);
    } else if (node instanceof Node.MemoryRead read) {
      Node address = fitted(read.address(), read.address().width());
      Node enable = read.enable() == null ? null : fitted(read.enable(), 1);
      return new Node.MemoryRead(
          copy, clock(read.clock()), memories.get(read.memory()), address, enable, site);
    } else if (node instanceof Node.InstanceOutput output) {
      Port port = children.get(output.instance().child()).ports.get(output.port());
      return new Node.InstanceOutput(copy, instances.get(output.instance()), port, site);
    } else if (node instanceof Node.Slice slice) {
      Node source = nodes.get(slice.source());
      int bits = Math.min(width, source.width());
      int low = Math.min(slice.low(), source.width() - bits);
      return new Node.Slice(copy, source, low, bits, site);
    } else if (node instanceof Node.Operation operation) {
      return operation(operation, width);
    }
    return new Node.Undriven(copy, width, site);
  }

  /** Whether it is driven after it is made; a register that is left out is such a wire. */
  private static boolean isLater(Node node) {
    return node instanceof Node.Wire || node instanceof Node.Register;
  }

  private int inputWidth(Port port, int width) {
    for (Instance instance : original.instances()) {
      if (instance.child().ports().contains(port) && instances.containsKey(instance)) {
        Port made = children.get(instance.child()).ports.get(port);
        return made == null ? width : made.node().width();
      }
    }
    return width;
  }

  private Node operation(Node.Operation operation, int width) {
    List<Node> operands = operation.operands();
    Operator operator = operation.operator();
    Node a = nodes.get(operands.get(0));
    return switch (operator) {
      case NOT, AND, OR, XOR, ADD, SUB -> made(operation, width, fitted(operands, 0, width));
      case MULTIPLY, MULTIPLY_SIGNED -> {
        Node b = nodes.get(operands.get(1));
        yield made(operation, a.width() + b.width(), List.of(a, b));
      }
      case EQUAL, NOT_EQUAL, LESS, LESS_SIGNED -> {
        int most = Math.max(a.width(), nodes.get(operands.get(1)).width());
        yield made(operation, 1, fitted(operands, 0, most));
      }
      case SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_SIGNED ->
          made(
              operation,
              width,
              List.of(fitted(operands.get(0), width), nodes.get(operands.get(1))));
      case REDUCE_AND, REDUCE_OR, REDUCE_XOR -> made(operation, 1, List.of(a));
      case MUX -> {
        Node condition = fitted(operands.get(0), 1);
        List<Node> choices = fitted(operands, 1, width);
        yield made(operation, width, List.of(condition, choices.get(0), choices.get(1)));
      }
      case ZERO_EXTEND, SIGN_EXTEND ->
          a.width() < width ? made(operation, width, List.of(a)) : fitted(operands.get(0), width);
      case CONCAT -> {
        List<Node> parts = operands.stream().map(nodes::get).toList();
        yield made(operation, parts.stream().mapToInt(Node::width).sum(), parts);
      }
      case CHOOSE -> {
        List<Node> choices = new ArrayList<>(List.of(a));
        choices.addAll(fitted(operands, 1, width));
        yield made(operation, width, choices);
      }
    };
  }

  private Node made(Node.Operation operation, int width, List<Node> operands) {
    return new Node.Operation(copy, operation.operator(), width, operands, operation.site());
  }

  private List<Node> fitted(List<Node> values, int from, int width) {
    return values.subList(from, values.size()).stream().map(value -> fitted(value, width)).toList();
  }

  /** The copy of a value, with as many bits as are wanted. */
  private Node fitted(Node value, int width) {
    Node made = nodes.get(value);
    if (made.width() > width) {
      return new Node.Slice(copy, made, 0, width, value.site());
    }
    return made.width() == width
        ? made
        : new Node.Operation(copy, Operator.ZERO_EXTEND, width, List.of(made), value.site());
  }

  /** Sets what was not known when it was made. */
  private void connect() {
    for (Node node : original.nodes()) {
      if (!isLater(node)) {
        continue;
      }
      Node source = node instanceof Node.Wire wire ? wire.driver() : ((Node.Register) node).next();
      if (nodes.get(node) instanceof Node.Register made && made.next() == null) {
        made.setNext(fitted(source, made.width()));
      } else if (nodes.get(node) instanceof Node.Wire made && made.driver() == null) {
        made.setDriver(fitted(source, made.width()));
      }
    }
    original.memories().stream()
        .filter(memories::containsKey)
        .forEach(memory -> connect(memory, memories.get(memory)));
    original.instances().stream()
        .filter(instances::containsKey)
        .forEach(instance -> connect(instance, instances.get(instance)));
    if (change.keepsProperties()) {
      for (Property property : original.properties()) {
        Node enable = property.enable() == null ? null : fitted(property.enable(), 1);
        copy.properties()
            .add(
                new Property(
                    property.kind(),
                    clock(property.clock()),
                    enable,
                    fitted(property.condition(), 1),
                    property.text(),
                    property.site()));
      }
    }
    for (StateMachine machine : original.stateMachines()) {
      if (reached == null) {
        Node.Register register = (Node.Register) nodes.get(machine.register());
        copy.stateMachines().add(new StateMachine(register, machine.states()));
      }
    }
  }

  private void connect(MemoryBlock memory, MemoryBlock made) {
    for (MemoryBlock.Write write : memory.writes()) {
      made.writes()
          .add(
              new MemoryBlock.Write(
                  fitted(write.enable(), 1),
                  fitted(write.address(), write.address().width()),
                  fitted(write.data(), made.width()),
                  write.mask() == null ? null : fitted(write.mask(), made.lanes()),
                  clock(write.clock()),
                  write.site()));
    }
    for (MemoryBlock.ReadWrite port : memory.readWrites()) {
      if (nodes.get(port.read()) instanceof Node.MemoryRead read && read.memory() == made) {
        made.share(
            read,
            fitted(port.mode(), 1),
            fitted(port.data(), made.width()),
            port.mask() == null ? null : fitted(port.mask(), made.lanes()),
            port.site());
      }
    }
  }

  private void connect(Instance instance, Instance made) {
    ModuleCopy child = children.get(instance.child());
    for (Clock clock : instance.child().clocks()) {
      if (clock.base() == null && child.clocks.containsKey(clock)) {
        // An implicit clock is there whether something needs it or not.
        Clock own = keeps(clock) ? clock(instance.clocks().get(clock)) : copy.clock();
        made.clocks().put(child.clocks.get(clock), own);
      }
    }
    for (Port port : instance.child().ports()) {
      Port copied = child.ports.get(port);
      if (copied == null) {
        continue;
      }
      if (port.direction() == Port.Direction.INPUT) {
        Node wire = nodes.get(instance.inputs().get(port));
        if (!(wire instanceof Node.Wire) || wire.width() != copied.node().width()) {
          Node.Wire other = new Node.Wire(copy, copied.node().width(), instance.site());
          other.setDriver(fitted(instance.inputs().get(port), other.width()));
          wire = other;
        }
        made.inputs().put(copied, (Node.Wire) wire);
      } else {
        Node output = nodes.get(instance.outputs().get(port));
        if (!(output instanceof Node.InstanceOutput)) {
          output = new Node.InstanceOutput(copy, made, copied, instance.site());
        }
        made.outputs().put(copied, (Node.InstanceOutput) output);
      }
    }
  }

  private void copyPort(Port port) {
    Node node = nodes.get(port.node());
    boolean output = port.direction() == Port.Direction.OUTPUT;
    if (node == null || (output && change.isDropped(port))) {
      return;
    }
    if (output && !(node instanceof Node.Wire)) {
      Node.Wire wire = new Node.Wire(copy, node.width(), port.node().site());
      wire.setDriver(node);
      node = wire;
    }
    Clock clock = port.clock() == null || !keeps(port.clock()) ? copy.clock() : clock(port.clock());
    Port made = new Port(port.name(), port.direction(), node, port.group(), clock);
    copy.ports().add(made);
    ports.put(port, made);
  }
}
