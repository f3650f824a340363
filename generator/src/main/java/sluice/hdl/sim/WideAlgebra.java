package sluice.hdl.sim;

import java.util.Arrays;

/**
 * Bit vectors of any width as words, the least significant first; bits above the width are zero.
 * One word is no special case but for what costs less.
 */
final class WideAlgebra {
  private static final int WORD = 64;
  private static final int WORD_BITS = 6;

  private final Algebra words;

  WideAlgebra(Algebra words) {
    this.words = words;
  }

  /** A function of two words. */
  interface Binary {
    int of(int x, int y);
  }

  private static int topWidth(int width) {
    return width - WORD * (Words.count(width) - 1);
  }

  /** Clears the bits above the width. */
  private int[] keep(int[] v, int width) {
    v[v.length - 1] = words.keep(v[v.length - 1], topWidth(width));
    return v;
  }

  int[] not(int[] a, int width) {
    int[] result = new int[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = words.not(a[i], i == a.length - 1 ? topWidth(width) : WORD);
    }
    return result;
  }

  int[] bitwise(int[] a, int[] b, Binary function) {
    int[] result = new int[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = function.of(a[i], b[i]);
    }
    return result;
  }

  int[] mux(int condition, int[] then, int[] otherwise) {
    return bitwise(then, otherwise, (x, y) -> words.mux(condition, x, y));
  }

  int[] add(int[] a, int[] b, int width) {
    int n = a.length;
    int[] result = new int[n];
    int carry = words.zero();
    for (int i = 0; i < n; i++) {
      int bits = i == n - 1 ? topWidth(width) : WORD;
      int x = words.wanted(a[i], bits);
      int y = words.wanted(b[i], bits);
      result[i] = words.add(words.add(x, y), carry);
      if (i < n - 1) {
        carry = carry(x, y, result[i]);
      }
    }
    return keep(result, width);
  }

  /**
   * The carry of a sum, perhaps with a carry into it: where both or one of the terms and no sum.
   */
  private int carry(int x, int y, int sum) {
    int both = words.and(x, y);
    int lost = words.and(words.or(x, y), words.not(sum, WORD));
    return words.shiftRight(words.or(both, lost), WORD - 1);
  }

  int[] subtract(int[] a, int[] b, int width) {
    int n = a.length;
    int[] result = new int[n];
    int borrow = words.zero();
    for (int i = 0; i < n; i++) {
      int bits = i == n - 1 ? topWidth(width) : WORD;
      int x = words.wanted(a[i], bits);
      int y = words.wanted(b[i], bits);
      result[i] = words.subtract(words.subtract(x, y), borrow);
      if (i < n - 1) {
        borrow = carry(words.not(x, WORD), y, words.not(result[i], WORD));
      }
    }
    return keep(result, width);
  }

  int[] multiply(int[] a, int widthA, int[] b, int widthB, boolean signed) {
    int width = widthA + widthB;
    int n = Words.count(width);
    if (n == 1) {
      int x = signed ? words.signed(a[0], widthA) : a[0];
      int y = signed ? words.signed(b[0], widthB) : b[0];
      return keep(new int[] {words.multiply(x, y)}, width);
    }
    if (a.length == 1 && b.length == 1) {
      int x = signed ? words.signed(a[0], widthA) : a[0];
      int y = signed ? words.signed(b[0], widthB) : b[0];
      return keep(new int[] {words.multiply(x, y), words.multiplyHigh(x, y, signed)}, width);
    }
    int[] x = signed ? signExtend(a, widthA, WORD * n) : zeroExtend(a, WORD * n);
    int[] y = signed ? signExtend(b, widthB, WORD * n) : zeroExtend(b, WORD * n);
    int[] product = new int[n];
    Arrays.fill(product, words.zero());
    for (int i = 0; i < n; i++) {
      int carry = words.zero();
      for (int j = 0; i + j < n; j++) {
        int low = words.multiply(x[i], y[j]);
        int sum = words.add(product[i + j], low);
        int total = words.add(sum, carry);
        if (i + j < n - 1) {
          int high = words.multiplyHigh(x[i], y[j], false);
          int carries = words.add(carry(product[i + j], low, sum), carry(sum, carry, total));
          carry = words.add(high, carries);
        }
        product[i + j] = total;
      }
    }
    return keep(product, width);
  }

