package sluice.hdl.verilog;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.Liveness;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.Property;

/**
 * How often each value of a part of a netlist is used in that part, where, and which bits of it.
 * There are two parts: the hardware, and what only properties use.
 */
final class Usage {
  /** Conditions within each other in a clocked block; what is deeper is computed before it. */
  private static final int DEEPEST_IF = 20;

  /** Nobody changes it. */
  private static final BitSet NONE = new BitSet(0);

  private final Netlist netlist;
  private final BitSet childInputs = new BitSet();
  private final int[] uses;

  /** How many choices of clocked blocks each value decides. */
  private final int[] branches;

  /** The used bits of values of up to 64 bits, and of wider ones. */
  private final long[] bits;

  private final Map<Node, BitSet> wideBits = new HashMap<>();
  private final BitSet driverOnly = new BitSet();
  private final BitSet procedural = new BitSet();

  /** The register that a procedural choice leads to. */
  private final Map<Node, Node> holder = new HashMap<>();

  /** The computed values in order, once they were asked for. */
  private List<Node> computed;

  /** What of the netlist is hardware; null for all. */
  private final Liveness hardware;

  /** Whether this is the part of the properties. */
  private final boolean ofProperties;

  private Usage(Netlist netlist, Liveness hardware, boolean ofProperties) {
    this.netlist = netlist;
    this.hardware = hardware;
    this.ofProperties = ofProperties;
    this.uses = new int[netlist.idBound()];
    this.branches = new int[netlist.idBound()];
    this.bits = new long[netlist.idBound()];
    if (isEmpty()) {
      return;
    }
    for (Instance instance : netlist.instances()) {
      boolean here = isLive(instance);
      for (Node.Wire input : instance.inputs().values()) {
        childInputs.set(input.id());
        if (here) {
          useWhole(input.driver());
        }
      }
    }
    memories().forEach(this::useWrites);
    for (Node node : netlist.nodes()) {
      if (isLive(node)) {
        useOperands(node);
      }
    }
  }

  /**
   * What is hardware.
   *
   * @param hardware null if everything is
   * @param makesReset whether a clock's reset is made from a signal, and needed
   */
  static Usage ofHardware(Netlist netlist, Liveness hardware, Predicate<Clock> makesReset) {
    Usage usage = new Usage(netlist, hardware, false);
    usage.useOutside(makesReset);
    usage.finish();
    return usage;
  }

  /**
   * What only properties use.
   *
   * @param hardware what is not looked at
   */
  static Usage ofProperties(Netlist netlist, Liveness hardware) {
    Usage usage = new Usage(netlist, hardware, true);
    if (!usage.isEmpty()) {
      for (Property property : netlist.properties()) {
        property.operands().forEach(usage::useWhole);
      }
      usage.finish();
    }
    return usage;
  }

  private void useOutside(Predicate<Clock> makesReset) {
    for (Clock clock : netlist.clocks()) {
      if (makesReset.test(clock)) {
        useWhole(clock.reset());
      }
    }
    for (Port port : netlist.ports()) {
      if (port.direction() == Port.Direction.OUTPUT) {
        Node driver = ((Node.Wire) port.node()).driver();
        useBits(driver, 0, driver.width());
        if (uses[driver.id()] == 1) {
          driverOnly.set(driver.id());
        }
      }
    }
  }

  private void finish() {
    markProcedural();
    markBits();
  }

  private void useOperands(Node node) {
    List<Node> operands = node.operands();
    for (int i = 0; i < operands.size(); i++) {
      uses[operands.get(i).id()]++;
    }
    if (node instanceof Node.Register register && register.next() != register) {
      uses[register.next().id()]++;
    }
    if (node instanceof Node.MemoryRead read && read.memory().synchronous()) {
      useWhole(read.address());
      useWhole(read.enable());
    }
  }

  /** Writes of a memory; its reads are among the nodes. */
  private void useWrites(MemoryBlock memory) {
    memory.writes().forEach(write -> write.operands().forEach(this::useWhole));
    for (MemoryBlock.ReadWrite port : memory.readWrites()) {
      useWhole(port.mode());
      useWhole(port.data());
      if (port.mask() != null) {
        useWhole(port.mask());
      }
    }
  }

  private void useWhole(Node node) {
    uses[node.id()]++;
    useBits(node, 0, node.width());
  }

  /** A value on the way to a register, and how many conditions hold for it. */
  private record Held(Node value, int depth) {}

  /**
   * Marks the choices that a clocked block can write as {@code if}: unnamed, used once, on the way
   * from a register's next value, and not too deeply within others.
   */
  private void markProcedural() {
    Deque<Held> values = new ArrayDeque<>();
    for (Node node : netlist.nodes()) {
      if (node instanceof Node.Register register && isLive(register)) {
        values.push(new Held(register.next(), 0));
        while (!values.isEmpty()) {
          Held held = values.pop();
          if (held.value() instanceof Node.Operation choice
              && choice.operator() == Operator.MUX
              && !choice.isNamed()
              && held.depth() < DEEPEST_IF
              && uses[choice.id()] == 1) {
            procedural.set(choice.id());
            branches[choice.operands().get(0).id()]++;
            holder.put(choice, register);
            values.push(new Held(choice.operands().get(1), held.depth() + 1));
            values.push(new Held(choice.operands().get(2), held.depth()));
          }
        }
      }
    }
  }

