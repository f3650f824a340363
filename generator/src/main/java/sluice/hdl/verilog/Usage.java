package sluice.hdl.verilog;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.Property;

/**
 * What of a netlist reaches an output, or a property only; how often each value is used there, and
 * which bits of it.
 */
final class Usage {
  /** Conditions within each other in a clocked block; what is deeper is computed before it. */
  private static final int DEEPEST_IF = 20;

  private final Netlist netlist;
  private final BitSet live = new BitSet();
  private final int[] uses;
  private final BitSet[] bits;
  private final BitSet driverOnly = new BitSet();
  private final BitSet procedural = new BitSet();
  private final Set<MemoryBlock> memories = Collections.newSetFromMap(new IdentityHashMap<>());

  /** The register that a procedural choice leads to. */
  private final Map<Node, Node> holder = new IdentityHashMap<>();

  /** The computed values in order, once they were asked for. */
  private List<Node> computed;

  private final Deque<Node> pending = new ArrayDeque<>();

  /** The logic that is used otherwise, and not looked at here; null if that is not there. */
  private final Usage hardware;

  private Usage(Netlist netlist, Usage hardware) {
    this.netlist = netlist;
    this.hardware = hardware;
    this.uses = new int[netlist.nodes().size()];
    this.bits = new BitSet[netlist.nodes().size()];
  }

  /** What is hardware: what reaches an output, a child or a reset. */
  static Usage ofHardware(Netlist netlist) {
    Usage usage = new Usage(netlist, null);
    usage.useOutputs();
    usage.finish();
    return usage;
  }

  /** What reaches properties only. */
  static Usage ofProperties(Netlist netlist, Usage hardware) {
    Usage usage = new Usage(netlist, hardware);
    for (Property property : netlist.properties()) {
      property.operands().forEach(node -> usage.use(node, null));
    }
    usage.finish();
    return usage;
  }

  private void useOutputs() {
    for (Port port : netlist.ports()) {
      if (port.direction() == Port.Direction.OUTPUT) {
        Node driver = ((Node.Wire) port.node()).driver();
        live.set(port.node().id());
        driverOnly.set(driver.id());
        use(driver, null);
      }
    }
    for (Instance instance : netlist.instances()) {
      for (Node.Wire input : instance.inputs().values()) {
        use(input.driver(), null);
      }
      instance.outputs().values().forEach(output -> live.set(output.id()));
    }
    for (Clock clock : netlist.clocks()) {
      if (clock.reset() != null) {
        use(clock.reset(), null);
      }
    }
  }

  private void finish() {
    drain();
    for (int i = 0; i < uses.length; i++) {
      if (uses[i] != 1) {
        driverOnly.clear(i);
      }
    }
    markProcedural();
    markBits();
  }

  private void drain() {
    while (!pending.isEmpty()) {
      Node node = pending.pop();
      for (Node operand : node.operands()) {
        use(operand, node);
      }
      if (node instanceof Node.Register register && register.next() != register) {
        use(register.next(), register);
      }
      if (node instanceof Node.MemoryRead read) {
        useMemory(read);
      }
    }
  }

  private void useMemory(Node.MemoryRead read) {
    MemoryBlock memory = read.memory();
    boolean elsewhere = hardware != null && hardware.isLive(memory);
    if (!elsewhere && memories.add(memory)) {
      memory.writeOperands().forEach(node -> use(node, null));
      // A wrapper module has all its ports, whether the data is looked at or not.
      if (memory.synchronous()) {
        for (Node.MemoryRead port : memory.reads()) {
          use(port.address(), null);
          use(port.enable(), null);
          keep(port);
        }
        memory.readWrites().forEach(port -> keep(port.read()));
      }
    }
  }

  private void keep(Node node) {
    if (!live.get(node.id())) {
      live.set(node.id());
      pending.push(node);
    }
  }

  private void use(Node node, Node user) {
    if (hardware != null && hardware.isLive(node)) {
      return;
    }
    uses[node.id()]++;
    if (user == null) {
      useBits(node, 0, node.width());
    }
    keep(node);
  }

  /** A value on the way to a register, and how many conditions hold for it. */
  private record Held(Node value, int depth) {}

  /**
   * Marks the choices that a clocked block can write as {@code if}: unnamed, used once, on the way
   * from a register's next value, and not too deeply within others.
   */
  private void markProcedural() {
    for (Node node : netlist.nodes()) {
      if (node instanceof Node.Register register && isLive(register)) {
        Deque<Held> values = new ArrayDeque<>(List.of(new Held(register.next(), 0)));
        while (!values.isEmpty()) {
          Held held = values.pop();
          if (held.value() instanceof Node.Operation choice
              && choice.operator() == Operator.MUX
              && !choice.isNamed()
              && held.depth() < DEEPEST_IF
              && uses[choice.id()] == 1) {
            procedural.set(choice.id());
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
        } else if (i == 0 || holder.get(node) != operand) {
          useBits(operand, 0, operand.width());
        }
      }
      if (node instanceof Node.Register register && register.next() != register) {
        useBits(register.next(), 0, register.width());
      }
    }
  }

  private void useBits(Node node, int low, int width) {
    if (bits[node.id()] == null) {
      bits[node.id()] = new BitSet();
    }
    bits[node.id()].set(low, low + width);
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
    BitSet seen = new BitSet();
    Deque<Node> path = new ArrayDeque<>();
    for (Node start : netlist.nodes()) {
      if (isLive(start) && isComputed(start)) {
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

  boolean isLive(Node node) {
    return live.get(node.id());
  }

  int uses(Node node) {
    return uses[node.id()];
  }

  /** Whether the only use is to drive an output port. */
  boolean onlyDrivesOutput(Node node) {
    return driverOnly.get(node.id());
  }

  boolean isProcedural(Node node) {
    return procedural.get(node.id());
  }

  boolean isLive(MemoryBlock memory) {
    return memories.contains(memory);
  }

  /** Memories that are read, in order of declaration. */
  List<MemoryBlock> liveMemories() {
    return netlist.memories().stream().filter(memories::contains).toList();
  }

  /** The bits of a value that nothing uses. */
  BitSet unusedBits(Node node) {
    BitSet unused = new BitSet();
    unused.set(0, node.width());
    if (bits[node.id()] != null) {
      unused.andNot(bits[node.id()]);
    }
    return unused;
  }
}
