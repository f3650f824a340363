package sluice.hdl.sim;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/**
 * Writes the method of one part. Values of the part are on the operand stack or in local variables;
 * what others need goes to the array as well. The code has no branches. Every stored value is
 * compared with what was there, and marks the parts that use it if it is another.
 */
final class PartCode {
  /** Deeper expressions are cut by local variables. */
  private static final int MOST_DEPTH = 16;

  /** Words of flags that are set in place; more are set by a call. */
  private static final int MOST_MASKS = 6;

  /** A method that marks more often does it by calls, which are short. */
  private static final int MOST_MARKS = 24;

  private final Program program;
  private final Graph graph;
  private final Consumers consumers;
  private final BlockFields fields;
  private final MethodVisitor code;
  private final OperationCode operations;
  private final Map<Integer, Integer> uses = new HashMap<>();
  private final Map<Integer, Integer> depths = new HashMap<>();
  private final Map<Integer, Integer> locals = new HashMap<>();
  private final List<Integer> free = new ArrayList<>();
  private int localSlots;

  /** Variables that gather changes, by what they mark. */
  private final Map<Marks, Integer> changes = new LinkedHashMap<>();

  /** Parts to be marked: now, or after the edge of a clock. */
  private record Marks(int line, List<Integer> parts) {
    static final int NOW = -1;
  }

  PartCode(Program program, Consumers consumers, BlockFields fields, MethodVisitor code) {
    this.program = program;
    this.graph = program.graph();
    this.consumers = consumers;
    this.fields = fields;
    this.code = code;
    this.operations = new OperationCode(this, graph, fields, code);
  }

  /**
   * Writes the body of the method.
   *
   * @return its length in bytes
   */
  int write(int[] values, List<Sink.Register> registers) {
    for (int value : values) {
      for (int operand : graph.operandsOf(value)) {
        uses.merge(operand, 1, Integer::sum);
      }
    }
    for (Sink.Register register : registers) {
      for (int value : register.needed()) {
        uses.merge(value, 1, Integer::sum);
      }
    }
    for (int value : values) {
      if (!isInline(value)) {
        compute(value);
      }
    }
    for (Sink.Register register : registers) {
      for (int i = 0; i < register.state().length; i++) {
        next(register.line(), register.state()[i], register.needed()[i]);
      }
    }
    changes.forEach(this::mark);
    code.visitInsn(RETURN);
    Label end = new Label();
    code.visitLabel(end);
    code.visitMaxs(0, 0);
    return end.getOffset();
  }

  /** Whether a value is computed where it is used. */
  private boolean isInline(int value) {
    int depth = 1;
    for (int operand : graph.operandsOf(value)) {
      depth = Math.max(depth, 1 + depths.getOrDefault(operand, 0));
    }
    boolean inline =
        uses.getOrDefault(value, 0) == 1 && !program.stored()[value] && depth <= MOST_DEPTH;
    depths.put(value, inline ? depth : 0);
    return inline;
  }

  private void compute(int value) {
    operations.write(value);
    if (!program.stored()[value]) {
      code.visitVarInsn(LSTORE, local(value));
      return;
    }
    int local = local(value);
    code.visitVarInsn(LSTORE, local);
    compare(local, program.slots()[value], Marks.NOW, consumers.of(value));
    fields.values(code);
    store(local, program.slots()[value]);
    if (uses.getOrDefault(value, 0) == 0) {
      release(value);
    }
  }

  private void next(int line, int leaf, int value) {
    int slot = program.slots()[leaf];
    push(value);
    int local = newLocal();
    code.visitVarInsn(LSTORE, local);
    compare(local, slot, line, consumers.of(leaf));
    fields.next(code);
    store(local, slot);
    free.add(local);
  }

