package sluice.hdl.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Node;

/**
 * What happens at the rising edges of one clock: its registers and memory ports take their next
 * values. Where several clocks rise together, each samples before any writes, and each writes to
 * memories before any updates its values.
 */
final class ClockEdge {
  private final long[] v;

  /** The next value of each word of the state. */
  private final long[] next;

  private final ResetSources resets;
  private final Metastability metastability;

  /** The words of the clock's state, all one behind the other. */
  private int from = Integer.MAX_VALUE;

  private int end;

  /** For each word of a register: where it is, and where the value is that it takes. */
  private final List<int[]> sources = new ArrayList<>();

  private final List<ResetWord> resetWords = new ArrayList<>();
  private final List<MemoryPorts> memories = new ArrayList<>();
  private final int[][] moves;

  /** A word of a register: its value after reset, and what resets it. */
  private record ResetWord(int slot, long value, int reset) {}

  /**
   * @param line the number of the clock
   * @param mine which clocks of the design's modules have these edges
   * @param v values; the state comes first
   * @param next next values of the state
   */
  ClockEdge(
      Program program,
      int line,
      Predicate<Clock> mine,
      SimulatedMemory[] contents,
      ResetSources resets,
      Metastability metastability,
      long[] v,
      long[] next) {
    this.resets = resets;
    this.metastability = metastability;
    this.v = v;
    this.next = next;
    for (Sink sink : program.sinks()) {
      if (sink.line() != line) {
        continue;
      }
      for (int leaf : sink.state()) {
        from = Math.min(from, program.slots()[leaf]);
        end = Math.max(end, program.slots()[leaf] + 1);
      }
      if (sink instanceof Sink.Register register) {
        add(program, register);
      } else if (sink instanceof Sink.Ports ports) {
        SimulatedMemory memory = contents[program.memories().get(ports.memory())];
        memories.add(new MemoryPorts(program, memory, mine));
      }
    }
    from = Math.min(from, end);
    moves = sources.toArray(int[][]::new);
  }

  private void add(Program program, Sink.Register register) {
    Node.Register node = register.node();
    int first = program.slots()[register.state()[0]];
    int[] source = new int[register.needed().length];
    for (int i = 0; i < source.length; i++) {
      source[i] = program.slots()[register.needed()[i]];
      sources.add(new int[] {first + i, source[i]});
    }
    metastability.add(node, first, source);
    if (node.resetValue() != null) {
      long[] value = register.resetWords();
      int reset = resets.of(node.clock());
      for (int i = 0; i < value.length; i++) {
        resetWords.add(new ResetWord(first + i, value[i], reset));
      }
    }
  }

  /** The ports of memories, in the order of their sinks. */
  List<MemoryPorts> memories() {
    return memories;
  }

  /** Gathers the next values of all registers, of settled values. */
  void gather() {
    for (int[] move : moves) {
      next[move[0]] = v[move[1]];
    }
  }

  /**
   * Changes next values to what metastability and resets make of them.
   *
   * @return whether it may have changed any
   */
  boolean override() {
    boolean changed = metastability.disturb(v, next);
    boolean[] active = resets.active(v);
    for (boolean one : active) {
      if (one) {
        reset(active);
        return true;
      }
    }
    return changed;
  }

  private void reset(boolean[] active) {
    for (ResetWord word : resetWords) {
      if (active[word.reset]) {
        next[word.slot] = word.value;
      }
    }
  }

  /** Makes next values those of some words of the state. */
  void commit(int first, int count) {
    System.arraycopy(next, first, v, first, count);
  }

  /** Makes all next values those of the clock's state. */
  void commit() {
    commit(from, end - from);
  }
}
