package sluice.hdl.sim;

/** Computes everything in every cycle, by the {@link Interpreter}. Needs no preparation. */
final class InterpretedEvaluator implements Evaluator {
  private final Program program;
  private final Interpreter interpreter;
  private final Interpreter.Code code;
  private final ClockEdge[] edges;
  private final long[] v;
  private final long[] next;

  InterpretedEvaluator(
      Program program, Interpreter interpreter, ClockEdge[] edges, long[] v, long[] next) {
    this.program = program;
    this.interpreter = interpreter;
    this.code = interpreter.code(program.schedule().order());
    this.edges = edges;
    this.v = v;
    this.next = next;
  }

  @Override
  public void settle() {
    interpreter.run(code);
  }

  @Override
  public void sample(int line) {
    edges[line].gather();
    edges[line].override();
    edges[line].memories().forEach(memory -> memory.read(v, next));
  }

  @Override
  public void write(int line) {
    edges[line].memories().forEach(memory -> memory.write(v));
  }

  @Override
  public void update(int line) {
    edges[line].commit();
  }

  @Override
  public void risen() {
    // One edge is as another.
  }

  @Override
  public void leafChanged(int leaf) {
    // Everything is computed anyway.
  }

  @Override
  public void stateChanged() {
    // Everything is computed anyway.
  }

  @Override
  public boolean holds(int value) {
    return program.schedule().computes(value);
  }
}