  int equal(int[] a, int[] b) {
    return a.length == 1
        ? words.equal(a[0], b[0])
        : words.equal(union(bitwise(a, b, words::xor)), words.zero());
  }

  int notEqual(int[] a, int[] b) {
    return a.length == 1
        ? words.notEqual(a[0], b[0])
        : words.notEqual(union(bitwise(a, b, words::xor)), words.zero());
  }

  private int union(int[] a) {
    int union = a[0];
    for (int i = 1; i < a.length; i++) {
      union = words.or(union, a[i]);
    }
    return union;
  }

  int less(int[] a, int[] b, int width, boolean signed) {
    int result = words.zero();
    for (int i = 0; i < a.length; i++) {
      int here;
      if (signed && i == a.length - 1) {
        int top = topWidth(width);
        here = words.lessSigned(words.signed(a[i], top), words.signed(b[i], top));
      } else {
        here = words.less(a[i], b[i]);
      }
      result = i == 0 ? here : words.mux(words.equal(a[i], b[i]), result, here);
    }
    return result;
  }

  int any(int[] a) {
    return words.notEqual(union(a), words.zero());
  }

  int all(int[] a, int width) {
    int[] zeros = not(a, width);
    return words.equal(union(zeros), words.zero());
  }

  int parity(int[] a) {
    int bits = a[0];
    for (int i = 1; i < a.length; i++) {
      bits = words.xor(bits, a[i]);
    }
    return words.parity(bits);
  }

  int[] zeroExtend(int[] a, int width) {
    int[] result = Arrays.copyOf(a, Words.count(width));
    Arrays.fill(result, a.length, result.length, words.zero());
    return result;
  }

  int[] signExtend(int[] a, int widthA, int width) {
    int[] result = Arrays.copyOf(a, Words.count(width));
    int top = words.signed(a[a.length - 1], topWidth(widthA));
    result[a.length - 1] = top;
    if (result.length > a.length) {
      Arrays.fill(result, a.length, result.length, sign(top));
    }
    return keep(result, width);
  }

  /** A word full of bit 63. */
  private int sign(int word) {
    return words.shiftRightSignedBy(word, words.constant(WORD - 1));
  }

  /** Bits {@code low} to {@code low + width - 1}. */
  int[] slice(int[] a, int low, int width) {
    int[] result = new int[Words.count(width)];
    for (int i = 0; i < result.length; i++) {
      int bits = i == result.length - 1 ? topWidth(width) : WORD;
      result[i] = bits(a, low + WORD * i, bits);
    }
    return result;
  }

  private int bits(int[] a, int low, int width) {
    int word = low / WORD;
    int shift = low % WORD;
    int inFirst = WORD - shift;
    if (width <= inFirst) {
      return words.extract(a[word], shift, width);
    }
    int first = words.extract(a[word], shift, inFirst);
    int second = words.extract(a[word + 1], 0, width - inFirst);
    return words.or(first, words.shiftLeft(second, inFirst));
  }

  /** Vectors side by side, the most significant first. */
  int[] concat(int[][] parts, int[] widths, int width) {
    int[] result = new int[Words.count(width)];
    Arrays.fill(result, words.zero());
    int low = width;
    for (int p = 0; p < parts.length; p++) {
      low -= widths[p];
      for (int i = 0; i < parts[p].length; i++) {
        int bits = i == parts[p].length - 1 ? topWidth(widths[p]) : WORD;
        insert(result, low + WORD * i, parts[p][i], bits);
      }
    }
    return result;
  }

