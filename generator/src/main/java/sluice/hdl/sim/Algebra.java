package sluice.hdl.sim;

import java.util.Arrays;

/**
 * Makes values of a {@link Graph}, and simplifies them: constants are folded, what changes nothing
 * is left out, and bits are taken from where they were made.
 */
final class Algebra {
  private static final int WORD = 64;

  /** Choices among at most so many values are multiplexers. */
  private static final int MOST_MULTIPLEXED = 4;

  private final Graph graph;
  private final int zero;
  private final int one;

  Algebra(Graph graph) {
    this.graph = graph;
    this.zero = graph.constant(0);
    this.one = graph.constant(1);
  }

  int zero() {
    return zero;
  }

  int one() {
    return one;
  }

  int constant(long value) {
    return graph.constant(value);
  }

  /** A word whose low bits are 1. */
  static long ones(int width) {
    return width == 0 ? 0 : -1L >>> (WORD - width);
  }

  private boolean isConstant(int x, int y) {
    return graph.isConstant(x) && graph.isConstant(y);
  }

  private int width(int value) {
    return graph.width(value);
  }

  private int fold(int opcode, int x, int y) {
    return graph.constant(
        Opcode.evaluate(opcode, graph.constantOf(x), graph.constantOf(y), /* z= */ 0));
  }

  private int binary(int opcode, int x, int y, int width) {
    return isConstant(x, y) ? fold(opcode, x, y) : graph.value(opcode, x, y, 0, width);
  }

  /** With the operands in one order: constants are last. */
  private int commutative(int opcode, int x, int y, int width) {
    boolean swap = graph.isConstant(x) || (!graph.isConstant(y) && x > y);
    return swap ? binary(opcode, y, x, width) : binary(opcode, x, y, width);
  }

  int and(int x, int y) {
    if (graph.isConstant(x) && !graph.isConstant(y)) {
      return and(y, x);
    }
    if (x == y) {
      return x;
    }
    if (graph.isConstant(y)) {
      long mask = graph.constantOf(y);
      if ((mask & ones(width(x))) == 0) {
        return zero;
      }
      if ((~mask & ones(width(x))) == 0) {
        return x;
      }
      if (graph.opcode(x) == Opcode.AND && graph.isConstant(graph.y(x))) {
        return and(graph.x(x), constant(mask & graph.constantOf(graph.y(x))));
      }
    }
    return commutative(Opcode.AND, x, y, Math.min(width(x), width(y)));
  }

  int or(int x, int y) {
    if (x == y || y == zero) {
      return x;
    }
    if (x == zero) {
      return y;
    }
    int width = Math.max(width(x), width(y));
    long all = ones(width);
    if (graph.isConstant(x, all) || graph.isConstant(y, all)) {
      return constant(all);
    }
    return commutative(Opcode.OR, x, y, width);
  }

  int xor(int x, int y) {
    if (graph.isConstant(x) && !graph.isConstant(y)) {
      return xor(y, x);
    }
    if (x == y) {
      return zero;
    }
    if (y == zero) {
      return x;
    }
    if (graph.isConstant(y)) {
      if (isComplement(x)) {
        return xor(graph.x(x), constant(graph.constantOf(y) ^ graph.constantOf(graph.y(x))));
      }
      if (y == one && graph.opcode(x) == Opcode.EQUAL) {
        return notEqual(graph.x(x), graph.y(x));
      }
      if (y == one && graph.opcode(x) == Opcode.NOT_EQUAL) {
        return equal(graph.x(x), graph.y(x));
      }
    }
    return commutative(Opcode.XOR, x, y, Math.max(width(x), width(y)));
  }

  int not(int x, int width) {
    return xor(x, constant(ones(width)));
  }

  /** The sum modulo 2^64. */
  int add(int x, int y) {
    if (x == zero) {
      return y;
    }
    if (y == zero) {
      return x;
    }
    int width = Math.min(WORD, Math.max(width(x), width(y)) + 1);
    return commutative(Opcode.ADD, x, y, width);
  }

  /** The difference modulo 2^64. */
  int subtract(int x, int y) {
    if (y == zero) {
      return x;
    }
    return x == y ? zero : binary(Opcode.SUBTRACT, x, y, WORD);
  }

  /** The product modulo 2^64. */
  int multiply(int x, int y) {
    if (x == zero || y == zero) {
      return zero;
    }
    if (x == one) {
      return y;
    }
    if (y == one) {
      return x;
    }
    return commutative(Opcode.MULTIPLY, x, y, Math.min(WORD, width(x) + width(y)));
  }

