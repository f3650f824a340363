package sluice.hdl.sim;

/** The evaluator that runs a circuit: which one, and when another takes over. */
final class Evaluators {
  /** A run of so many clock edges is likely to be one of many more. */
  private static final long EDGES_TO_COMPILATION = 1000;

  private final Program program;
  private final OnDemand onDemand;
  private final ClockEdge[] edges;
  private final SimulatedMemory[] memories;
  private final long[] v;
  private final long[] next;
  private final int[][] tables;
  private Evaluator evaluator;
  private long edgesToCompilation;

  /** The evaluator changes; counted, so that others know what they know of the present one. */
  private int generation;

  /**
   * @param edges of the clocks, by number
   * @param v values
   * @param next next values of the state
   * @param wanted as in {@link SimulatorOptions}
   */
  Evaluators(
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
    evaluator = new InterpretedEvaluator(program, interpreter, edges, v, next);
    onDemand = new OnDemand(program, interpreter, evaluator);
    edgesToCompilation =
        switch (wanted) {
          case SimulatorOptions.COMPILED -> 0;
          case SimulatorOptions.JVM -> EDGES_TO_COMPILATION;
          case SimulatorOptions.INTERPRETED -> Long.MAX_VALUE;
          default ->
              throw new IllegalArgumentException(
                  "no evaluator " + wanted + "; there are jvm, interpreted and compiled");
        };
    compileWhenDue();
  }

  private void compileWhenDue() {
    if (edgesToCompilation-- == 0) {
      evaluator = new CompiledEvaluator(program, memories, edges, tables, v, next);
      onDemand.use(evaluator);
      generation++;
    }
  }

  void settle() {
    evaluator.settle();
    onDemand.settled();
  }

  /** Lets some clocks rise together, on settled values. */
  void rise(int[] lines) {
    for (int line : lines) {
      evaluator.sample(line);
    }
    for (int line : lines) {
      evaluator.write(line);
    }
    for (int line : lines) {
      evaluator.update(line);
    }
    evaluator.risen();
    compileWhenDue();
  }

  /** Makes sure that a value is in the array, once the logic has settled. */
  void need(int value) {
    onDemand.need(value);
  }

  /** Whether a value is in the array whenever the logic has settled, in this generation. */
  boolean holds(int value) {
    return program.graph().isGiven(value) || evaluator.holds(value);
  }

  int generation() {
    return generation;
  }

  void leafChanged(int leaf) {
    evaluator.leafChanged(leaf);
  }

  void stateChanged() {
    evaluator.stateChanged();
  }
}
