package sluice.hdl.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Crossing;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;

/**
 * Where values of a cycle go at its end: into a register, into a memory, or to who looks at them.
 */
sealed interface Sink {

  /** The number of the clock at whose edges they go there. */
  int line();

  /** The values that are needed. */
  int[] needed();

  /** The leaves that are new after the clock edge. */
  int[] state();

  /**
   * A register, or some words of a wide one: what one piece of code can move.
   *
   * @param node the register
   * @param first the number of the first word
   * @param state these words
   * @param needed these words of its next value
   */
  record Register(Node.Register node, int first, int line, int[] state, int[] needed)
      implements Sink {
    private static final int MOST_WORDS = 32;

    /** The words of the register's value after reset. */
    long[] resetWords() {
      long[] words = new long[Words.count(node.width())];
      Words.put(words, 0, node.width(), node.resetValue());
      return Arrays.copyOfRange(words, first, first + state.length);
    }

    private static void add(
        List<Sink> sinks, Node.Register node, int line, int[] state, int[] needed) {
      for (int first = 0; first < state.length; first += MOST_WORDS) {
        int end = Math.min(first + MOST_WORDS, state.length);
        sinks.add(
            new Register(
                node,
                first,
                line,
                Arrays.copyOfRange(state, first, end),
                Arrays.copyOfRange(needed, first, end)));
      }
    }
  }

  /**
   * The ports of a memory that belong to one clock.
   *
   * @param memory the memory
   * @param needed enables, addresses and data of all ports, since what a read gives depends on the
   *     writes; but not the addresses of a register file's reads
   * @param state the data of a synchronous memory's read ports of the clock
   */
  record Ports(MemoryBlock memory, int line, int[] needed, int[] state) implements Sink {}

  /**
   * Values that are looked at in every cycle: outputs of the top module, inputs of black boxes,
   * properties, resets, and what a first stage of a synchronizer takes.
   */
  record Watched(int line, int[] needed) implements Sink {
    @Override
    public int[] state() {
      return new int[0];
    }
  }

  /** The clocks of a design that are ports of its top module: each has a number. */
  static List<Clock> lines(Design design) {
    return design.top().clocks().stream().filter(clock -> clock.base() == null).toList();
  }

  /** All sinks of a design: clock by clock, and those of a module together. */
  static List<Sink> of(Design design, Hierarchy hierarchy, Map<Node, int[]> values) {
    List<Sink> sinks = new ArrayList<>();
    List<Clock> lines = lines(design);
    for (int line = 0; line < lines.size(); line++) {
      Map<MemoryBlock, Boolean> seen = new IdentityHashMap<>();
      for (Node node : hierarchy.nodes()) {
        if (node instanceof Node.Register register
            && hierarchy.root(register.clock()) == lines.get(line)) {
          Register.add(sinks, register, line, values.get(node), values.get(register.next()));
        } else if (node instanceof Node.MemoryRead read && seen.put(read.memory(), true) == null) {
          add(sinks, ports(read.memory(), line, lines.get(line), hierarchy, values));
        }
      }
      for (MemoryBlock memory : hierarchy.memories()) {
        if (!seen.containsKey(memory)) {
          add(sinks, ports(memory, line, lines.get(line), hierarchy, values));
        }
      }
    }
    for (Node node : watched(design, hierarchy)) {
      sinks.add(new Watched(lines.size() - 1, values.get(node)));
    }
    return sinks;
  }

  private static void add(List<Sink> sinks, Ports ports) {
    if (ports != null) {
      sinks.add(ports);
    }
  }

  private static Set<Node> watched(Design design, Hierarchy hierarchy) {
    Set<Node> watched = new LinkedHashSet<>();
    for (Port port : design.top().ports()) {
      if (port.direction() == Port.Direction.OUTPUT) {
        watched.add(port.node());
      }
    }
    Set<Clock> resetting = new LinkedHashSet<>();
    for (PropertyChecks.Placed placed : hierarchy.properties()) {
      watched.addAll(placed.property().operands());
      resetting.add(placed.property().clock());
    }
    for (Instance box : hierarchy.boxes()) {
      box.inputs().keySet().forEach(port -> watched.add(port.node()));
      resetting.add(box.child().clock());
    }
    for (Node node : hierarchy.nodes()) {
      if (node instanceof Node.Register register) {
        if (register.resetValue() != null) {
          resetting.add(register.clock());
        }
        if (register.crossing() == Crossing.SYNCHRONIZER) {
          watched.add(register.next());
        }
      }
    }
    for (Clock clock : resetting) {
      Node reset = hierarchy.resetOwner(clock).reset();
      if (reset != null) {
        watched.add(reset);
      }
    }
    return watched;
  }

  /** The ports of a memory that belong to a clock; null if there are none. */
  private static Ports ports(
      MemoryBlock memory, int line, Clock clock, Hierarchy hierarchy, Map<Node, int[]> values) {
    List<Node> needed = new ArrayList<>();
    List<Node> state = new ArrayList<>();
    boolean has = false;
    for (MemoryBlock.Write write : memory.writes()) {
      needed.addAll(write.operands());
      has |= hierarchy.root(write.clock()) == clock;
    }
    for (MemoryBlock.ReadWrite both : memory.readWrites()) {
      needed.addAll(both.operands());
    }
    if (memory.synchronous()) {
      for (Node.MemoryRead read : memory.allReads()) {
        needed.addAll(List.of(read.enable(), read.address()));
        if (hierarchy.root(read.clock()) == clock) {
          state.add(read);
          has = true;
        }
      }
    }
    return has ? new Ports(memory, line, words(needed, values), words(state, values)) : null;
  }

  private static int[] words(List<Node> nodes, Map<Node, int[]> values) {
    return nodes.stream().flatMapToInt(node -> Arrays.stream(values.get(node))).toArray();
  }
}
