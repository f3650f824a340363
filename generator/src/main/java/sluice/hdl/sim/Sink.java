package sluice.hdl.sim;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;

/** Where values of a cycle go at its end: into a register, into a memory, or out of the circuit. */
sealed interface Sink {

  /** The values that are needed. */
  int[] needed();

  /** The leaves that are new after the clock edge. */
  int[] state();

  /**
   * A register.
   *
   * @param node the register
   * @param state its words
   * @param needed its next words
   */
  record Register(Node.Register node, int[] state, int[] needed) implements Sink {}

  /**
   * All ports of a memory.
   *
   * @param memory the memory
   * @param needed enables, addresses and data of its ports, but for addresses of a register file's
   *     reads
   * @param state the data of a synchronous memory's read ports
   */
  record Ports(MemoryBlock memory, int[] needed, int[] state) implements Sink {}

  /**
   * An output of the top module.
   *
   * @param needed its words
   */
  record Output(int[] needed) implements Sink {
    @Override
    public int[] state() {
      return new int[0];
    }
  }

  /** All sinks of a design, those of a module together. */
  static List<Sink> of(Design design, Hierarchy hierarchy, Map<Node, int[]> values) {
    List<Sink> sinks = new ArrayList<>();
    Map<MemoryBlock, Boolean> seen = new IdentityHashMap<>();
    for (Node node : hierarchy.nodes()) {
      if (node instanceof Node.Register register) {
        sinks.add(new Register(register, values.get(node), values.get(register.next())));
      } else if (node instanceof Node.MemoryRead read && seen.put(read.memory(), true) == null) {
        sinks.add(ports(read.memory(), values));
      }
    }
    for (MemoryBlock memory : hierarchy.memories()) {
      if (!seen.containsKey(memory)) {
        sinks.add(ports(memory, values));
      }
    }
    for (Port port : design.top().ports()) {
      if (port.direction() == Port.Direction.OUTPUT) {
        sinks.add(new Output(values.get(port.node())));
      }
    }
    return sinks;
  }

  private static Ports ports(MemoryBlock memory, Map<Node, int[]> values) {
    List<Node> needed = new ArrayList<>();
    List<Node> state = new ArrayList<>();
    for (MemoryBlock.Write write : memory.writes()) {
      needed.addAll(List.of(write.enable(), write.address(), write.data()));
    }
    if (memory.synchronous()) {
      for (Node.MemoryRead read : memory.reads()) {
        needed.addAll(List.of(read.enable(), read.address()));
        state.add(read);
      }
    }
    return new Ports(memory, words(needed, values), words(state, values));
  }

  private static int[] words(List<Node> nodes, Map<Node, int[]> values) {
    return nodes.stream().flatMapToInt(node -> java.util.Arrays.stream(values.get(node))).toArray();
  }
}