  /** The high word of a product. */
  int multiplyHigh(int x, int y, boolean signed) {
    if (x == zero || y == zero || (!signed && width(x) + width(y) <= WORD)) {
      return zero;
    }
    int opcode = signed ? Opcode.MULTIPLY_HIGH_SIGNED : Opcode.MULTIPLY_HIGH;
    int width = signed ? WORD : Math.max(1, width(x) + width(y) - WORD);
    return commutative(opcode, x, y, width);
  }

  /** Shifted by 0 to 63 bits. */
  int shiftLeft(int x, int amount) {
    return shiftLeftBy(x, constant(amount));
  }

  /** Shifted by the low 6 bits of a value, as in all shifts here. */
  int shiftLeftBy(int x, int amount) {
    if (x == zero || amount == zero) {
      return x;
    }
    int most = graph.isConstant(amount) ? (int) graph.constantOf(amount) & WORD - 1 : WORD - 1;
    if (graph.isConstant(amount)
        && graph.opcode(x) == Opcode.SHIFT_LEFT
        && graph.isConstant(graph.y(x))) {
      long sum = most + (graph.constantOf(graph.y(x)) & WORD - 1);
      return sum < WORD ? shiftLeft(graph.x(x), (int) sum) : zero;
    }
    return binary(Opcode.SHIFT_LEFT, x, amount, Math.min(WORD, width(x) + most));
  }

  int shiftRight(int x, int amount) {
    return shiftRightBy(x, constant(amount));
  }

  int shiftRightBy(int x, int amount) {
    if (x == zero || amount == zero) {
      return x;
    }
    if (!graph.isConstant(amount)) {
      return binary(Opcode.SHIFT_RIGHT, x, amount, width(x));
    }
    int by = (int) graph.constantOf(amount) & WORD - 1;
    if (by >= width(x)) {
      return zero;
    }
    if (graph.opcode(x) == Opcode.SHIFT_RIGHT && graph.isConstant(graph.y(x))) {
      return shiftRight(graph.x(x), by + (int) (graph.constantOf(graph.y(x)) & WORD - 1));
    }
    return binary(Opcode.SHIFT_RIGHT, x, amount, width(x) - by);
  }

  /** Shifted right with copies of bit 63. */
  int shiftRightSignedBy(int x, int amount) {
    if (width(x) < WORD) {
      return shiftRightBy(x, amount);
    }
    return amount == zero ? x : binary(Opcode.SHIFT_RIGHT_SIGNED, x, amount, WORD);
  }

  /** The low bits. */
  int keep(int x, int width) {
    return width(x) <= width ? x : and(wanted(x, width), constant(ones(width)));
  }

  /** A value with the same low bits that may cost less. */
  int wanted(int x, int width) {
    int current = x;
    while (true) {
      int opcode = graph.opcode(current);
      if (opcode == Opcode.AND && graph.isConstant(graph.y(current))) {
        if ((~graph.constantOf(graph.y(current)) & ones(width)) != 0) {
          return current;
        }
        current = graph.x(current);
      } else if (opcode == Opcode.SHIFT_RIGHT_SIGNED && isSignExtension(current, width)) {
        current = graph.x(graph.x(current));
      } else {
        return current;
      }
    }
  }

  /** Whether a value is the sign extension of another that has the low bits as they are. */
  private boolean isSignExtension(int value, int width) {
    int x = graph.x(value);
    int amount = graph.y(value);
    return graph.isConstant(amount)
        && graph.opcode(x) == Opcode.SHIFT_LEFT
        && graph.y(x) == amount
        && width <= WORD - graph.constantOf(amount);
  }

  /** All 64 bits of a two's complement number that is given by its low bits. */
  int signed(int x, int width) {
    if (width(x) < width || width == WORD) {
      return x;
    }
    int low = wanted(x, width);
    if (graph.signedWidth(low) <= width) {
      return low;
    }
    int unused = constant(WORD - width);
    return shiftRightSignedBy(shiftLeftBy(low, unused), unused);
  }

  /** Bits {@code low} to {@code low + width - 1}. */
  int extract(int x, int low, int width) {
    int value = x;
    int from = low;
    while (true) {
      int opcode = graph.opcode(value);
      int y = graph.y(value);
      if (opcode == Opcode.AND && graph.isConstant(y)) {
        if ((~(graph.constantOf(y) >>> from) & ones(width)) != 0) {
          break;
        }
      } else if (opcode == Opcode.SHIFT_LEFT && graph.isConstant(y)) {
        int by = (int) graph.constantOf(y);
        if (from < by) {
          break;
        }
        from -= by;
      } else if (opcode == Opcode.SHIFT_RIGHT && graph.isConstant(y)) {
        int by = (int) graph.constantOf(y);
        if (from + by + width > WORD) {
          break;
        }
        from += by;
      } else if (opcode == Opcode.OR && isClear(y, from, width)) {
        value = graph.x(value);
        continue;
      } else if (opcode == Opcode.OR && isClear(graph.x(value), from, width)) {
        value = y;
        continue;
      } else {
        break;
      }
      value = graph.x(value);
    }
    return keep(shiftRight(value, from), width);
  }

