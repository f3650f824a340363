package sluice.hdl.sim;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * The static final fields of a generated class: the compiler of the JVM takes what is in them, and
 * the lengths of arrays, for constants.
 */
final class BlockFields {
  static final String WORDS = "sluice/hdl/sim/Words";
  static final String MEMORY = "sluice/hdl/sim/SimulatedMemory";
  static final String FLAGS = "sluice/hdl/sim/PartFlags";

  /** Bits of the parts to compute in this cycle. */
  private static final String ACTIVE = "active";

  /** Bits of the parts to compute after a clock's edge; the clock's number follows. */
  private static final String LATER = "later";

  /** Bits of the parts that were computed. */
  private static final String COMPUTED = "computed";

  private static final String VALUES = "values";
  private static final String NEXT = "next";
  private static final String LONGS = "[J";
  private static final String INTS = "[I";

  private final String className;
  private final boolean conditional;
  private final PartFlags flags;
  private final SimulatedMemory[] memories;
  private final int[][] tables;
  private final Map<String, String> types = new LinkedHashMap<>();
  private final List<Object> contents = new ArrayList<>();
  private final Map<List<Integer>, String> partLists = new HashMap<>();

  BlockFields(
      String className,
      boolean conditional,
      long[] values,
      long[] next,
      PartFlags flags,
      SimulatedMemory[] memories,
      int[][] tables) {
    this.className = className;
    this.conditional = conditional;
    this.memories = memories;
    this.tables = tables;
    add(VALUES, LONGS, values);
    add(NEXT, LONGS, next);
    add(ACTIVE, LONGS, flags.active());
    this.flags = flags;
    add(COMPUTED, LONGS, flags.computed());
  }

  boolean conditional() {
    return conditional;
  }

  private void add(String name, String type, Object content) {
    if (types.put(name, type) == null) {
      contents.add(content);
    }
  }

  private void get(MethodVisitor code, String name) {
    code.visitFieldInsn(GETSTATIC, className, name, types.get(name));
  }

  void values(MethodVisitor code) {
    get(code, VALUES);
  }

  void next(MethodVisitor code) {
    get(code, NEXT);
  }

  void later(MethodVisitor code, int line) {
    String name = LATER + line;
    add(name, LONGS, flags.later(line));
    get(code, name);
  }

  void active(MethodVisitor code) {
    get(code, ACTIVE);
  }

  void computed(MethodVisitor code) {
    get(code, COMPUTED);
  }

  void memory(MethodVisitor code, int number) {
    String name = "memory" + number;
    add(name, "L" + MEMORY + ";", memories[number]);
    get(code, name);
  }

  void table(MethodVisitor code, int number) {
    String name = "table" + number;
    add(name, INTS, tables[number]);
    get(code, name);
  }

  /** The numbers of some parts. */
  void parts(MethodVisitor code, List<Integer> parts) {
    String name = partLists.computeIfAbsent(parts, p -> "parts" + partLists.size());
    add(name, INTS, parts.stream().mapToInt(part -> part).toArray());
    get(code, name);
  }

  /** The contents of the fields, which the class gets as its class data. */
  Object[] contents() {
    return contents.toArray();
  }

  /** Declares the fields, and the initializer that takes them from the class data. */
  void declare(ClassWriter writer) {
    types.forEach(
        (name, type) ->
            writer
                .visitField(ACC_PRIVATE | ACC_STATIC | ACC_FINAL, name, type, null, null)
                .visitEnd());
    MethodVisitor code = writer.visitMethod(ACC_STATIC, "<clinit>", "()V", null, null);
    code.visitCode();
    String handles = "java/lang/invoke/MethodHandles";
    String lookup = "Ljava/lang/invoke/MethodHandles$Lookup;";
    code.visitMethodInsn(INVOKESTATIC, handles, "lookup", "()" + lookup, false);
    code.visitLdcInsn("_");
    code.visitLdcInsn(Type.getType(Object[].class));
    code.visitMethodInsn(
        INVOKESTATIC,
        handles,
        "classData",
        "(" + lookup + "Ljava/lang/String;Ljava/lang/Class;)Ljava/lang/Object;",
        false);
    code.visitTypeInsn(CHECKCAST, "[Ljava/lang/Object;");
    code.visitVarInsn(ASTORE, 0);
    int[] index = {0};
    types.forEach(
        (name, type) -> {
          code.visitVarInsn(ALOAD, 0);
          pushInt(code, index[0]++);
          code.visitInsn(AALOAD);
          code.visitTypeInsn(CHECKCAST, Type.getType(type).getInternalName());
          code.visitFieldInsn(PUTSTATIC, className, name, type);
        });
    code.visitInsn(RETURN);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  static void pushInt(MethodVisitor code, int value) {
    if (value >= -1 && value <= 5) {
      code.visitInsn(ICONST_0 + value);
    } else if (value == (byte) value) {
      code.visitIntInsn(BIPUSH, value);
    } else if (value == (short) value) {
      code.visitIntInsn(SIPUSH, value);
    } else {
      code.visitLdcInsn(value);
    }
  }

  static void pushLong(MethodVisitor code, long value) {
    if (value == 0 || value == 1) {
      code.visitInsn(value == 0 ? LCONST_0 : LCONST_1);
    } else if (value == (short) value) {
      pushInt(code, (int) value);
      code.visitInsn(I2L);
    } else {
      code.visitLdcInsn(value);
    }
  }
}
