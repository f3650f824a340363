package sluice.hdl.sim;

/** The engine that runs a circuit: which one, and when another takes over. */
final class Engines {
  /** A run of so many clock edges is likely to be one of many more. */
  private static final long EDGES_TO_COMPILATION = 1000;

  private final Program program;
  private final OnDemand onDemand;
  private final ClockEdge[] edges;
  private final SimulatedMemory[] memories;
  private final long[] v;
  private final long[] next;
  private final int[][] tables;
  private Engine engine;
  private long edgesToCompilation;

  /** The engine changes; counted, so that others know what they know of the present one. */
  private int generation;

  /**
   * @param edges of the clocks, by number
   * @param v values
   * @param next next values of the state
   * @param wanted as in {@link SimulatorOptions}
   */
  Engines(
      Program program,
      SimulatedMemory[] memories,
      ClockEdge[] edges,
      long[] v,
      long[] next,
      String wanted) {
    this.program = program;
    this.memories = memories;
    this.edges = edges;
    this.v = v;
    this.next = next;
    Interpreter interpreter = new Interpreter(program, memories, v);
    tables = interpreter.tables();
    engine = new InterpretedEngine(program, interpreter, edges, v, next);
    onDemand = new OnDemand(program, interpreter, engine);
    edgesToCompilation =
        switch (wanted) {
          case SimulatorOptions.COMPILED -> 0;
          case SimulatorOptions.JVM -> EDGES_TO_COMPILATION;
          case SimulatorOptions.INTERPRETED -> Long.MAX_VALUE;
          default ->
              throw new IllegalArgumentException(
                  "no engine " + wanted + "; there are jvm, interpreted and compiled");
        };
    compileWhenDue();
  }

  private void compileWhenDue() {
    if (edgesToCompilation-- == 0) {
      engine = new CompiledEngine(program, memories, edges, tables, v, next);
      onDemand.use(engine);
      generation++;
    }
  }

  void settle() {
    engine.settle();
    onDemand.settled();
  }

  /** Lets some clocks rise together, on settled values. */
  void rise(int[] lines) {
    for (int line : lines) {
      engine.sample(line);
    }
    for (int line : lines) {
      engine.write(line);
    }
    for (int line : lines) {
      engine.update(line);
    }
    compileWhenDue();
  }

  /** Makes sure that a value is in the array, once the logic has settled. */
  void need(int value) {
    onDemand.need(value);
  }

  /** Whether a value is in the array whenever the logic has settled, in this generation. */
  boolean holds(int value) {
    return program.graph().isGiven(value) || engine.holds(value);
  }

  int generation() {
    return generation;
  }

  void leafChanged(int leaf) {
    engine.leafChanged(leaf);
  }

  void stateChanged() {
    engine.stateChanged();
  }
}
