package sluice.hdl.sim;

import java.util.Arrays;
import java.util.List;

/**
 * Computes by generated code. Where much of a circuit rests, a part of the schedule is computed only
 * if a value that it uses is not what it was; this is found by comparing what parts store with what
 * was there. Where most parts change in every cycle, they are all computed without comparing. The
 * engine counts, and takes what is faster.
 */
final class CompiledEngine implements Engine {
  /** Cycles in which changing parts are counted, before the decision is made anew. */
  private static final int COUNTED_CYCLES = 64;

  /** Cycles without comparing, before changing parts are counted again. */
  private static final int PLAIN_CYCLES = 1 << 14;

  /** Comparing costs as much as computing: it pays if less than this share of the parts changes. */
  private static final double MOST_CHANGING = 0.5;

  private final Program program;
  private final ClockEdge edge;
  private final Consumers consumers;
  private final BytecodeCompiler compiler;
  private final long[] v;
  private final long[] next;
  private final PartFlags flags;
  private final CompiledBlock[] comparing;

  /** Code without comparing; null until it is wanted. */
  private CompiledBlock[] plain;

  private boolean isPlain;
  private int cyclesToDecision = COUNTED_CYCLES;
  private long changingParts;

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
      long[] next) {
    this.program = program;
    this.edge = edge;
    this.v = v;
    this.next = next;
    consumers = new Consumers(program);
    int parts = program.schedule().parts();
    flags = new PartFlags(parts);
    flags.activateAll();
    stateOf = new int[parts + 1];
    memoriesOf = new int[parts][0];
    dataOf = new int[memories.length][];
    place(program.sinks(), program.schedule().partOfSink());
    compiler = new BytecodeCompiler(program, consumers, v, next, flags, memories, tables);
    comparing = compiler.compile(true);
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

  @Override
  public void settle() {
    for (CompiledBlock block : isPlain ? plain : comparing) {
      block.settle();
    }
  }

  @Override
  public void edge(boolean inReset) {
    if (inReset || isPlain) {
      edge.memories();
      if (inReset) {
        edge.reset();
      }
      edge.commit();
      if (!isPlain) {
        flags.activateAll();
      }
    } else {
      memories();
      commit();
      changingParts += flags.countComputed();
      flags.advance();
    }
    if (--cyclesToDecision == 0) {
      decide();
    }
  }

  private void decide() {
    boolean manyChange =
        changingParts > MOST_CHANGING * COUNTED_CYCLES * program.schedule().parts();
    if (isPlain || !manyChange) {
      isPlain = false;
      cyclesToDecision = COUNTED_CYCLES;
    } else {
      if (plain == null) {
        plain = compiler.compile(false);
      }
      isPlain = true;
      cyclesToDecision = PLAIN_CYCLES;
    }
    changingParts = 0;
    flags.activateAll();
  }

  private void memories() {
    for (int word = 0; word < flags.words(); word++) {
      for (long bits = flags.computed(word); bits != 0; bits &= bits - 1) {
        for (int memory : memoriesOf[64 * word + Long.numberOfTrailingZeros(bits)]) {
          memory(memory);
        }
      }
    }
  }

  private void memory(int number) {
    if (edge.memory(number)) {
      flags.activateLater(consumers.ofMemory(number));
    }
    for (int leaf : dataOf[number]) {
      int slot = program.slots()[leaf];
      if (v[slot] != next[slot]) {
        flags.activateLater(consumers.of(leaf));
      }
    }
  }

  /** Copies the state of the parts that were computed; of neighbours at once. */
  private void commit() {
    for (int word = 0; word < flags.words(); word++) {
      long bits = flags.computed(word);
      while (bits != 0) {
        int first = Long.numberOfTrailingZeros(bits);
        int count = Long.numberOfTrailingZeros(~(bits >>> first));
        int from = stateOf[64 * word + first];
        edge.commit(from, stateOf[64 * word + first + count] - from);
        bits = first + count == 64 ? 0 : bits & -1L << first + count;
      }
    }
  }

  @Override
  public void inputChanged(int leaf) {
    flags.activate(consumers.of(leaf));
  }

  @Override
  public void stateChanged() {
    flags.activateAll();
  }

  @Override
  public boolean holds(int value) {
    return program.stored()[value];
  }
}