  /** Notes whether a variable differs from what is in the array. */
  private void compare(int local, int slot, int line, int[] marked) {
    if (marked.length > 0 && fields.conditional()) {
      Marks key = new Marks(line, Arrays.stream(marked).boxed().toList());
      code.visitVarInsn(LLOAD, local);
      load(slot);
      code.visitInsn(LXOR);
      Integer change = changes.get(key);
      if (change == null) {
        change = newLocal();
        changes.put(key, change);
      } else {
        code.visitVarInsn(LLOAD, change);
        code.visitInsn(LOR);
      }
      code.visitVarInsn(LSTORE, change);
    }
  }

  /** Stores a variable into the array that was pushed. */
  private void store(int local, int slot) {
    BlockFields.pushInt(code, slot);
    code.visitVarInsn(LLOAD, local);
    code.visitInsn(LASTORE);
  }

  private void mark(Marks marks, int change) {
    Map<Integer, Long> masks = new LinkedHashMap<>();
    marks.parts.forEach(part -> masks.merge(part >> 6, 1L << part, (a, b) -> a | b));
    if (masks.size() > MOST_MASKS || changes.size() > MOST_MARKS) {
      flags(marks);
      fields.parts(code, marks.parts);
      code.visitVarInsn(LLOAD, change);
      code.visitMethodInsn(INVOKESTATIC, BlockFields.FLAGS, "mark", "([J[IJ)V", false);
      return;
    }
    // All ones if anything changed.
    code.visitVarInsn(LLOAD, change);
    code.visitInsn(DUP2);
    code.visitInsn(LNEG);
    code.visitInsn(LOR);
    BlockFields.pushInt(code, 63);
    code.visitInsn(LSHR);
    code.visitVarInsn(LSTORE, change);
    masks.forEach(
        (word, mask) -> {
          flags(marks);
          BlockFields.pushInt(code, word);
          code.visitInsn(DUP2);
          code.visitInsn(LALOAD);
          code.visitVarInsn(LLOAD, change);
          BlockFields.pushLong(code, mask);
          code.visitInsn(LAND);
          code.visitInsn(LOR);
          code.visitInsn(LASTORE);
        });
  }

  private void flags(Marks marks) {
    if (marks.line == Marks.NOW) {
      fields.active(code);
    } else {
      fields.later(code, marks.line);
    }
  }

  private int newLocal() {
    if (!free.isEmpty()) {
      return free.remove(free.size() - 1);
    }
    localSlots += 2;
    return localSlots - 2;
  }

  private int local(int value) {
    return locals.computeIfAbsent(value, v -> newLocal());
  }

  private void release(int value) {
    free.add(locals.remove(value));
  }

  /** Pushes a value that is used here. */
  void push(int value) {
    if (graph.isConstant(value)) {
      BlockFields.pushLong(code, graph.constantOf(value));
      return;
    }
    int left = uses.merge(value, -1, Integer::sum);
    Integer local = locals.get(value);
    if (local != null) {
      code.visitVarInsn(LLOAD, local);
      if (left == 0) {
        release(value);
      }
    } else if (depths.getOrDefault(value, 0) > 0) {
      operations.write(value);
    } else {
      load(program.slots()[value]);
      if (left > 0) {
        code.visitInsn(DUP2);
        code.visitVarInsn(LSTORE, local(value));
      }
    }
  }

  private void load(int slot) {
    fields.values(code);
    BlockFields.pushInt(code, slot);
    code.visitInsn(LALOAD);
  }

  /**
   * Undoes the use of a value that would be computed here and nowhere else, so that its operands
   * can be pushed in its place.
   *
   * @return whether it is such a value
   */
  boolean takeApart(int value) {
    if (locals.get(value) != null || depths.getOrDefault(value, 0) == 0) {
      return false;
    }
    uses.merge(value, -1, Integer::sum);
    return true;
  }

  /** Says that a value is used here from the array, without being pushed. */
  void pass(int value) {
    if (!graph.isConstant(value)
        && uses.merge(value, -1, Integer::sum) == 0
        && locals.containsKey(value)) {
      release(value);
    }
  }
}
