package sluice.hdl.netlist;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Random designs: all operators, widths from 1 to 100, registers with a reset value, register files
 * and memories of all kinds, covered conditions, and children, of which some are equal. Constants
 * and values without a name are frequent, so that there is much to simplify. One seed gives one
 * design.
 */
public final class RandomDesign {
  /** Values of a module beside its ports. */
  private static final int VALUES = 40;

  private static final int CHILDREN = 3;
  private static final int WIDEST = 100;
  private static final int ADDRESS_BITS = 3;
  private static final Operator[] OPERATORS = Operator.values();

  private final Random random;
  private final boolean withMemories;
  private final Netlist netlist;
  private final List<Node> values = new ArrayList<>();
  private final List<Node.Register> registers = new ArrayList<>();
  private int names;

  private RandomDesign(String name, long seed, boolean withMemories) {
    this.random = new Random(seed);
    this.withMemories = withMemories;
    this.netlist = new Netlist(name, Site.NONE);
  }

  /**
   * A new design.
   *
   * @param withMemories whether there are memories, whose contents are unknown at first
   */
  public static Design of(long seed, boolean withMemories) {
    List<Netlist> children = new ArrayList<>();
    for (int i = 0; i < CHILDREN; i++) {
      // The first two are equal.
      long childSeed = seed * CHILDREN + Math.max(1, i);
      children.add(new RandomDesign("child", childSeed, withMemories).build(List.of()));
    }
    return Design.of(new RandomDesign("top", ~seed, withMemories).build(children));
  }

  private Netlist build(List<Netlist> children) {
    for (int i = 0; i < 4; i++) {
      Node input = new Node.Input(netlist, width(), Site.NONE);
      netlist.ports().add(new Port("in" + i, Port.Direction.INPUT, input, "", netlist.clock()));
      values.add(input);
    }
    for (int i = 0; i < 4; i++) {
      Node.Register register = new Node.Register(netlist, width(), Site.NONE);
      register.rename("state" + i);
      register.setResetValue(bits(register.width()));
      registers.add(register);
      values.add(register);
    }
    children.forEach(this::instance);
    for (int i = 0; i < VALUES; i++) {
      Node value = random.nextInt(8) == 0 ? wire(width()) : value(width());
      if (!(value instanceof Node.Constant) && value.name() == null && random.nextInt(4) == 0) {
        value.rename("value" + names++);
      }
      values.add(value);
    }
    if (withMemories) {
      memory(false);
      memory(true);
    }
    cover("a condition");
    cover("another condition");
    for (Node.Register register : registers) {
      register.setNext(next(register, 3));
    }
    for (int i = 0; i < 6; i++) {
      Node.Wire output = new Node.Wire(netlist, width(), Site.NONE);
      output.setDriver(operand(output.width()));
      netlist.ports().add(new Port("out" + i, Port.Direction.OUTPUT, output, "", netlist.clock()));
    }
    return netlist;
  }

  private int width() {
    return switch (random.nextInt(6)) {
      case 0, 1 -> 1;
      case 2 -> 8;
      case 3 -> 62 + random.nextInt(5);
      default -> 1 + random.nextInt(WIDEST);
    };
  }

