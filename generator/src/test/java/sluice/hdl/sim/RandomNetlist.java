package sluice.hdl.sim;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Crossing;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.Site;

/**
 * A well-formed circuit of random operations on vectors of 1 to 200 bits: a parent and a child,
 * with registers of two clocks and of derived ones, memories of all kinds and of both clocks, and a
 * name for every node. Operands are made before what uses them, so the order of creation is one of
 * computation.
 */
final class RandomNetlist {
  private static final int MOST_BITS = 200;
  private static final int[] WIDTHS = {1, 1, 2, 7, 8, 31, 32, 33, 63, 64, 65, 127, 128, 129, 192};
  private static final List<Operator> OPERATORS = List.of(Operator.values());

  private final Random random;

  private RandomNetlist(long seed) {
    random = new Random(seed);
  }

  static Design of(long seed) {
    RandomNetlist generator = new RandomNetlist(seed);
    Netlist child = generator.netlist("child", null);
    return new Design(List.of(child, generator.netlist("parent", child)));
  }

  private int width() {
    return random.nextBoolean()
        ? WIDTHS[random.nextInt(WIDTHS.length)]
        : 1 + random.nextInt(MOST_BITS);
  }

  /** One module under construction. */
  private final class Builder {
    final Netlist netlist;
    final List<Node> nodes = new ArrayList<>();

    /** The clocks that are ports. */
    final List<Clock> ports = new ArrayList<>();

    Builder(String name) {
      netlist = new Netlist(name, Site.NONE);
      netlist.clocks().add(new Clock("other", null, null, false, Site.NONE));
      ports.addAll(netlist.clocks());
    }

    /** Adds clocks with a signal for their reset: of the next edge, and at once. */
    void deriveClocks() {
      for (int i = 0; i < 2; i++) {
        boolean atOnce = i == 1;
        Node source = nodes.get(i);
        Node reset = slice(source, random.nextInt(source.width()), 1);
        Clock clock = new Clock("derived" + i, port(), reset, atOnce, Site.NONE);
        netlist.clocks().add(clock);
      }
    }

    Clock port() {
      return ports.get(random.nextInt(ports.size()));
    }

    Clock clock() {
      return netlist.clocks().get(random.nextInt(netlist.clocks().size()));
    }

    <N extends Node> N add(N node) {
      node.rename("n" + node.id());
      nodes.add(node);
      return node;
    }

    /** An operand; recent ones are more likely, so that expressions get deep. */
    Node any() {
      int back = Math.min(random.nextInt(nodes.size()), random.nextInt(nodes.size()));
      return nodes.get(nodes.size() - 1 - back);
    }

    Node constant(int width) {
      BigInteger bits =
          switch (random.nextInt(4)) {
            case 0 -> BigInteger.ZERO;
            case 1 -> BigInteger.ONE;
            case 2 -> BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE);
            default -> new BigInteger(width, random);
          };
      return add(new Node.Constant(netlist, width, bits, null, Site.NONE));
    }

    /** Something of a width. */
    Node of(int width) {
      if (random.nextInt(12) == 0) {
        return constant(width);
      }
      Node node = any();
      if (node.width() > width) {
        return slice(node, random.nextInt(node.width() - width + 1), width);
      }
      Operator operator = random.nextBoolean() ? Operator.ZERO_EXTEND : Operator.SIGN_EXTEND;
      return node.width() == width ? node : operation(operator, width, node);
    }

    Node slice(Node node, int low, int width) {
      return add(new Node.Slice(netlist, node, low, width, Site.NONE));
    }

    Node operation(Operator operator, int width, Node... operands) {
      return add(new Node.Operation(netlist, operator, width, List.of(operands), Site.NONE));
    }

    void operation() {
      Operator operator = OPERATORS.get(random.nextInt(OPERATORS.size()));
      int width = width();
      switch (operator) {
        case NOT -> operation(operator, width, of(width));
        case AND, OR, XOR, ADD, SUB -> operation(operator, width, of(width), of(width));
        case MULTIPLY, MULTIPLY_SIGNED -> {
          int part = 1 + random.nextInt(MOST_BITS / 2);
          int other = 1 + random.nextInt(MOST_BITS / 2);
          operation(operator, part + other, of(part), of(other));
        }
        case EQUAL, NOT_EQUAL, LESS, LESS_SIGNED -> operation(operator, 1, of(width), of(width));
        case SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_SIGNED ->
            operation(operator, width, of(width), of(1 + random.nextInt(9)));
        case REDUCE_AND, REDUCE_OR, REDUCE_XOR -> operation(operator, 1, of(width));
        case MUX -> operation(operator, width, of(1), of(width), of(width));
        case ZERO_EXTEND, SIGN_EXTEND -> {
          int part = 1 + random.nextInt(MOST_BITS - 1);
          operation(operator, part + 1 + random.nextInt(MOST_BITS - part), of(part));
        }
        case CONCAT -> {
          Node[] parts = new Node[1 + random.nextInt(4)];
          int sum = 0;
          for (int i = 0; i < parts.length; i++) {
            parts[i] = of(1 + random.nextInt(MOST_BITS / parts.length));
            sum += parts[i].width();
          }
          operation(operator, sum, parts);
        }
        case CHOOSE -> {
          Node[] operands = new Node[3 + random.nextInt(9)];
          operands[0] = of(1 + random.nextInt(random.nextInt(10) == 0 ? 100 : 4));
          for (int i = 1; i < operands.length; i++) {
            operands[i] = of(width);
          }
          operation(operator, width, operands);
        }
      }
    }

