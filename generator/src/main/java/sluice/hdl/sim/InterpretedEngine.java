package sluice.hdl.sim;

/** Computes everything in every cycle, by the {@link Interpreter}. Needs no preparation. */
final class InterpretedEngine implements Engine {
  private final Program program;
  private final Interpreter interpreter;
  private final Interpreter.Code code;
  private final ClockEdge edge;

  InterpretedEngine(Program program, Interpreter interpreter, ClockEdge edge) {
    this.program = program;
    this.interpreter = interpreter;
    this.code = interpreter.code(program.schedule().order());
    this.edge = edge;
  }

  @Override
  public void settle() {
    interpreter.run(code);
  }

  @Override
  public void edge(boolean inReset) {
    edge.gather();
    edge.memories();
    if (inReset) {
      edge.reset();
    }
    edge.commit();
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
