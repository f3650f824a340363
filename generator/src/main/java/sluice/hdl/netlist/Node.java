package sluice.hdl.netlist;

import java.math.BigInteger;
import java.util.List;
import java.util.function.UnaryOperator;

/** One value of a netlist: a vector of {@link #width()} bits. */
public abstract sealed class Node
    permits Node.Constant,
        Node.Input,
        Node.Operation,
        Node.Slice,
        Node.Register,
        Node.Wire,
        Node.MemoryRead,
        Node.InstanceOutput,
        Node.Undriven {

  private final int id;
  private final int width;
  private final Site site;
  private String name;
  private NameLevel nameLevel = NameLevel.UNNAMED;

  Node(Netlist netlist, int width, Site site) {
    this.width = width;
    this.site = site;
    this.id = netlist.append(this);
  }

  /** The node's number: unique in its netlist, and below {@link Netlist#idBound()}. */
  public final int id() {
    return id;
  }

  /** Its position: nodes are keys of many maps, and an identity hash has to be made first. */
  @Override
  public final int hashCode() {
    return id;
  }

  @Override
  public final boolean equals(Object other) {
    return this == other;
  }

  /** Bits of the value, at least 1. */
  public final int width() {
    return width;
  }

  /** The user's line that made this node. */
  public final Site site() {
    return site;
  }

  /** The wished name, in snake case and not made unique yet; null if there is none. */
  public final String name() {
    return name;
  }

  /** How firmly the value holds on to its name; {@link NameLevel#UNNAMED} if it has none. */
  public final NameLevel nameLevel() {
    return nameLevel;
  }

  /** Whether the value is declared under its name, wherever it is used. */
  public final boolean isNamed() {
    return nameLevel.isStrongerThan(NameLevel.MERGEABLE);
  }

  /** Names the node as the user wishes; a later name replaces an earlier one. */
  public final void rename(String newName) {
    rename(newName, NameLevel.RENAMEABLE);
  }

  /** Names the node; a later name replaces an earlier one, unless that is reserved. */
  public final void rename(String newName, NameLevel level) {
    if (nameLevel != NameLevel.RESERVED || level == NameLevel.RESERVED) {
      this.name = newName;
      this.nameLevel = newName == null ? NameLevel.UNNAMED : level;
    }
  }

  /**
   * Takes the name of a value that this one replaces, and gives its own for it, if it is stronger.
   */
  public final void takeNameOf(Node other) {
    if (other.nameLevel.isStrongerThan(nameLevel)) {
      String weaker = name;
      NameLevel weakerLevel = nameLevel;
      name = other.name;
      nameLevel = other.nameLevel;
      other.name = weaker;
      other.nameLevel = weakerLevel;
    }
  }

  /** The nodes whose value this one depends on within the same cycle. */
  public List<Node> operands() {
    return List.of();
  }

  /** Replaces the nodes that this one refers to. */
  void redirect(UnaryOperator<Node> map) {}

  /** A constant; {@code symbol} is its name as a local parameter, or null. */
  public static final class Constant extends Node {
    private final BigInteger value;
    private final String symbol;

    /**
     * A constant.
     *
     * @param value the bits, as a number from 0 to 2^width - 1
     * @param symbol its name as a local parameter, or null
     */
    public Constant(Netlist netlist, int width, BigInteger value, String symbol, Site site) {
      super(netlist, width, site);
      if (value.signum() < 0 || value.bitLength() > width) {
        throw new IllegalArgumentException(value + " does not fit into " + width + " bits");
      }
      this.value = value;
      this.symbol = symbol;
    }

    /** The bits, as a number from 0 to 2^width - 1. */
    public BigInteger value() {
      return value;
    }

    /** Its name as a local parameter, or null. */
    public String symbol() {
      return symbol;
    }
  }

  /** An input port of the module, seen from inside. */
  public static final class Input extends Node {
    /** An input that is yet to become a port of the netlist. */
    public Input(Netlist netlist, int width, Site site) {
      super(netlist, width, site);
    }
  }

  /** A combinational operation. */
  public static final class Operation extends Node {
    private final Operator operator;
    private List<Node> operands;

    /** An operation; {@link Operator} says what its operands and its width are. */
    public Operation(
        Netlist netlist, Operator operator, int width, List<Node> operands, Site site) {
      super(netlist, width, site);
      this.operator = operator;
      this.operands = List.copyOf(operands);
    }

    /** What is computed. */
    public Operator operator() {
      return operator;
    }

    @Override
    void redirect(UnaryOperator<Node> map) {
      for (int i = 0; i < operands.size(); i++) {
        if (map.apply(operands.get(i)) != operands.get(i)) {
          operands = operands.stream().map(map).toList();
          return;
        }
      }
    }

    @Override
    public List<Node> operands() {
      return operands;
    }
  }

  /** Bits {@code low + width - 1} down to {@code low} of another node. */
  public static final class Slice extends Node {
    private Node source;
    private final int low;

    /** Bits {@code low} to {@code low + width - 1} of a source. */
    public Slice(Netlist netlist, Node source, int low, int width, Site site) {
      super(netlist, width, site);
      this.source = source;
      this.low = low;
    }

    /** What the bits are taken of. */
    public Node source() {
      return source;
    }

    /** The position of the lowest of the bits in the source. */
    public int low() {
      return low;
    }

    @Override
    void redirect(UnaryOperator<Node> map) {
      source = map.apply(source);
    }

    @Override
    public List<Node> operands() {
      return List.of(source);
    }
  }

  /**
   * A register: takes the value of {@link #next()} at each rising edge of its clock, or {@link
   * #resetValue()} while the reset is active.
   */
  public static final class Register extends Node {
    private final Clock clock;
    private final Crossing crossing;
    private Node next;
    private BigInteger resetValue;

    /** A register of the module's implicit clock. */
    public Register(Netlist netlist, int width, Site site) {
      this(netlist, netlist.clock(), Crossing.NONE, width, site);
    }

    /** A register of a clock, without a reset value; what it takes is said by {@link #setNext}. */
    public Register(Netlist netlist, Clock clock, Crossing crossing, int width, Site site) {
      super(netlist, width, site);
      this.clock = clock;
      this.crossing = crossing;
    }

    /** The clock at whose rising edges it takes its next value, and by whose reset it is reset. */
    public Clock clock() {
      return clock;
    }

    /** Whether, and how, it takes data from another clock domain. */
    public Crossing crossing() {
      return crossing;
    }

    /** The value after the next edge; the register itself where it keeps its value. */
    public Node next() {
      return next;
    }

    /** Says what it takes at each edge; a value of the same width. */
    public void setNext(Node newNext) {
      this.next = newNext;
    }

    @Override
    void redirect(UnaryOperator<Node> map) {
      next = map.apply(next);
    }

    /** The bits after reset, or null for a register without reset. */
    public BigInteger resetValue() {
      return resetValue;
    }

    /** Says what its bits are after reset, as a number from 0 to 2^width - 1. */
    public void setResetValue(BigInteger value) {
      this.resetValue = value;
    }
  }

  /** A named value that is driven after it is declared: a wire, or an output port. */
  public static final class Wire extends Node {
    private Node driver;

    /** A wire that nothing drives yet. */
    public Wire(Netlist netlist, int width, Site site) {
      super(netlist, width, site);
    }

    /** What drives the wire; null until it is known. */
    public Node driver() {
      return driver;
    }

    /** Says what it carries; a value of the same width. */
    public void setDriver(Node newDriver) {
      this.driver = newDriver;
    }

    @Override
    void redirect(UnaryOperator<Node> map) {
      driver = driver == null ? null : map.apply(driver);
    }

    @Override
    public List<Node> operands() {
      return driver == null ? List.of() : List.of(driver);
    }
  }

  /** The data of a memory's read port. Combinational in the address for a register file. */
  public static final class MemoryRead extends Node {
    private final Clock clock;
    private final MemoryBlock memory;
    private Node address;
    private Node enable;

    /**
     * A read port.
     *
     * @param enable of a synchronous memory; null for a register file
     */
    public MemoryRead(
        Netlist netlist, Clock clock, MemoryBlock memory, Node address, Node enable, Site site) {
      super(netlist, memory.width(), site);
      this.clock = clock;
      this.memory = memory;
      this.address = address;
      this.enable = enable;
      memory.addRead(this);
    }

    /** The clock that address and data belong to; a register file is read between its edges. */
    public Clock clock() {
      return clock;
    }

    /** What is read. */
    public MemoryBlock memory() {
      return memory;
    }

    @Override
    void redirect(UnaryOperator<Node> map) {
      address = map.apply(address);
      enable = enable == null ? null : map.apply(enable);
    }

    /** The address, an index below the depth. */
    public Node address() {
      return address;
    }

    /** The read enable; null for a register file, which has none. */
    public Node enable() {
      return enable;
    }

    @Override
    public List<Node> operands() {
      return memory.synchronous() ? List.of() : List.of(address);
    }
  }

  /** An output port of a child, seen from its parent. */
  public static final class InstanceOutput extends Node {
    private final Instance instance;
    private final Port port;

    /** The value at an output port of a child. */
    public InstanceOutput(Netlist netlist, Instance instance, Port port, Site site) {
      super(netlist, port.node().width(), site);
      this.instance = instance;
      this.port = port;
    }

    /** The child. */
    public Instance instance() {
      return instance;
    }

    /** The child's output port. */
    public Port port() {
      return port;
    }
  }

  /** The part of a wire's driver that no assignment reaches: an error if it stays in use. */
  public static final class Undriven extends Node {
    /** What a wire has in a case in which nothing is assigned to it. */
    public Undriven(Netlist netlist, int width, Site site) {
      super(netlist, width, site);
    }
  }
}
