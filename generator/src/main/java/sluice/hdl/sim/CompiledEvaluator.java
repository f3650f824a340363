package sluice.hdl.sim;

/**
 * Computes by generated code. Where much of a circuit rests, a part of the schedule is computed
 * only if a value that it uses is not what it was; this is found by comparing what parts store with
 * what was there. Where most parts change in every cycle, they are all computed without comparing.
 * The evaluator counts, and takes what is faster.
 */
final class CompiledEvaluator implements Evaluator {
  /** Cycles with comparing after a while without. */
  private static final int TRIED_CYCLES = 64;

  private final Program program;
  private final ClockEdge[] edges;
  private final Consumers consumers;
  private final BytecodeCompiler compiler;
  private final long[] v;
  private final long[] next;
  private final PartFlags flags;
  private final CompiledBlock[] comparing;
  private final PartState[] states;

  /** Code without comparing; null until it is wanted. */
  private CompiledBlock[] plain;

  private boolean isPlain;

  /** Cycles from the last decision to the next, and those that are left. */
  private int countedCycles;

  private int cyclesToDecision;
  private long changingParts;

  /** The part of the sink of each word of the state. */
  private final int[] partOfState;

  /** Clocks whose next values are not those that the parts compute: resets, metastability. */
  private final boolean[] overridden;

  CompiledEvaluator(
      Program program,
      SimulatedMemory[] memories,
      ClockEdge[] edges,
      int[][] tables,
      long[] v,
      long[] next) {
    this.program = program;
    countedCycles = program.tuning().countedCycles();
    cyclesToDecision = countedCycles;
    this.edges = edges;
    this.v = v;
    this.next = next;
    consumers = new Consumers(program);
    flags = new PartFlags(program.schedule().parts(), program.lines());
    flags.activateAll();
    overridden = new boolean[program.lines()];
    states = new PartState[program.lines()];
    for (int line = 0; line < states.length; line++) {
      states[line] = new PartState(program, line, edges[line].memories());
    }
    partOfState = new int[program.state()];
    for (int i = 0; i < program.sinks().size(); i++) {
      for (int leaf : program.sinks().get(i).state()) {
        partOfState[program.slots()[leaf]] = program.schedule().partOfSink()[i];
      }
    }
    compiler = new BytecodeCompiler(program, consumers, v, next, flags, memories, tables);
    comparing = compiler.compile(true);
  }

  @Override
  public void settle() {
    for (CompiledBlock block : isPlain ? plain : comparing) {
      block.settle();
    }
  }

  @Override
  public void sample(int line) {
    int computed = isPlain ? 0 : flags.collect();
    overridden[line] = edges[line].override();
    if (!overridden[line]) {
      changingParts += computed;
      cyclesToDecision--;
    }
    if (takesAll(line)) {
      for (MemoryPorts memory : edges[line].memories()) {
        memory.read(v, next);
      }
    } else {
      states[line].forEachMemory(flags, this::read);
    }
  }

  /** Whether all of a clock's state is taken, not only that of parts that were computed. */
  private boolean takesAll(int line) {
    return isPlain || overridden[line];
  }

  private void read(int line, PartState.Memory memory) {
    memory.ports().read(v, next);
    for (int leaf : memory.data()) {
      int slot = program.slots()[leaf];
      if (v[slot] != next[slot]) {
        flags.activateLater(line, consumers.of(leaf));
      }
    }
  }

  @Override
  public void write(int line) {
    if (takesAll(line)) {
      for (MemoryPorts memory : edges[line].memories()) {
        memory.write(v);
      }
    } else {
      states[line].forEachMemory(flags, this::write);
    }
  }

  private void write(int line, PartState.Memory memory) {
    if (memory.ports().write(v)) {
      flags.activateLater(line, consumers.ofMemory(memory.number()));
    }
  }

  @Override
  public void update(int line) {
    if (takesAll(line)) {
      edges[line].commit();
    } else {
      states[line].forEachRange(flags, edges[line]::commit);
      states[line].forEachRestless(this::update);
    }
    if (!isPlain) {
      flags.advance(line);
    }
    if (overridden[line]) {
      flags.activateAll();
    }
  }

  @Override
  public void risen() {
    if (cyclesToDecision <= 0) {
      decide();
    }
  }

  private void decide() {
    if (isPlain) {
      isPlain = false;
      countedCycles = Math.min(TRIED_CYCLES, program.tuning().countedCycles());
    } else if (changingParts > mostChanging()) {
      if (plain == null) {
        plain = compiler.compile(false);
      }
      isPlain = true;
      countedCycles = program.tuning().plainCycles();
    } else {
      countedCycles = program.tuning().countedCycles();
    }
    cyclesToDecision = countedCycles;
    changingParts = 0;
    flags.activateAll();
  }

  private void update(int line, PartState.Memory memory) {
    if (memory.data().length > 0) {
      edges[line].commit(program.slots()[memory.data()[0]], memory.data().length);
    }
  }

  private double mostChanging() {
    return program.tuning().mostChanging() * countedCycles * program.schedule().parts();
  }

  @Override
  public void leafChanged(int leaf) {
    if (!isPlain) {
      flags.activate(consumers.of(leaf));
      int slot = program.slots()[leaf];
      if (slot < partOfState.length) {
        // Its next value may be the one it had before, which is to be taken again.
        flags.activate(partOfState[slot]);
      }
    }
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