  /** Whether some bits of a value are known to be 0. */
  private boolean isClear(int value, int low, int width) {
    if (low >= width(value)) {
      return true;
    }
    if (graph.opcode(value) == Opcode.SHIFT_LEFT && graph.isConstant(graph.y(value))) {
      return low + width <= graph.constantOf(graph.y(value));
    }
    return graph.isConstant(value) && (graph.constantOf(value) >>> low & ones(width)) == 0;
  }

  int equal(int x, int y) {
    if (x == y) {
      return one;
    }
    if (width(x) <= 1 && width(y) <= 1) {
      return xor(xor(x, y), one);
    }
    if (isComplement(x) && graph.isConstant(y)) {
      return equal(graph.x(x), xor(graph.y(x), y));
    }
    return commutative(Opcode.EQUAL, x, y, 1);
  }

  int notEqual(int x, int y) {
    if (x == y) {
      return zero;
    }
    if (width(x) <= 1 && width(y) <= 1) {
      return xor(x, y);
    }
    if (isComplement(x) && graph.isConstant(y)) {
      return notEqual(graph.x(x), xor(graph.y(x), y));
    }
    return commutative(Opcode.NOT_EQUAL, x, y, 1);
  }

  /** Whether a value is another one with some bits complemented. */
  private boolean isComplement(int value) {
    return graph.opcode(value) == Opcode.XOR && graph.isConstant(graph.y(value));
  }

  int less(int x, int y) {
    return x == y || y == zero ? zero : binary(Opcode.LESS, x, y, 1);
  }

  int lessSigned(int x, int y) {
    return x == y ? zero : binary(Opcode.LESS_SIGNED, x, y, 1);
  }

  int parity(int x) {
    if (graph.isConstant(x)) {
      return constant(Long.bitCount(graph.constantOf(x)) & 1);
    }
    return width(x) <= 1 ? x : graph.value(Opcode.PARITY, x, 0, 0, 1);
  }

  int mux(int condition, int then, int otherwise) {
    if (graph.isConstant(condition)) {
      return condition == zero ? otherwise : then;
    }
    if (then == otherwise) {
      return then;
    }
    if (graph.opcode(condition) == Opcode.XOR && graph.y(condition) == one) {
      return mux(graph.x(condition), otherwise, then);
    }
    if (width(then) <= 1 && width(otherwise) <= 1) {
      if (then == one || then == condition) {
        return or(condition, otherwise);
      }
      if (otherwise == zero || otherwise == condition) {
        return and(condition, then);
      }
      if (then == zero) {
        return and(xor(condition, one), otherwise);
      }
      if (otherwise == one) {
        return or(xor(condition, one), then);
      }
    }
    int width = Math.max(width(then), width(otherwise));
    return graph.value(Opcode.MUX, condition, then, otherwise, width);
  }

  /** The value of the index, or the last. */
  int choose(int index, int[] values) {
    int count = values.length;
    if (width(index) < Integer.SIZE - 1) {
      count = (int) Math.min(count, ones(width(index)) + 1);
    }
    int[] choices = Arrays.copyOf(values, count);
    if (graph.isConstant(index)) {
      long at = graph.constantOf(index);
      return choices[Long.compareUnsigned(at, count) < 0 ? (int) at : count - 1];
    }
    if (Arrays.stream(choices).allMatch(choice -> choice == choices[0])) {
      return choices[0];
    }
    if (count <= MOST_MULTIPLEXED) {
      int result = choices[count - 1];
      for (int i = count - 2; i >= 0; i--) {
        int here = equal(index, constant(i));
        result = mux(here, choices[i], result);
      }
      return result;
    }
    int width = Arrays.stream(choices).map(this::width).max().orElse(0);
    return graph.value(Opcode.CHOOSE, index, graph.tableNumber(choices), 0, width);
  }

  /** A word of an entry of a memory that is read within the cycle. */
  int read(int address, int memory, int word, int width) {
    return graph.value(Opcode.READ, address, memory, word, width);
  }
}
