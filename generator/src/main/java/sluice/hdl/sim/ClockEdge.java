package sluice.hdl.sim;

import java.util.List;

/** What happens at a rising edge of the clock: registers and memories take their next values. */
final class ClockEdge {
  private final int state;

  /** For each word of the state: where the value is that a register takes; -1 for a memory. */
  private final int[] next;

  private final boolean[] hasReset;
  private final long[] resetWords;
  private final MemoryPorts[] memories;

  ClockEdge(Program program, SimulatedMemory[] contents) {
    state = program.state();
    next = new int[state];
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
          next[program.slots()[leaf]] = -1;
        }
      }
    }
  }

  private void add(Program program, Sink.Register register) {
    int first = program.slots()[register.state()[0]];
    for (int i = 0; i < register.state().length; i++) {
      next[first + i] = program.slots()[register.needed()[i]];
      hasReset[first + i] = register.node().resetValue() != null;
    }
    if (register.node().resetValue() != null) {
      Words.put(resetWords, first, register.node().width(), register.node().resetValue());
    }
  }

  /** Gathers the next values of all registers. */
  void gather(long[] v) {
    for (int i = 0; i < state; i++) {
      if (next[i] >= 0) {
        v[state + i] = v[next[i]];
      }
    }
  }

  /** Replaces the next values of registers that have a reset value. */
  void reset(long[] v) {
    for (int i = 0; i < state; i++) {
      if (hasReset[i]) {
        v[state + i] = resetWords[i];
      }
    }
  }

  /** Lets a memory read and write; its next data is not visible yet. */
  boolean memory(int number, long[] v) {
    return memories[number].edge(v);
  }

  /** Lets all memories read and write. */
  void memories(long[] v) {
    for (MemoryPorts memory : memories) {
      memory.edge(v);
    }
  }

  /** Makes next values those of some words of the state. */
  void commit(long[] v, int from, int count) {
    System.arraycopy(v, state + from, v, from, count);
  }

  /** Makes all next values those of the state. */
  void commit(long[] v) {
    commit(v, 0, state);
  }
}
