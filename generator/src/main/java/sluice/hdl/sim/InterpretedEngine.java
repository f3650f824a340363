package sluice.hdl.sim;

/** Computes everything in every cycle, by the {@link Interpreter}. Needs no preparation. */
final class InterpretedEngine implements Engine {
  private final Program program;
  private final Interpreter interpreter;
  private final Interpreter.Code code;
  private final ClockEdge edge;
  private final long[] v;

  InterpretedEngine(Program program, Interpreter interpreter, ClockEdge edge, long[] v) {
    this.program = program;
    this.interpreter = interpreter;
    this.code = interpreter.code(program.schedule().order());
    this.edge = edge;
    this.v = v;
  }

  @Override
  public void settle() {
    interpreter.run(code);
  }

  @Override
  public void edge(boolean inReset) {
    edge.gather(v);
    edge.memories(v);
    if (inReset) {
      edge.reset(v);
    }
    edge.commit(v);
  }

  @Override
  public void inputChanged(int leaf) {
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