    void memory() {
      int depth = 2 + random.nextInt(7);
      boolean synchronous = random.nextBoolean();
      MemoryBlock memory = new MemoryBlock(depth, width(), synchronous, Site.NONE);
      memory.rename("memory" + netlist.memories().size());
      if (random.nextInt(3) == 0) {
        int lanes = 1 + random.nextInt(memory.width());
        memory.setMaskGranularity(memory.width() % lanes == 0 ? memory.width() / lanes : 1);
      }
      if (synchronous && random.nextInt(3) == 0) {
        memory.setLatency(2 + random.nextInt(3));
      }
      if (random.nextInt(3) == 0) {
        memory.setContents(
            Stream.generate(() -> new BigInteger(memory.width(), random)).limit(depth).toList());
      }
      netlist.memories().add(memory);
      for (int i = 0; i < 2; i++) {
        // Addresses beyond the last word are part of the contract.
        Node enable = synchronous ? of(1) : null;
        add(new Node.MemoryRead(netlist, port(), memory, of(4), enable, Site.NONE));
      }
    }

    void writes() {
      for (MemoryBlock memory : netlist.memories()) {
        Node data = of(memory.width());
        memory
            .writes()
            .add(new MemoryBlock.Write(of(1), of(3), data, mask(memory), port(), Site.NONE));
        if (memory.synchronous() && random.nextBoolean()) {
          Node.MemoryRead read = memory.reads().get(0);
          memory.share(read, of(1), of(memory.width()), mask(memory), Site.NONE);
        }
      }
    }

    private Node mask(MemoryBlock memory) {
      return memory.lanes() == 0 ? null : of(memory.lanes());
    }
  }

  private Netlist netlist(String name, Netlist child) {
    Builder builder = new Builder(name);
    Netlist netlist = builder.netlist;
    for (int i = 0; i < 4; i++) {
      Node.Input input = builder.add(new Node.Input(netlist, width(), Site.NONE));
      netlist.ports().add(new Port("in" + i, Port.Direction.INPUT, input, "", netlist.clock()));
    }
    builder.deriveClocks();
    List<Node.Register> registers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Crossing crossing = i < 2 ? Crossing.SYNCHRONIZER : Crossing.NONE;
      Node.Register register =
          builder.add(new Node.Register(netlist, builder.clock(), crossing, width(), Site.NONE));
      if (random.nextBoolean()) {
        register.setResetValue(new BigInteger(register.width(), random));
      }
      registers.add(register);
    }
    for (int i = 0; i < 3; i++) {
      builder.memory();
    }
    if (child != null) {
      instance(builder, child);
    }
    for (int i = 0; i < 120; i++) {
      builder.operation();
    }
    for (Node.Register register : registers) {
      Node next = builder.of(register.width());
      Node enable = builder.of(random.nextBoolean() ? 1 : 5);
      if (enable.width() > 1) {
        // Most registers keep their value most of the time, and let what follows rest.
        enable = builder.operation(Operator.REDUCE_AND, 1, enable);
      }
      register.setNext(builder.operation(Operator.MUX, register.width(), enable, next, register));
    }
    builder.writes();
    for (int i = 0; i < 5; i++) {
      Node driver = builder.any();
      Node.Wire wire = builder.add(new Node.Wire(netlist, driver.width(), Site.NONE));
      wire.setDriver(driver);
      netlist.ports().add(new Port("out" + i, Port.Direction.OUTPUT, wire, "", netlist.clock()));
    }
    return netlist;
  }

  private static void instance(Builder builder, Netlist child) {
    Instance instance = new Instance(child, "child", Site.NONE);
    for (Clock clock : child.clocks()) {
      if (clock.base() == null) {
        instance.clocks().put(clock, builder.port());
      }
    }
    builder.netlist.instances().add(instance);
    for (Port port : child.ports()) {
      if (port.direction() == Port.Direction.INPUT) {
        Node driver = builder.of(port.node().width());
        Node.Wire wire = builder.add(new Node.Wire(builder.netlist, driver.width(), Site.NONE));
        wire.setDriver(driver);
        instance.inputs().put(port, wire);
      }
    }
    for (Port port : child.ports()) {
      if (port.direction() == Port.Direction.OUTPUT) {
        instance
            .outputs()
            .put(
                port,
                builder.add(new Node.InstanceOutput(builder.netlist, instance, port, Site.NONE)));
      }
    }
  }
}
