package sluice.hdl.sim;

import java.util.List;

/** What happens at a rising edge of the clock: registers and memories take their next values. */
final class ClockEdge {
  private final long[] v;

  /** The next value of each word of the state. */
  private final long[] next;

  /** For each word of the state: where the value is that a register takes; -1 for a memory. */
  private final int[] source;

  private final boolean[] hasReset;
  private final long[] resetWords;
  private final MemoryPorts[] memories;

  /**
   * @param v values; the state comes first
   * @param next next values of the state
   */
  ClockEdge(Program program, SimulatedMemory[] contents, long[] v, long[] next) {
    this.v = v;
    this.next = next;
    int state = program.state();
    source = new int[state];
    hasReset = new boolean[state];
    resetWords = new long[state];
    memories = new MemoryPorts[contents.length];
    List<Sink> sinks = program.sinks();
    for (Sink sink : sinks) {
      if (sink instanceof Sink.Register register) {
        add(program, register);
      } else if (sink instanceof Sink.Ports ports) {
        int number = program.memories().get(ports.memory());
        memories[number] = new MemoryPorts(program, contents[number]);
        for (int leaf : ports.state()) {
          source[program.slots()[leaf]] = -1;
        }
      }
    }
  }

  private void add(Program program, Sink.Register register) {
    int first = program.slots()[register.state()[0]];
    for (int i = 0; i < register.state().length; i++) {
      source[first + i] = program.slots()[register.needed()[i]];
      hasReset[first + i] = register.node().resetValue() != null;
    }
    if (register.node().resetValue() != null) {
      Words.put(resetWords, first, register.node().width(), register.node().resetValue());
    }
  }

  /** Gathers the next values of all registers. */
  void gather() {
    for (int i = 0; i < source.length; i++) {
      if (source[i] >= 0) {
        next[i] = v[source[i]];
      }
    }
  }

  /** Replaces the next values of registers that have a reset value. */
  void reset() {
    for (int i = 0; i < source.length; i++) {
      if (hasReset[i]) {
        next[i] = resetWords[i];
      }
    }
  }

  /**
   * Lets a memory read and write; what it reads is a next value.
   *
   * @return whether something was written
   */
  boolean memory(int number) {
    return memories[number].edge(v, next);
  }

  /** Lets all memories read and write. */
  void memories() {
    for (MemoryPorts memory : memories) {
      memory.edge(v, next);
    }
  }

  /** Makes next values those of some words of the state. */
  void commit(int from, int count) {
    System.arraycopy(next, from, v, from, count);
  }

  /** Makes all next values those of the state. */
  void commit() {
    commit(0, source.length);
  }
}
