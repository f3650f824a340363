package sluice.hdl.sim;

import java.util.Arrays;
import java.util.List;

/**
 * Computes by generated code, and only what changes: a part of the schedule is computed if a value
 * that it uses is not what it was.
 */
final class CompiledEngine implements Engine {
  private final Program program;
  private final ClockEdge edge;
  private final Consumers consumers;
  private final boolean conditional;
  private final long[] v;
  private final long[] next;

  /** Bits of the parts to compute, of those to compute after the edge, and of those computed. */
  private final long[] active;

  private final long[] later;
  private final long[] computed;

  private final CompiledBlock[] blocks;

  /** Where the state of each part begins. */
  private final int[] stateOf;

  /** The memories whose ports are in a part, and what they read. */
  private final int[][] memoriesOf;

  private final int[][] dataOf;

  CompiledEngine(
      Program program,
      SimulatedMemory[] memories,
      ClockEdge edge,
      int[][] tables,
      long[] v,
      long[] next,
      boolean conditional) {
    this.program = program;
    this.edge = edge;
    this.v = v;
    this.next = next;
    this.conditional = conditional;
    consumers = new Consumers(program);
    int parts = program.schedule().parts();
    int words = (parts + 63) / 64;
    active = new long[words];
    later = new long[words];
    computed = new long[words];
    activateAll(active);
    stateOf = new int[parts + 1];
    memoriesOf = new int[parts][0];
    dataOf = new int[memories.length][];
    place(program.sinks(), program.schedule().partOfSink());
    blocks =
        new BytecodeCompiler(
                program,
                consumers,
                conditional,
                v,
                next,
                new long[][] {active, later, computed},
                memories,
                tables)
            .compile();
  }

  private void place(List<Sink> sinks, int[] partOfSink) {
    for (int i = 0; i < sinks.size(); i++) {
      int part = partOfSink[i];
      stateOf[part + 1] += sinks.get(i).state().length;
      if (sinks.get(i) instanceof Sink.Ports ports) {
        int number = program.memories().get(ports.memory());
        dataOf[number] = ports.state();
        memoriesOf[part] = Arrays.copyOf(memoriesOf[part], memoriesOf[part].length + 1);
        memoriesOf[part][memoriesOf[part].length - 1] = number;
      }
    }
    for (int part = 0; part + 1 < stateOf.length; part++) {
      stateOf[part + 1] += stateOf[part];
    }
  }

  private void activateAll(long[] flags) {
    int parts = program.schedule().parts();
    Arrays.fill(flags, -1L);
    flags[flags.length - 1] = -1L >>> (-parts & 63);
  }

  private static void activate(long[] flags, int[] parts) {
    for (int part : parts) {
      flags[part >> 6] |= 1L << part;
    }
  }

  @Override
  public void settle() {
    for (CompiledBlock block : blocks) {
      block.settle();
    }
  }

  @Override
  public void edge(boolean inReset) {
    if (inReset || !conditional) {
      edge.memories();
      if (inReset) {
        edge.reset();
      }
      edge.commit();
      activateAll(active);
      Arrays.fill(later, 0);
      Arrays.fill(computed, 0);
      return;
    }
    for (int word = 0; word < computed.length; word++) {
      for (long bits = computed[word]; bits != 0; bits &= bits - 1) {
        int part = 64 * word + Long.numberOfTrailingZeros(bits);
        for (int memory : memoriesOf[part]) {
          memory(memory);
        }
      }
    }
    for (int word = 0; word < computed.length; word++) {
      for (long bits = computed[word]; bits != 0; bits &= bits - 1) {
        int part = 64 * word + Long.numberOfTrailingZeros(bits);
        edge.commit(stateOf[part], stateOf[part + 1] - stateOf[part]);
      }
      computed[word] = 0;
      active[word] |= later[word];
      later[word] = 0;
    }
  }

  private void memory(int number) {
    if (edge.memory(number)) {
      activate(later, consumers.ofMemory(number));
    }
    for (int leaf : dataOf[number]) {
      int slot = program.slots()[leaf];
      if (v[slot] != next[slot]) {
        activate(later, consumers.of(leaf));
      }
    }
  }

  @Override
  public void inputChanged(int leaf) {
    activate(active, consumers.of(leaf));
  }

  @Override
  public void stateChanged() {
    activateAll(active);
  }

  @Override
  public boolean holds(int value) {
    return program.stored()[value];
  }
}
