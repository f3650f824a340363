package sluice.hdl.fuzz;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;
import sluice.hdl.netlist.Site;

/**
 * A memory of a random module. Where its contents have to be known, they are given, or its first
 * write port fills it in the warm-up; nothing else writes then, and no two ports write in one
 * cycle.
 */
final class RandomMemory {
  private final Netlist netlist;
  private final Draw draw;
  private final RandomModule.Rules rules;
  private final RandomValues values;
  private final RandomClocks clocks;
  private final Node run;
  private final Node fill;
  private final MemoryBlock memory;

  /** Read ports that are to write, too. */
  private final List<Node.MemoryRead> shared = new ArrayList<>();

  private final int writes;

  /** What says that ports from before write. */
  private Node writing;

  /** Makes the memory and its read ports. */
  RandomMemory(
      Netlist netlist,
      Draw draw,
      RandomModule.Rules rules,
      RandomValues values,
      RandomClocks clocks,
      Node run,
      Node fill) {
    this.netlist = netlist;
    this.draw = draw;
    this.rules = rules;
    this.values = values;
    this.clocks = clocks;
    this.run = run;
    this.fill = fill;
    this.memory = new MemoryBlock(depth(), draw.width(), draw.coin(), Site.NONE);
    if (!draw.oneIn(6)) {
      memory.rename(draw.coin() ? "memory" : "table" + netlist.memories().size());
    }
    netlist.memories().add(memory);
    if (memory.synchronous()) {
      memory.setLatency(draw.coin() ? 1 : 1 + draw.below(3));
    }
    if (draw.oneIn(3)) {
      memory.setMaskGranularity(divisor(memory.width()));
    }
    if (draw.coin()) {
      memory.setContents(
          IntStream.range(0, memory.depth()).mapToObj(i -> draw.bits(memory.width())).toList());
    }
    int both = memory.synchronous() && draw.oneIn(3) ? 1 : 0;
    boolean rom = memory.contents() != null && both == 0 && draw.oneIn(3);
    writes = rom ? 0 : memory.contents() == null || both == 0 ? 1 + draw.below(2) : draw.below(2);
    for (int i = draw.below(both == 0 ? 3 : 2) + (both == 0 ? 1 : 0); i > 0; i--) {
      read();
    }
    for (int i = 0; i < both; i++) {
      shared.add(read());
    }
  }

  private int depth() {
    int most = 1 << Stimulus.FILL_BITS;
    return draw.coin() ? draw.of(2, 4, 8, most) : 1 + draw.below(most);
  }

  private int divisor(int number) {
    return draw.of(IntStream.rangeClosed(1, number).filter(i -> number % i == 0).toArray());
  }

  private Node.MemoryRead read() {
    Node enable = memory.synchronous() ? values.operandForState(1) : null;
    Node address = address(values.operandForState(addressBits()));
    Node.MemoryRead read =
        new Node.MemoryRead(netlist, clocks.any(), memory, address, enable, Site.NONE);
    int edges = memory.contents() == null ? RandomModule.FILLING : 0;
    edges = Math.max(edges, values.edges(address));
    if (enable != null) {
      edges = Math.max(edges, values.edges(enable));
    }
    return values.add(values.named(read), edges + memory.latency());
  }

  private int addressBits() {
    int bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(memory.depth() - 1));
    return rules.known() ? bits : 1 + draw.below(bits + 2);
  }

  /** Keeps an address below the depth, where what is beyond is not to be seen. */
  private Node address(Node address) {
    if (!rules.known() || memory.depth() == 1 << address.width()) {
      return address;
    }
    int width = address.width();
    Node depth = values.constant(width, BigInteger.valueOf(memory.depth()));
    Node inside = values.operation(Operator.LESS, 1, address, depth);
    BigInteger other = BigInteger.valueOf(draw.below(memory.depth()));
    return values.operation(Operator.MUX, width, inside, address, values.constant(width, other));
  }

  /** Makes the write ports. */
  void finish() {
    for (int i = 0; i < writes; i++) {
      write(i == 0 && memory.contents() == null && rules.known());
    }
    for (Node.MemoryRead read : shared) {
      Node mode = alone(values.operand(1), read.enable());
      memory.share(read, mode, values.operand(memory.width()), mask(), Site.NONE);
    }
  }

  /**
   * @param filling whether the port fills the memory in the warm-up
   */
  private void write(boolean filling) {
    Node enable = values.operand(1);
    Node address = address(values.operand(addressBits()));
    Node data = values.operand(memory.width());
    Node mask = mask();
    if (filling) {
      int bits = address.width();
      Node word = bits == fill.width() ? fill : values.slice(fill, 0, bits);
      enable = whileFilling(enable, BigInteger.ONE);
      address = values.operation(Operator.MUX, bits, run, address, address(word));
      data = whileFilling(data, draw.bits(memory.width()));
      mask = mask == null ? null : whileFilling(mask, ones(mask.width()));
      writing = enable;
    } else {
      enable = alone(enable, null);
    }
    memory
        .writes()
        .add(new MemoryBlock.Write(enable, address, data, mask, clocks.any(), Site.NONE));
  }

  private static BigInteger ones(int width) {
    return BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE);
  }

  private Node whileFilling(Node value, BigInteger bits) {
    Node other = new Node.Constant(netlist, value.width(), bits, null, Site.NONE);
    return values.operation(Operator.MUX, value.width(), run, value, other);
  }

  /**
   * What lets a port write: not in the warm-up, and not when another does.
   *
   * @param enable what else has to be high, or null
   */
  private Node alone(Node wish, Node enable) {
    if (!rules.known()) {
      return wish;
    }
    Node write = values.and(run, wish);
    if (writing != null) {
      write = values.and(write, values.not(writing));
    }
    Node active = enable == null ? write : values.and(enable, write);
    writing = writing == null ? active : values.or(writing, active);
    return write;
  }

  private Node mask() {
    return memory.lanes() == 0 ? null : values.operand(memory.lanes());
  }
}
