package sluice.hdl.sim;

/** Runs the instructions of a {@link Program} on an array of values. */
final class Interpreter {
  private final int[] code;
  private final int[][] tables;
  private final SimulatedMemory[] memories;

  Interpreter(Program program, SimulatedMemory[] memories) {
    this.code = program.code();
    this.tables = program.tables();
    this.memories = memories;
  }

  /** Computes every combinational value. */
  void run(long[] v) {
    int[] is = code;
    for (int i = 0; i < is.length; i += Opcode.SIZE) {
      if (is[i] < Opcode.FIRST_WIDE) {
        v[is[i + 1]] = narrow(v, is, i);
      } else {
        wide(v, is, i);
      }
    }
  }

  private static long bit(boolean value) {
    return value ? 1L : 0L;
  }

  private static long sign(long value, int drop) {
    return value << drop >> drop;
  }

  private long narrow(long[] v, int[] is, int i) {
    long a = v[is[i + 2]];
    switch (is[i]) {
      case Opcode.NOT:
        return ~a & -1L >>> is[i + 5];
      case Opcode.AND:
        return a & v[is[i + 3]];
      case Opcode.OR:
        return a | v[is[i + 3]];
      case Opcode.XOR:
        return a ^ v[is[i + 3]];
      case Opcode.ADD:
        return a + v[is[i + 3]] & -1L >>> is[i + 5];
      case Opcode.SUB:
        return a - v[is[i + 3]] & -1L >>> is[i + 5];
      case Opcode.MULTIPLY:
        return a * v[is[i + 3]] & -1L >>> is[i + 5];
      case Opcode.MULTIPLY_SIGNED:
        return sign(a, is[i + 6]) * sign(v[is[i + 3]], is[i + 7]) & -1L >>> is[i + 5];
      case Opcode.EQUAL:
        return bit(a == v[is[i + 3]]);
      case Opcode.NOT_EQUAL:
        return bit(a != v[is[i + 3]]);
      case Opcode.LESS:
        return bit(Long.compareUnsigned(a, v[is[i + 3]]) < 0);
      case Opcode.LESS_SIGNED:
        return bit(sign(a, is[i + 5]) < sign(v[is[i + 3]], is[i + 5]));
      case Opcode.MUX:
        return a != 0 ? v[is[i + 3]] : v[is[i + 4]];
      case Opcode.JOIN:
        return a << is[i + 6] | v[is[i + 3]];
      case Opcode.SLICE:
        return a >>> is[i + 6] & -1L >>> is[i + 5];
      case Opcode.SIGN_EXTEND:
        return sign(a, is[i + 6]) & -1L >>> is[i + 5];
      default:
        return lessOften(v, is, i, a);
    }
  }

  private long lessOften(long[] v, int[] is, int i, long a) {
    switch (is[i]) {
      case Opcode.SHIFT_LEFT:
        {
          long amount = v[is[i + 3]];
          return amount >>> 6 == 0 ? a << amount & -1L >>> is[i + 5] : 0L;
        }
      case Opcode.SHIFT_RIGHT:
        {
          long amount = v[is[i + 3]];
          return amount >>> 6 == 0 ? a >>> amount : 0L;
        }
      case Opcode.SHIFT_RIGHT_SIGNED:
        {
          long amount = v[is[i + 3]];
          long most = amount >>> 6 == 0 ? amount : 63L;
          return sign(a, is[i + 5]) >> most & -1L >>> is[i + 5];
        }
      case Opcode.REDUCE_AND:
        return bit(a == -1L >>> is[i + 5]);
      case Opcode.REDUCE_OR:
        return bit(a != 0);
      case Opcode.REDUCE_XOR:
        return Long.bitCount(a) & 1;
      case Opcode.SLICE_TWO_WORDS:
        {
          int low = is[i + 6];
          return (a >>> low | v[is[i + 2] + 1] << 64 - low) & -1L >>> is[i + 5];
        }
      case Opcode.CHOOSE:
        {
          int[] table = tables[is[i + 3]];
          boolean within = Long.compareUnsigned(a, table.length) < 0;
          return v[table[within ? (int) a : table.length - 1]];
        }
      case Opcode.READ:
        return memories[is[i + 3]].readWord(a);
      default:
        throw new IllegalStateException("opcode " + is[i]);
    }
  }