  private void insert(int[] result, int low, int part, int width) {
    int word = low / WORD;
    int shift = low % WORD;
    int inFirst = WORD - shift;
    if (width <= inFirst) {
      result[word] = words.or(result[word], words.shiftLeft(part, shift));
    } else {
      int first = words.shiftLeft(words.extract(part, 0, inFirst), shift);
      result[word] = words.or(result[word], first);
      result[word + 1] = words.or(result[word + 1], words.extract(part, inFirst, width - inFirst));
    }
  }

  /** Shifted left by an unsigned amount; everything is lost from the width on. */
  int[] shiftLeft(int[] a, int[] amount, int width) {
    int[] moved = a;
    int steps = steps(a.length);
    for (int k = 0; k < steps; k++) {
      int bit = words.extract(amount[0], WORD_BITS + k, 1);
      int[] shifted = new int[a.length];
      Arrays.fill(shifted, words.zero());
      for (int i = 1 << k; i < a.length; i++) {
        shifted[i] = moved[i - (1 << k)];
      }
      moved = mux(bit, shifted, moved);
    }
    int[] result = new int[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = words.shiftLeftBy(moved[i], amount[0]);
      if (i > 0) {
        int carried = words.shiftRight(moved[i - 1], 1);
        result[i] = words.or(result[i], words.shiftRightBy(carried, opposite(amount[0])));
      }
    }
    int[] zeros = new int[a.length];
    Arrays.fill(zeros, words.zero());
    return mux(beyond(amount, WORD_BITS + steps), zeros, keep(result, width));
  }

  /** Shifted right by an unsigned amount; only zeros, or the sign, are left from the width on. */
  int[] shiftRight(int[] a, int[] amount, int width, boolean signed) {
    int n = a.length;
    int[] moved = Arrays.copyOf(a, n);
    int fill = words.zero();
    if (signed) {
      moved[n - 1] = words.signed(a[n - 1], topWidth(width));
      fill = sign(moved[n - 1]);
    }
    int[] filled = new int[n];
    Arrays.fill(filled, fill);
    int steps = steps(n);
    for (int k = 0; k < steps; k++) {
      int bit = words.extract(amount[0], WORD_BITS + k, 1);
      int[] shifted = filled.clone();
      for (int i = 0; i + (1 << k) < n; i++) {
        shifted[i] = moved[i + (1 << k)];
      }
      moved = mux(bit, shifted, moved);
    }
    int[] result = new int[n];
    for (int i = 0; i < n; i++) {
      if (i == n - 1) {
        result[i] =
            signed
                ? words.shiftRightSignedBy(moved[i], amount[0])
                : words.shiftRightBy(moved[i], amount[0]);
      } else {
        int carried = words.shiftLeft(moved[i + 1], 1);
        result[i] =
            words.or(
                words.shiftRightBy(moved[i], amount[0]),
                words.shiftLeftBy(carried, opposite(amount[0])));
      }
    }
    return keep(mux(beyond(amount, WORD_BITS + steps), filled, result), width);
  }

  /** Bits of the number of whole words by which a vector can be shifted. */
  private static int steps(int n) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(n - 1);
  }

  /** 63 less the low 6 bits. */
  private int opposite(int amount) {
    return words.xor(words.keep(amount, WORD_BITS), words.constant(WORD - 1));
  }

  /** Whether a number is 2^bits or more. */
  private int beyond(int[] number, int bits) {
    int[] high = number.clone();
    high[0] = words.shiftRight(number[0], bits);
    return any(high);
  }

  /** The low word of a number, or all ones if it needs more; for indices, which end earlier. */
  int index(int[] number) {
    if (number.length == 1) {
      return number[0];
    }
    int high = any(Arrays.copyOfRange(number, 1, number.length));
    return words.mux(high, words.constant(-1L), number[0]);
  }

  int[] choose(int index, int[][] choices) {
    int[] result = new int[choices[0].length];
    for (int i = 0; i < result.length; i++) {
      int word = i;
      result[i] = words.choose(index, Arrays.stream(choices).mapToInt(c -> c[word]).toArray());
    }
    return result;
  }
}
