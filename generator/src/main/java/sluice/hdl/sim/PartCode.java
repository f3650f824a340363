package sluice.hdl.sim;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.MethodVisitor;

/**
 * Writes the method of one part. Values of the part are on the operand stack or in local variables;
 * what others need goes to the array as well. The code has no branches. Every stored value is
 * compared with what was there, and marks the parts that use it if it is another.
 */
final class PartCode {
  /** Deeper expressions are cut by local variables. */
  private static final int MOST_DEPTH = 16;

  private final Program program;
  private final Graph graph;
  private final Consumers consumers;
  private final BlockFields fields;
  private final MethodVisitor code;
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
  }

  /** Writes the body of the method. */
  void write(int[] values, List<Sink.Register> registers) {
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
    code.visitMaxs(0, 0);
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
    operation(value);
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
    pushInt(slot);
    code.visitVarInsn(LLOAD, local);
    code.visitInsn(LASTORE);
  }

  private void mark(Marks marks, int change) {
    // All ones if anything changed.
    code.visitVarInsn(LLOAD, change);
    code.visitInsn(DUP2);
    code.visitInsn(LNEG);
    code.visitInsn(LOR);
    pushInt(63);
    code.visitInsn(LSHR);
    code.visitVarInsn(LSTORE, change);
    Map<Integer, Long> masks = new LinkedHashMap<>();
    marks.parts.forEach(part -> masks.merge(part >> 6, 1L << part, (a, b) -> a | b));
    masks.forEach(
        (word, mask) -> {
          if (marks.line == Marks.NOW) {
            fields.active(code);
          } else {
            fields.later(code, marks.line);
          }
          pushInt(word);
          code.visitInsn(DUP2);
          code.visitInsn(LALOAD);
          code.visitVarInsn(LLOAD, change);
          pushLong(mask);
          code.visitInsn(LAND);
          code.visitInsn(LOR);
          code.visitInsn(LASTORE);
        });
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
  private void push(int value) {
    if (graph.isConstant(value)) {
      pushLong(graph.constantOf(value));
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
      operation(value);
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
    pushInt(slot);
    code.visitInsn(LALOAD);
  }

  private void operation(int value) {
    int x = graph.x(value);
    int y = graph.y(value);
    switch (graph.opcode(value)) {
      case Opcode.AND -> binary(x, y, LAND);
      case Opcode.OR -> binary(x, y, LOR);
      case Opcode.XOR -> binary(x, y, LXOR);
      case Opcode.ADD -> binary(x, y, LADD);
      case Opcode.SUBTRACT -> binary(x, y, LSUB);
      case Opcode.MULTIPLY -> binary(x, y, LMUL);
      case Opcode.MULTIPLY_HIGH -> {
        push(x);
        push(y);
        code.visitMethodInsn(INVOKESTATIC, BlockFields.WORDS, "multiplyHigh", "(JJ)J", false);
      }
      case Opcode.MULTIPLY_HIGH_SIGNED -> {
        push(x);
        push(y);
        code.visitMethodInsn(INVOKESTATIC, "java/lang/Math", "multiplyHigh", "(JJ)J", false);
      }
      case Opcode.SHIFT_LEFT -> shift(x, y, LSHL);
      case Opcode.SHIFT_RIGHT -> shift(x, y, LUSHR);
      case Opcode.SHIFT_RIGHT_SIGNED -> {
        if (!extend(x, y)) {
          shift(x, y, LSHR);
        }
      }
      case Opcode.EQUAL -> equal(x, y);
      case Opcode.NOT_EQUAL -> notEqual(x, y);
      case Opcode.LESS -> less(x, y);
      case Opcode.LESS_SIGNED -> lessSigned(x, y);
      case Opcode.PARITY -> {
        push(x);
        code.visitMethodInsn(INVOKESTATIC, "java/lang/Long", "bitCount", "(J)I", false);
        code.visitInsn(ICONST_1);
        code.visitInsn(IAND);
        code.visitInsn(I2L);
      }
      case Opcode.MUX -> mux(x, y, graph.z(value));
      case Opcode.CHOOSE -> choose(x, y);
      case Opcode.READ -> {
        fields.memory(code, y);
        push(x);
        pushInt(graph.z(value));
        code.visitMethodInsn(INVOKEVIRTUAL, BlockFields.MEMORY, "read", "(JI)J", false);
      }
      default -> throw new IllegalStateException("opcode " + graph.opcode(value));
    }
  }

  private void binary(int x, int y, int instruction) {
    push(x);
    push(y);
    code.visitInsn(instruction);
  }

  private void shift(int x, int amount, int instruction) {
    push(x);
    if (graph.isConstant(amount)) {
      pushInt((int) graph.constantOf(amount));
    } else {
      push(amount);
      code.visitInsn(L2I);
    }
    code.visitInsn(instruction);
  }

  /** The sign extension of a byte, a short or an int, for which machines have an instruction. */
  private boolean extend(int shifted, int amount) {
    boolean inPlace =
        graph.isConstant(amount)
            && graph.opcode(shifted) == Opcode.SHIFT_LEFT
            && graph.y(shifted) == amount
            && locals.get(shifted) == null
            && depths.getOrDefault(shifted, 0) > 0;
    long unused = inPlace ? graph.constantOf(amount) : 0;
    if (unused != 56 && unused != 48 && unused != 32) {
      return false;
    }
    uses.merge(shifted, -1, Integer::sum);
    push(graph.x(shifted));
    code.visitInsn(L2I);
    if (unused != 32) {
      code.visitInsn(unused == 56 ? I2B : I2S);
    }
    code.visitInsn(I2L);
    return true;
  }

  /** Bit 63, as 1 or 0. */
  private void sign() {
    pushInt(63);
    code.visitInsn(LUSHR);
  }

  private boolean isBelowSign(int value) {
    return graph.width(value) <= 63;
  }

  private void equal(int x, int y) {
    boolean narrow = isBelowSign(x) && isBelowSign(y);
    difference(x, y);
    if (narrow) {
      code.visitInsn(LCONST_1);
      code.visitInsn(LSUB);
      sign();
    } else {
      isNotZero();
      code.visitInsn(LCONST_1);
      code.visitInsn(LXOR);
    }
  }

  private void notEqual(int x, int y) {
    boolean narrow = isBelowSign(x) && isBelowSign(y);
    difference(x, y);
    if (narrow) {
      code.visitInsn(LNEG);
      sign();
    } else {
      isNotZero();
    }
  }

  private void difference(int x, int y) {
    if (graph.isConstant(y, 0)) {
      push(x);
    } else {
      binary(x, y, LXOR);
    }
  }

  private void isNotZero() {
    code.visitInsn(DUP2);
    code.visitInsn(LNEG);
    code.visitInsn(LOR);
    sign();
  }

  private void less(int x, int y) {
    push(x);
    push(y);
    if (isBelowSign(x) && isBelowSign(y)) {
      code.visitInsn(LSUB);
      sign();
    } else {
      code.visitMethodInsn(INVOKESTATIC, "java/lang/Long", "compareUnsigned", "(JJ)I", false);
      isNegative();
    }
  }

  private void lessSigned(int x, int y) {
    push(x);
    push(y);
    if (isNearZero(x) && isNearZero(y)) {
      code.visitInsn(LSUB);
      sign();
    } else {
      code.visitInsn(LCMP);
      isNegative();
    }
  }

  private void isNegative() {
    pushInt(31);
    code.visitInsn(IUSHR);
    code.visitInsn(I2L);
  }

  /** Whether a signed value is so small that differences do not overflow. */
  private boolean isNearZero(int value) {
    if (graph.isConstant(value)) {
      return Math.abs(graph.constantOf(value)) < 1L << 62;
    }
    return graph.width(value) <= 62
        || (graph.opcode(value) == Opcode.SHIFT_RIGHT_SIGNED
            && graph.isConstant(graph.y(value))
            && graph.constantOf(graph.y(value)) != 0);
  }

  private void mux(int condition, int then, int otherwise) {
    if (graph.isConstant(otherwise, 0)) {
      push(then);
    } else {
      push(otherwise);
      code.visitInsn(DUP2);
      push(then);
      code.visitInsn(LXOR);
    }
    push(condition);
    code.visitInsn(LNEG);
    code.visitInsn(LAND);
    if (!graph.isConstant(otherwise, 0)) {
      code.visitInsn(LXOR);
    }
  }

  private void choose(int index, int table) {
    int[] choices = graph.table(table);
    // The choices are read from the array, so that their number does not matter.
    for (int choice : choices) {
      if (!graph.isConstant(choice) && uses.merge(choice, -1, Integer::sum) == 0) {
        if (locals.containsKey(choice)) {
          release(choice);
        }
      }
    }
    fields.values(code);
    fields.table(code, table);
    push(index);
    code.visitMethodInsn(INVOKESTATIC, BlockFields.WORDS, "choose", "([J[IJ)J", false);
  }

  private void pushInt(int value) {
    BlockFields.pushInt(code, value);
  }

  private void pushLong(long value) {
    if (value == 0 || value == 1) {
      code.visitInsn(value == 0 ? LCONST_0 : LCONST_1);
    } else if (value == (short) value) {
      pushInt((int) value);
      code.visitInsn(I2L);
    } else {
      code.visitLdcInsn(value);
    }
  }
}