  private void wide(long[] v, int[] is, int i) {
    int d = is[i + 1];
    int a = is[i + 2];
    int b = is[i + 3];
    int width = is[i + 5];
    int widthA = is[i + 6];
    int widthB = is[i + 7];
    switch (is[i]) {
      case Opcode.WIDE_NOT -> Words.not(v, d, a, width);
      case Opcode.WIDE_AND, Opcode.WIDE_OR, Opcode.WIDE_XOR -> bitwise(is[i], v, d, a, b, width);
      case Opcode.WIDE_ADD -> Words.add(v, d, a, b, width);
      case Opcode.WIDE_SUB -> Words.subtract(v, d, a, b, width);
      case Opcode.WIDE_MULTIPLY -> Words.multiply(v, d, a, widthA, b, widthB, false);
      case Opcode.WIDE_MULTIPLY_SIGNED -> Words.multiply(v, d, a, widthA, b, widthB, true);
      case Opcode.WIDE_EQUAL -> v[d] = bit(Words.equal(v, a, b, widthA));
      case Opcode.WIDE_NOT_EQUAL -> v[d] = bit(!Words.equal(v, a, b, widthA));
      case Opcode.WIDE_LESS -> v[d] = bit(Words.less(v, a, b, widthA));
      case Opcode.WIDE_LESS_SIGNED -> v[d] = bit(Words.lessSigned(v, a, b, widthA));
      case Opcode.WIDE_SHIFT_LEFT ->
          Words.shiftLeft(v, d, a, width, Words.amount(v, b, widthB, width));
      case Opcode.WIDE_SHIFT_RIGHT ->
          Words.shiftRight(v, d, a, width, Words.amount(v, b, widthB, width), false);
      case Opcode.WIDE_SHIFT_RIGHT_SIGNED ->
          Words.shiftRight(v, d, a, width, Words.amount(v, b, widthB, width), true);
      case Opcode.WIDE_REDUCE_AND -> v[d] = bit(Words.all(v, a, widthA));
      case Opcode.WIDE_REDUCE_OR -> v[d] = bit(Words.any(v, a, widthA));
      case Opcode.WIDE_REDUCE_XOR -> v[d] = bit(Words.parity(v, a, widthA));
      case Opcode.WIDE_MUX ->
          System.arraycopy(v, v[a] != 0 ? b : is[i + 4], v, d, Words.count(width));
      case Opcode.WIDE_ZERO_EXTEND -> Words.zeroExtend(v, d, a, widthA, width);
      case Opcode.WIDE_SIGN_EXTEND -> Words.signExtend(v, d, a, widthA, width);
      case Opcode.WIDE_CLEAR -> Words.clear(v, d, width);
      case Opcode.WIDE_INSERT -> Words.insert(v, d, widthB, a, widthA);
      case Opcode.WIDE_SLICE -> Words.slice(v, d, a, widthA, widthB, width);
      case Opcode.WIDE_CHOOSE -> {
        int[] table = tables[b];
        int index = Words.amount(v, a, widthA, table.length - 1);
        System.arraycopy(v, table[index], v, d, Words.count(width));
      }
      case Opcode.WIDE_READ -> {
        SimulatedMemory memory = memories[b];
        memory.read(Words.amount(v, a, widthA, memory.depth()), v, d);
      }
      default -> throw new IllegalStateException("opcode " + is[i]);
    }
  }

  private static void bitwise(int opcode, long[] v, int d, int a, int b, int width) {
    for (int i = 0; i < Words.count(width); i++) {
      long x = v[a + i];
      long y = v[b + i];
      v[d + i] = opcode == Opcode.WIDE_AND ? x & y : opcode == Opcode.WIDE_OR ? x | y : x ^ y;
    }
  }
}
