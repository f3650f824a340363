package sluice.hdl.sim;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.MethodVisitor;

/** Writes the instructions of single operations, all of them without branches. */
final class OperationCode {
  private final PartCode part;
  private final Graph graph;
  private final BlockFields fields;
  private final MethodVisitor code;

  OperationCode(PartCode part, Graph graph, BlockFields fields, MethodVisitor code) {
    this.part = part;
    this.graph = graph;
    this.fields = fields;
    this.code = code;
  }

  private void push(int value) {
    part.push(value);
  }

  /** Computes a value from its operands, which are pushed by the part. */
  void write(int value) {
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
        BlockFields.pushInt(code, graph.z(value));
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
      BlockFields.pushInt(code, (int) graph.constantOf(amount));
    } else {
      push(amount);
      code.visitInsn(L2I);
    }
    code.visitInsn(instruction);
  }

  /** The sign extension of a byte, a short or an int, for which machines have an instruction. */
  private boolean extend(int shifted, int amount) {
    boolean isExtension =
        graph.isConstant(amount)
            && graph.opcode(shifted) == Opcode.SHIFT_LEFT
            && graph.y(shifted) == amount;
    long unused = isExtension ? graph.constantOf(amount) : 0;
    if ((unused != 56 && unused != 48 && unused != 32) || !part.takeApart(shifted)) {
      return false;
    }
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
    BlockFields.pushInt(code, 63);
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
    BlockFields.pushInt(code, 31);
    code.visitInsn(IUSHR);
    code.visitInsn(I2L);
  }

  /** Whether a signed value is so small that differences do not overflow. */
  private boolean isNearZero(int value) {
    return graph.signedWidth(value) <= 62;
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
      part.pass(choice);
    }
    fields.values(code);
    fields.table(code, table);
    push(index);
    code.visitMethodInsn(INVOKESTATIC, BlockFields.WORDS, "choose", "([J[IJ)J", false);
  }
}