  /** Collects the used bits; that a register keeps its value is no use of it. */
  private void markBits() {
    for (Node node : netlist.nodes()) {
      if (!isLive(node)) {
        continue;
      }
      List<Node> operands = node.operands();
      for (int i = 0; i < operands.size(); i++) {
        Node operand = operands.get(i);
        if (node instanceof Node.Slice slice) {
          useBits(operand, slice.low(), slice.width());
        } else if (i == 0 || !procedural.get(node.id()) || holder.get(node) != operand) {
          useBits(operand, 0, operand.width());
        }
      }
      if (node instanceof Node.Register register && register.next() != register) {
        useBits(register.next(), 0, register.width());
      }
    }
  }

  private void useBits(Node node, int low, int width) {
    if (node.width() <= Long.SIZE) {
      bits[node.id()] |= (-1L >>> (Long.SIZE - width)) << low;
    } else {
      wideBits.computeIfAbsent(node, n -> new BitSet()).set(low, low + width);
    }
  }

  /**
   * The live values that are computed within a cycle, each after its operands, otherwise in order
   * of creation.
   */
  List<Node> computed() {
    if (computed == null) {
      computed = Collections.unmodifiableList(inOrder());
    }
    return computed;
  }

  private List<Node> inOrder() {
    List<Node> order = new ArrayList<>();
    if (isEmpty()) {
      return order;
    }
    BitSet seen = new BitSet(netlist.idBound());
    Deque<Node> path = new ArrayDeque<>();
    for (Node start : netlist.nodes()) {
      if (isComputed(start) && !seen.get(start.id()) && isLive(start)) {
        path.push(start);
      }
      while (!path.isEmpty()) {
        Node node = path.peek();
        boolean ready = true;
        if (!seen.get(node.id())) {
          for (Node operand : node.operands()) {
            if (isComputed(operand) && isLive(operand) && !seen.get(operand.id())) {
              path.push(operand);
              ready = false;
              break;
            }
          }
        }
        if (ready) {
          path.pop();
          if (!seen.get(node.id())) {
            seen.set(node.id());
            order.add(node);
          }
        }
      }
    }
    return order;
  }

  private static boolean isComputed(Node node) {
    return node instanceof Node.Operation
        || node instanceof Node.Slice
        || (node instanceof Node.MemoryRead read && !read.memory().synchronous());
  }

  /** Whether a value is in this part; the place to assign a child's input to is none. */
  boolean isLive(Node node) {
    return netlist.contains(node)
        && !childInputs.get(node.id())
        && (hardware == null || hardware.isLive(node)) != ofProperties;
  }

  private boolean isLive(Instance instance) {
    return (hardware == null || hardware.isLive(instance)) != ofProperties;
  }

  private boolean isLive(MemoryBlock memory) {
    return (hardware == null || hardware.isLive(memory)) != ofProperties;
  }

  /** Whether nothing can be in this part, since all is hardware. */
  boolean isEmpty() {
    return ofProperties && hardware == null;
  }

  /** Whether there may be another part. */
  boolean isAPart() {
    return hardware != null;
  }

  /** Whether this is what only properties use. */
  boolean isOfProperties() {
    return ofProperties;
  }

  /** The memories of this part, in order of declaration. */
  List<MemoryBlock> memories() {
    return netlist.memories().stream().filter(this::isLive).toList();
  }

  /** The instances of this part, in order of declaration. */
  List<Instance> instances() {
    return netlist.instances().stream().filter(this::isLive).toList();
  }

  /** The registers of this part, in order of declaration. */
  List<Node.Register> registers() {
    List<Node.Register> result = new ArrayList<>();
    for (Node node : netlist.nodes()) {
      if (node instanceof Node.Register register && isLive(register)) {
        result.add(register);
      }
    }
    return result;
  }

  int uses(Node node) {
    return uses[node.id()];
  }

  /** Whether a value decides branches of clocked blocks, and is used nowhere else. */
  boolean onlyDecidesBranches(Node node) {
    return uses[node.id()] == branches[node.id()];
  }

  /** Whether the only use is to drive an output port. */
  boolean onlyDrivesOutput(Node node) {
    return driverOnly.get(node.id());
  }

  boolean isProcedural(Node node) {
    return procedural.get(node.id());
  }

  /** The bits of a value that nothing uses. */
  BitSet unusedBits(Node node) {
    if (node.width() <= Long.SIZE && bits[node.id()] == -1L >>> (Long.SIZE - node.width())) {
      return NONE;
    }
    BitSet unused = new BitSet();
    unused.set(0, node.width());
    unused.andNot(
        node.width() <= Long.SIZE
            ? BitSet.valueOf(new long[] {bits[node.id()]})
            : wideBits.getOrDefault(node, new BitSet()));
    return unused;
  }
}
