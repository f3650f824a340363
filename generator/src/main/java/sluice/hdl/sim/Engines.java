package sluice.hdl.sim;

/** The engine that runs a circuit: which one, and when another takes over. */
final class Engines {
  /** A run of so many cycles is likely to be one of many more. */
  private static final long CYCLES_TO_COMPILATION = 1000;

  private final Program program;
  private final OnDemand onDemand;
  private final ClockEdge edge;
  private final SimulatedMemory[] memories;
  private final long[] v;
  private final long[] next;
  private final int[][] tables;
  private Engine engine;
  private long cyclesToCompilation;

  Engines(
      Program program, SimulatedMemory[] memories, long[] v, Simulator.Engine wanted) {
    this.program = program;
    this.memories = memories;
    this.v = v;
    next = new long[program.state()];
    edge = new ClockEdge(program, memories, v, next);
    Interpreter interpreter = new Interpreter(program, memories, v);
    tables = interpreter.tables();
    engine = new InterpretedEngine(program, interpreter, edge);
    onDemand = new OnDemand(program, interpreter, engine);
    cyclesToCompilation =
        switch (wanted) {
          case COMPILED -> 0;
          case AUTOMATIC -> CYCLES_TO_COMPILATION;
          case INTERPRETED -> Long.MAX_VALUE;
        };
    compileWhenDue();
  }

  private void compileWhenDue() {
    if (cyclesToCompilation-- == 0) {
      engine = new CompiledEngine(program, memories, edge, tables, v, next);
      onDemand.use(engine);
    }
  }

  void settle() {
    engine.settle();
    onDemand.settled();
  }

  void edge(boolean inReset) {
    engine.edge(inReset);
    compileWhenDue();
  }

  void need(int value) {
    onDemand.need(value);
  }

  void inputChanged(int leaf) {
    engine.inputChanged(leaf);
  }

  void stateChanged() {
    engine.stateChanged();
  }
}
