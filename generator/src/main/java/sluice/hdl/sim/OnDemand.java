package sluice.hdl.sim;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Computes values that an evaluator leaves out, once they are asked for: those that nothing needs,
 * and those that are used within compiled code only. Who was asked for once will be again, so all
 * such values are computed together, at most once for each state of the circuit.
 */
final class OnDemand {
  private final Program program;
  private final Interpreter interpreter;
  private final BitSet cone = new BitSet();
  private Evaluator evaluator;
  private Interpreter.Code code;
  private boolean current;

  OnDemand(Program program, Interpreter interpreter, Evaluator evaluator) {
    this.program = program;
    this.interpreter = interpreter;
    this.evaluator = evaluator;
  }

  /** Says that the circuit has settled anew. */
  void settled() {
    current = false;
  }

  /** Goes on with another evaluator. */
  void use(Evaluator next) {
    evaluator = next;
    cone.clear();
    code = null;
    current = false;
  }

  /** Makes sure that a value is in the array. */
  void need(int value) {
    if (program.graph().isGiven(value) || evaluator.holds(value)) {
      return;
    }
    if (!cone.get(value)) {
      int[] added = extend(value);
      code = null;
      if (current) {
        interpreter.run(interpreter.code(added));
      }
    }
    if (!current) {
      if (code == null) {
        code = interpreter.code(cone.stream().toArray());
      }
      interpreter.run(code);
      current = true;
    }
  }

  /** Adds a value to the cone, and what it is made from; gives what is new, in order. */
  private int[] extend(int root) {
    Graph graph = program.graph();
    BitSet added = new BitSet();
    int[] stack = new int[64];
    int depth = 0;
    stack[depth++] = root;
    while (depth > 0) {
      int value = stack[--depth];
      if (graph.isGiven(value) || evaluator.holds(value) || cone.get(value)) {
        continue;
      }
      cone.set(value);
      added.set(value);
      int[] operands = graph.operandsOf(value);
      if (depth + operands.length > stack.length) {
        stack = Arrays.copyOf(stack, 2 * (depth + operands.length));
      }
      System.arraycopy(operands, 0, stack, depth, operands.length);
      depth += operands.length;
    }
    return added.stream().toArray();
  }
}
