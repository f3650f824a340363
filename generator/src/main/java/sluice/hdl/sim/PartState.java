package sluice.hdl.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * The state of one clock, part by part: which words and memory ports the sinks of each part have.
 */
final class PartState {
  private final int line;

  /** Where the state of each part begins; the last is the end. */
  private final int[] starts;

  /** The memories of each part. */
  private final Memory[][] memories;

  /** Memories whose ports have to be looked at in every cycle. */
  private final Memory[] restless;

  /**
   * The ports of a memory.
   *
   * @param number of the memory
   * @param data the leaves that they read into
   */
  record Memory(int number, MemoryPorts ports, int[] data) {}

  /** What is done with the ports of a memory. */
  interface MemoryAction {
    void of(int line, Memory memory);
  }

  /** What is done with words of the state that stand one behind the other. */
  interface RangeAction {
    void of(int first, int count);
  }

  /**
   * @param ports the ports of memories of the clock, in the order of their sinks
   */
  PartState(Program program, int line, List<MemoryPorts> ports) {
    this.line = line;
    int parts = program.schedule().parts();
    starts = new int[parts + 1];
    List<List<Memory>> calm = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      calm.add(new ArrayList<>());
    }
    List<Memory> others = new ArrayList<>();
    int first = 0;
    int port = 0;
    for (int i = 0; i < program.sinks().size(); i++) {
      Sink sink = program.sinks().get(i);
      if (sink.line() < line) {
        first += sink.state().length;
      } else if (sink.line() == line) {
        int part = program.schedule().partOfSink()[i];
        starts[part + 1] += sink.state().length;
        if (sink instanceof Sink.Ports memory) {
          int number = program.memories().get(memory.memory());
          MemoryPorts each = ports.get(port++);
          (each.areRestless() ? others : calm.get(part))
              .add(new Memory(number, each, memory.state()));
        }
      }
    }
    memories = calm.stream().map(list -> list.toArray(Memory[]::new)).toArray(Memory[][]::new);
    restless = others.toArray(Memory[]::new);
    starts[0] = first;
    for (int part = 0; part < parts; part++) {
      starts[part + 1] += starts[part];
    }
  }

  /** Does something with the memories of parts that were computed. */
  void forEachMemory(PartFlags flags, MemoryAction action) {
    for (int word = 0; word < flags.words(); word++) {
      for (long bits = flags.pending(line, word); bits != 0; bits &= bits - 1) {
        for (Memory memory : memories[64 * word + Long.numberOfTrailingZeros(bits)]) {
          action.of(line, memory);
        }
      }
    }
    for (Memory memory : restless) {
      action.of(line, memory);
    }
  }

  /** Does something with the memories that are looked at in every cycle. */
  void forEachRestless(MemoryAction action) {
    for (Memory memory : restless) {
      action.of(line, memory);
    }
  }

  /**
   * Does something with the words of parts that were computed; with those of neighbours at once.
   */
  void forEachRange(PartFlags flags, RangeAction action) {
    for (int word = 0; word < flags.words(); word++) {
      long bits = flags.pending(line, word);
      while (bits != 0) {
        int part = Long.numberOfTrailingZeros(bits);
        int count = Long.numberOfTrailingZeros(~(bits >>> part));
        int first = starts[64 * word + part];
        action.of(first, starts[64 * word + part + count] - first);
        bits = part + count >= 64 ? 0 : bits & -1L << part + count;
      }
    }
  }
}
