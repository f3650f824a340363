package sluice.hdl.sim;

import java.math.BigInteger;
import java.util.Random;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Node;

/** The engine within the JVM: it shows every signal and every memory. */
final class JvmEngine implements SimulationEngine {
  private final Program program;
  private final Interpreter interpreter;
  private final ClockEdge edge;
  private final SimulatedMemory[] memories;
  private final long[] values;
  private boolean settled;

  JvmEngine(Hierarchy hierarchy, SimulatorOptions options) {
    program = Compiler.compile(hierarchy);
    Random random = new Random(options.seed());
    memories = new SimulatedMemory[program.memories().size()];
    for (MemoryBlock block : hierarchy.memories()) {
      memories[program.memories().get(block)] =
          new SimulatedMemory(block, random, options.undefined(), () -> settled = false);
    }
    values = new long[program.words()];
    interpreter = new Interpreter(program, memories);
    edge = new ClockEdge(program, memories);
    for (Node node : hierarchy.nodes()) {
      if (isState(node) && options.undefined() != Undefined.ZERO) {
        BigInteger bits = new BigInteger(node.width(), random);
        Words.put(values, program.offsets().get(node), node.width(), bits);
      }
    }
    for (Program.Constant constant : program.constants()) {
      Node.Constant node = constant.node();
      Words.put(values, constant.offset(), node.width(), node.value());
    }
  }

  private static boolean isState(Node node) {
    return node instanceof Node.Register
        || (node instanceof Node.MemoryRead read && read.memory().synchronous());
  }

  @Override
  public boolean observes(Node node) {
    return program.offsets().containsKey(node);
  }

  @Override
  public void poke(Node input, BigInteger bits) {
    Words.put(values, program.offsets().get(input), input.width(), bits);
    settled = false;
  }

  @Override
  public long peek(Node node) {
    settle();
    return values[program.offsets().get(node)];
  }

  @Override
  public BigInteger peekBig(Node node) {
    settle();
    return Words.get(values, program.offsets().get(node), node.width());
  }

  @Override
  public SimulatedMemory memory(MemoryBlock block) {
    return memories[program.memories().get(block)];
  }

  @Override
  public void step(boolean inReset) {
    settle();
    edge.run(values, inReset);
    settled = false;
  }

  private void settle() {
    if (!settled) {
      interpreter.run(values);
      settled = true;
    }
  }

  @Override
  public void close() {}
}
