package sluice.hdl.sim;

import static org.objectweb.asm.Opcodes.*;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** Writes classes for the parts of a program: a method for each part, a class for each 64 parts. */
final class BytecodeCompiler {
  private static final int PARTS = 64;
  private static final String NAME = "sluice/hdl/sim/Block";

  private final Program program;
  private final Consumers consumers;
  private final long[] values;
  private final long[] next;
  private final PartFlags flags;
  private final SimulatedMemory[] memories;
  private final int[][] tables;
  private int longestMethod;

  /**
   * @param values the array that the code works on
   * @param next next values of the state
   * @param tables slots to choose from
   */
  BytecodeCompiler(
      Program program,
      Consumers consumers,
      long[] values,
      long[] next,
      PartFlags flags,
      SimulatedMemory[] memories,
      int[][] tables) {
    this.program = program;
    this.consumers = consumers;
    this.values = values;
    this.next = next;
    this.flags = flags;
    this.memories = memories;
    this.tables = tables;
  }

  /**
   * Compiles all parts.
   *
   * @param conditional whether a part is computed only when its flag says so, and sets the flags of
   *     others
   */
  CompiledBlock[] compile(boolean conditional) {
    Schedule.Result schedule = program.schedule();
    List<List<Sink.Register>> registers = new ArrayList<>();
    for (int part = 0; part < schedule.parts(); part++) {
      registers.add(new ArrayList<>());
    }
    for (int i = 0; i < program.sinks().size(); i++) {
      if (program.sinks().get(i) instanceof Sink.Register register) {
        registers.get(schedule.partOfSink()[i]).add(register);
      }
    }
    int[] starts = new int[schedule.parts() + 1];
    Arrays.fill(starts, schedule.order().length);
    for (int i = schedule.order().length - 1; i >= 0; i--) {
      starts[schedule.partOf()[schedule.order()[i]]] = i;
    }
    for (int part = schedule.parts() - 1; part >= 0; part--) {
      starts[part] = Math.min(starts[part], starts[part + 1]);
    }
    CompiledBlock[] blocks = new CompiledBlock[(schedule.parts() + PARTS - 1) / PARTS];
    for (int block = 0; block < blocks.length; block++) {
      int first = block * PARTS;
      int end = Math.min(first + PARTS, schedule.parts());
      blocks[block] = block(conditional, first, end, starts, registers);
    }
    return blocks;
  }

  /**
   * Bytes of the longest method of a part so far. The JVM compiles no method of more than 8000, and
   * long ones badly.
   */
  int longestMethod() {
    return longestMethod;
  }

  private CompiledBlock block(
      boolean conditional, int first, int end, int[] starts, List<List<Sink.Register>> registers) {
    BlockFields fields = new BlockFields(NAME, conditional, values, next, flags, memories, tables);
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(
        V17,
        ACC_FINAL | ACC_SUPER,
        NAME,
        null,
        "java/lang/Object",
        new String[] {"sluice/hdl/sim/CompiledBlock"});
    MethodVisitor constructor = writer.visitMethod(0, "<init>", "()V", null, null);
    constructor.visitCode();
    constructor.visitVarInsn(ALOAD, 0);
    constructor.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
    constructor.visitInsn(RETURN);
    constructor.visitMaxs(0, 0);
    constructor.visitEnd();
    for (int part = first; part < end; part++) {
      MethodVisitor code =
          writer.visitMethod(ACC_PRIVATE | ACC_STATIC, "part" + part, "()V", null, null);
      code.visitCode();
      int[] order = Arrays.copyOfRange(program.schedule().order(), starts[part], starts[part + 1]);
      PartCode body = new PartCode(program, consumers, fields, code);
      longestMethod = Math.max(longestMethod, body.write(order, registers.get(part)));
      code.visitEnd();
    }
    settle(writer, fields, first, end);
    fields.declare(writer);
    writer.visitEnd();
    try {
      MethodHandles.Lookup lookup =
          MethodHandles.lookup()
              .defineHiddenClassWithClassData(writer.toByteArray(), fields.contents(), true);
      return (CompiledBlock)
          lookup.findConstructor(lookup.lookupClass(), MethodType.methodType(void.class)).invoke();
    } catch (Throwable e) {
      throw new IllegalStateException("a generated class is not accepted", e);
    }
  }

  private void settle(ClassWriter writer, BlockFields fields, int first, int end) {
    MethodVisitor code = writer.visitMethod(ACC_PUBLIC, "settle", "()V", null, null);
    code.visitCode();
    int word = first / PARTS;
    for (int part = first; part < end; part++) {
      Label skip = new Label();
      if (fields.conditional()) {
        fields.active(code);
        BlockFields.pushInt(code, word);
        code.visitInsn(LALOAD);
        code.visitLdcInsn(1L << part);
        code.visitInsn(LAND);
        code.visitInsn(LCONST_0);
        code.visitInsn(LCMP);
        code.visitJumpInsn(IFEQ, skip);
      }
      code.visitMethodInsn(INVOKESTATIC, NAME, "part" + part, "()V", false);
      if (fields.conditional()) {
        code.visitLabel(skip);
        code.visitFrame(F_SAME, 0, null, 0, null);
      }
    }
    if (fields.conditional()) {
      fields.computed(code);
      BlockFields.pushInt(code, word);
      code.visitInsn(DUP2);
      code.visitInsn(LALOAD);
      fields.active(code);
      BlockFields.pushInt(code, word);
      code.visitInsn(LALOAD);
      code.visitInsn(LOR);
      code.visitInsn(LASTORE);
      fields.active(code);
      BlockFields.pushInt(code, word);
      code.visitInsn(LCONST_0);
      code.visitInsn(LASTORE);
    }
    code.visitInsn(RETURN);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }
}
