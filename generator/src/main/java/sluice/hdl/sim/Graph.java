package sluice.hdl.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The logic of a design, word by word: a value is one word of 64 bits, made by an {@link Opcode}
 * from values of lower numbers. Equal values exist once.
 */
final class Graph {
  private static final int FIRST_CAPACITY = 1024;
  private static final int WORD = 64;

  private byte[] opcodes = new byte[FIRST_CAPACITY];
  private byte[] widths = new byte[FIRST_CAPACITY];
  private byte[] signedWidths = new byte[FIRST_CAPACITY];
  private int[] operands = new int[3 * FIRST_CAPACITY];
  private int size;

  /** An open hash table of values, each plus 1. */
  private int[] known = new int[4 * FIRST_CAPACITY];

  private final List<int[]> tables = new ArrayList<>();
  private final Map<List<Integer>, Integer> tableNumbers = new HashMap<>();

  /** Number of values. */
  int size() {
    return size;
  }

  int opcode(int value) {
    return opcodes[value];
  }

  int x(int value) {
    return operands[3 * value];
  }

  int y(int value) {
    return operands[3 * value + 1];
  }

  int z(int value) {
    return operands[3 * value + 2];
  }

  /** Bits that may be 1: the value is below 2^width. */
  int width(int value) {
    return widths[value];
  }

  /** Bits that hold the value as a two's complement number: those above are like the highest. */
  int signedWidth(int value) {
    return signedWidths[value];
  }

  private int signedWidthOf(int value) {
    int unsigned = Math.min(WORD, widths[value] + 1);
    int x = x(value);
    int y = y(value);
    int width =
        switch (opcodes[value]) {
          case Opcode.CONSTANT -> {
            long constant = constantOf(value);
            yield WORD + 1 - Long.numberOfLeadingZeros(constant ^ constant >> WORD - 1);
          }
          case Opcode.MULTIPLY -> signedWidths[x] + signedWidths[y];
          case Opcode.ADD, Opcode.SUBTRACT -> Math.max(signedWidths[x], signedWidths[y]) + 1;
          case Opcode.MUX -> Math.max(signedWidths[y], signedWidths[z(value)]);
          case Opcode.SHIFT_RIGHT_SIGNED ->
              isConstant(y)
                  ? Math.max(1, signedWidths[x] - (int) (constantOf(y) & WORD - 1))
                  : signedWidths[x];
          default -> WORD;
        };
    return Math.min(unsigned, width);
  }

  boolean isConstant(int value) {
    return opcodes[value] == Opcode.CONSTANT;
  }

  boolean isConstant(int value, long constant) {
    return isConstant(value) && constantOf(value) == constant;
  }

  long constantOf(int value) {
    return (long) y(value) << 32 | x(value) & 0xFFFF_FFFFL;
  }

  /** Whether the value is there at the start of a cycle. */
  boolean isGiven(int value) {
    return opcodes[value] <= Opcode.LEAF;
  }

  /** The values that a {@link Opcode#CHOOSE} chooses from. */
  int[] table(int number) {
    return tables.get(number);
  }

  int tableCount() {
    return tables.size();
  }

  /** The values that a value is made from. */
  int[] operandsOf(int value) {
    int opcode = opcodes[value];
    if (opcode <= Opcode.LEAF) {
      return new int[0];
    }
    if (opcode == Opcode.READ || opcode == Opcode.PARITY) {
      return new int[] {x(value)};
    }
    if (opcode == Opcode.MUX) {
      return new int[] {x(value), y(value), z(value)};
    }
    if (opcode == Opcode.CHOOSE) {
      int[] table = table(y(value));
      int[] all = Arrays.copyOf(table, table.length + 1);
      all[table.length] = x(value);
      return all;
    }
    return new int[] {x(value), y(value)};
  }

  int constant(long constant) {
    int width = 64 - Long.numberOfLeadingZeros(constant);
    return value(Opcode.CONSTANT, (int) constant, (int) (constant >>> 32), 0, width);
  }

  /** A new value that the cycle begins with. */
  int leaf(int width) {
    return value(Opcode.LEAF, size, 0, 0, width);
  }

  /** The number of a table of values. */
  int tableNumber(int[] values) {
    List<Integer> key = Arrays.stream(values).boxed().toList();
    return tableNumbers.computeIfAbsent(
        key,
        k -> {
          tables.add(values);
          return tables.size() - 1;
        });
  }

  /** The value of an operation; a new one unless it is known. */
  int value(int opcode, int x, int y, int z, int width) {
    int mask = known.length - 1;
    int at = hash(opcode, x, y, z) & mask;
    while (known[at] != 0) {
      int found = known[at] - 1;
      if (opcodes[found] == opcode && x(found) == x && y(found) == y && z(found) == z) {
        return found;
      }
      at = at + 1 & mask;
    }
    if (size == opcodes.length) {
      grow();
    }
    int value = size++;
    opcodes[value] = (byte) opcode;
    widths[value] = (byte) width;
    operands[3 * value] = x;
    operands[3 * value + 1] = y;
    operands[3 * value + 2] = z;
    signedWidths[value] = (byte) signedWidthOf(value);
    known[at] = value + 1;
    if (2 * size > known.length) {
      rehash();
    }
    return value;
  }

  private static int hash(int opcode, int x, int y, int z) {
    int hash = ((opcode * 31 + x) * 0x9E3779B1 + y) * 0x85EBCA77 + z * 0xC2B2AE3D;
    return hash ^ hash >>> 15;
  }

  private void grow() {
    opcodes = Arrays.copyOf(opcodes, 2 * size);
    widths = Arrays.copyOf(widths, 2 * size);
    signedWidths = Arrays.copyOf(signedWidths, 2 * size);
    operands = Arrays.copyOf(operands, 6 * size);
  }

  private void rehash() {
    known = new int[2 * known.length];
    int mask = known.length - 1;
    for (int value = 0; value < size; value++) {
      int at = hash(opcodes[value], x(value), y(value), z(value)) & mask;
      while (known[at] != 0) {
        at = at + 1 & mask;
      }
      known[at] = value + 1;
    }
  }
}