  /** Bits of a width, often the borders of its range. */
  private BigInteger bits(int width) {
    BigInteger ones = BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE);
    return switch (random.nextInt(6)) {
      case 0 -> BigInteger.ZERO;
      case 1 -> ones;
      case 2 -> BigInteger.ONE;
      case 3 -> BigInteger.ONE.shiftLeft(width - 1);
      case 4 -> BigInteger.valueOf(random.nextInt(200)).and(ones);
      default -> new BigInteger(width, random);
    };
  }

  private Node constant(int width) {
    return new Node.Constant(netlist, width, bits(width), null, Site.NONE);
  }

  private Node operation(Operator operator, int width, Node... operands) {
    return new Node.Operation(netlist, operator, width, List.of(operands), Site.NONE);
  }

  private Node wire(int width) {
    Node.Wire wire = new Node.Wire(netlist, width, Site.NONE);
    wire.setDriver(operand(width));
    return wire;
  }

  /** A constant, or a value from before, cut or extended to a width. */
  private Node operand(int width) {
    if (random.nextInt(4) == 0) {
      return constant(width);
    }
    Node value = values.get(random.nextInt(values.size()));
    if (value.width() > width) {
      return new Node.Slice(
          netlist, value, random.nextInt(value.width() - width + 1), width, Site.NONE);
    }
    if (value.width() < width) {
      boolean sign = random.nextBoolean();
      return operation(sign ? Operator.SIGN_EXTEND : Operator.ZERO_EXTEND, width, value);
    }
    return value;
  }

  /** A new value of about a width, by any operator. */
  private Node value(int width) {
    Operator operator = OPERATORS[random.nextInt(OPERATORS.length)];
    return switch (operator) {
      case NOT -> operation(operator, width, operand(width));
      case AND, OR, XOR, ADD, SUB -> operation(operator, width, operand(width), operand(width));
      case MULTIPLY, MULTIPLY_SIGNED -> {
        int half = Math.max(1, width / 2);
        yield operation(operator, half + width, operand(half), operand(width));
      }
      case EQUAL, NOT_EQUAL, LESS, LESS_SIGNED ->
          operation(operator, 1, operand(width), operand(width));
      case SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_SIGNED ->
          operation(operator, width, operand(width), operand(1 + random.nextInt(9)));
      case REDUCE_AND, REDUCE_OR, REDUCE_XOR -> operation(operator, 1, operand(width));
      case MUX -> operation(operator, width, operand(1), operand(width), operand(width));
      case ZERO_EXTEND, SIGN_EXTEND ->
          operation(operator, width + 1 + random.nextInt(9), operand(width));
      case CONCAT -> {
        int low = 1 + random.nextInt(9);
        yield operation(operator, 1 + width + low, operand(1), operand(width), operand(low));
      }
      case CHOOSE ->
          operation(operator, width, operand(2), operand(width), operand(width), operand(width));
    };
  }

  /** The next value of a register, under conditions within each other. */
  private Node next(Node.Register register, int depth) {
    int width = register.width();
    if (depth == 0 || random.nextInt(4) == 0) {
      return random.nextInt(3) == 0 ? register : operand(width);
    }
    Node then = next(register, depth - 1);
    return operation(Operator.MUX, width, operand(1), then, next(register, depth - 1));
  }

  private void memory(boolean synchronous) {
    MemoryBlock memory = new MemoryBlock(1 << ADDRESS_BITS, width(), synchronous, Site.NONE);
    memory.rename(synchronous ? "table_memory" : "file_memory");
    netlist.memories().add(memory);
    if (synchronous) {
      memory.setLatency(1 + random.nextInt(3));
    }
    if (random.nextBoolean()) {
      memory.setMaskGranularity(divisor(memory.width()));
    }
    if (random.nextBoolean()) {
      memory.setContents(
          IntStream.range(0, memory.depth()).mapToObj(i -> bits(memory.width())).toList());
    }
    for (int i = 0; i < 2; i++) {
      Node.MemoryRead read = read(memory);
      if (random.nextBoolean()) {
        values.add(read);
      }
    }
    if (memory.contents() != null && random.nextInt(3) == 0) {
      return;
    }
    memory
        .writes()
        .add(
            new MemoryBlock.Write(
                operand(1),
                operand(ADDRESS_BITS),
                operand(memory.width()),
                mask(memory),
                netlist.clock(),
                Site.NONE));
    if (synchronous && random.nextBoolean()) {
      Node.MemoryRead read = read(memory);
      memory.share(read, operand(1), operand(memory.width()), mask(memory), Site.NONE);
      values.add(read);
    }
  }

  private Node.MemoryRead read(MemoryBlock memory) {
    Node enable = memory.synchronous() ? operand(1) : null;
    return new Node.MemoryRead(
        netlist, netlist.clock(), memory, operand(ADDRESS_BITS), enable, Site.NONE);
  }

  private Node mask(MemoryBlock memory) {
    return memory.lanes() == 0 ? null : operand(memory.lanes());
  }

  private int divisor(int number) {
    int[] divisors = IntStream.rangeClosed(1, number).filter(i -> number % i == 0).toArray();
    return divisors[random.nextInt(divisors.length)];
  }

  private void cover(String text) {
    Node enable = random.nextBoolean() ? operand(1) : null;
    netlist
        .properties()
        .add(
            new Property(
                Property.Kind.COVER, netlist.clock(), enable, operand(1), text, Site.NONE));
  }

  private void instance(Netlist child) {
    Instance instance = new Instance(child, "part" + netlist.instances().size(), Site.NONE);
    for (Port port : child.ports()) {
      if (port.direction() == Port.Direction.INPUT) {
        Node.Wire wire = new Node.Wire(netlist, port.node().width(), Site.NONE);
        wire.setDriver(operand(wire.width()));
        instance.inputs().put(port, wire);
      } else {
        Node output = new Node.InstanceOutput(netlist, instance, port, Site.NONE);
        instance.outputs().put(port, (Node.InstanceOutput) output);
        if (random.nextInt(3) > 0) {
          values.add(output);
        }
      }
    }
    instance.clocks().put(child.clock(), netlist.clock());
    netlist.instances().add(instance);
  }
}
