package sluice.hdl;

import java.util.Arrays;
import org.objectweb.asm.Opcodes;

/**
 * What instructions without operands do to the operand stack of the JVM, in places of 32 bits: a
 * long or a double takes two. Those that move or return values are not here.
 */
final class StackEffects {
  /** For each instruction, the places that it takes, times 10, and those that it puts. */
  private static final int[] EFFECTS = effects();

  private StackEffects() {}

  /** Places that an instruction takes from the stack. */
  static int taken(int opcode) {
    return EFFECTS[opcode] / 10;
  }

  /** Places that an instruction puts on the stack. */
  static int put(int opcode) {
    return EFFECTS[opcode] % 10;
  }

  private static int[] effects() {
    int[] effects = new int[Opcodes.MONITOREXIT + 1];
    Arrays.fill(effects, Opcodes.ACONST_NULL, Opcodes.ICONST_5 + 1, 1);
    Arrays.fill(effects, Opcodes.LCONST_0, Opcodes.LCONST_1 + 1, 2);
    Arrays.fill(effects, Opcodes.FCONST_0, Opcodes.FCONST_2 + 1, 1);
    Arrays.fill(effects, Opcodes.DCONST_0, Opcodes.DCONST_1 + 1, 2);
    Arrays.fill(effects, Opcodes.IALOAD, Opcodes.SALOAD + 1, 21);
    effects[Opcodes.LALOAD] = 22;
    effects[Opcodes.DALOAD] = 22;
    Arrays.fill(effects, Opcodes.IASTORE, Opcodes.SASTORE + 1, 30);
    effects[Opcodes.LASTORE] = 40;
    effects[Opcodes.DASTORE] = 40;
    effects[Opcodes.POP] = 10;
    effects[Opcodes.POP2] = 20;
    // From IADD on, the kinds follow each other: int, long, float, double.
    for (int i = Opcodes.IADD; i < Opcodes.INEG; i++) {
      effects[i] = (i - Opcodes.IADD) % 2 == 0 ? 21 : 42;
    }
    for (int i = Opcodes.INEG; i <= Opcodes.DNEG; i++) {
      effects[i] = (i - Opcodes.INEG) % 2 == 0 ? 11 : 22;
    }
    for (int i = Opcodes.ISHL; i <= Opcodes.LUSHR; i++) {
      effects[i] = (i - Opcodes.ISHL) % 2 == 0 ? 21 : 32;
    }
    for (int i = Opcodes.IAND; i <= Opcodes.LXOR; i++) {
      effects[i] = (i - Opcodes.IAND) % 2 == 0 ? 21 : 42;
    }
    String digits = "12 11 12 21 21 22 11 12 12 21 22 21 11 11 11";
    String[] conversions = digits.split(" ");
    for (int i = 0; i < conversions.length; i++) {
      effects[Opcodes.I2L + i] = Integer.parseInt(conversions[i]);
    }
    effects[Opcodes.LCMP] = 41;
    effects[Opcodes.FCMPL] = 21;
    effects[Opcodes.FCMPG] = 21;
    effects[Opcodes.DCMPL] = 41;
    effects[Opcodes.DCMPG] = 41;
    effects[Opcodes.ARRAYLENGTH] = 11;
    effects[Opcodes.MONITORENTER] = 10;
    effects[Opcodes.MONITOREXIT] = 10;
    return effects;
  }
}
