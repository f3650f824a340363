package sluice.hdl.sim;

/** The engine that runs a circuit: which one, and when another takes over. */
final class Engines {
  private final Program program;
  private final OnDemand onDemand;
  private final ClockEdge edge;
  private final SimulatedMemory[] memories;
  private final long[] v;
  private Engine engine;
  private long cyclesToCompilation;

  Engines(
      Program program, SimulatedMemory[] memories, long[] v, Simulator.Engine wanted) {
    this.program = program;
    this.memories = memories;
    this.v = v;
    edge = new ClockEdge(program, memories);
    Interpreter interpreter = new Interpreter(program, memories, v);
    engine = new InterpretedEngine(program, interpreter, edge, v);
    onDemand = new OnDemand(program, interpreter, engine);
    if (wanted == Simulator.Engine.COMPILED) {
      engine = new CompiledEngine(program, memories, edge, interpreter.tables(), v, !Boolean.getBoolean("straight"));
      onDemand.use(engine);
    }
  }

  void settle() {
    engine.settle();
    onDemand.settled();
  }

  void edge(boolean inReset) {
    engine.edge(inReset);
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
