package sluice.hdl.lib.numeric;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import sluice.hdl.Bool;
import sluice.hdl.Parameter;
import sluice.hdl.UInt;

/**
 * Sums bits of different weights by full and half adders in Dadda's order: no more of them in a
 * column than its height demands, until two rows remain, which one adder sums. Fewer gates than
 * adding row by row, and as few levels as a Wallace tree.
 */
public final class DaddaTree {
  private final List<Deque<Bool>> columns = new ArrayList<>();
  private final String name;

  /** The adders of each column. */
  private final int[] adders;

  /**
   * @param name what the tree sums; what an adder of column 3 makes is called {@code <name>_sum3_0}
   *     and {@code <name>_carry4_0}, by the columns where it goes, and {@code _1} for the next
   *     adder
   * @param width bits of the sum; what is above them is lost
   */
  public DaddaTree(String name, int width) {
    Parameter.of("DaddaTree", "width", width).atLeast(1);
    this.name = name;
    this.adders = new int[width];
    for (int i = 0; i < width; i++) {
      columns.add(new ArrayDeque<>());
    }
  }

  /** Adds a bit of the weight {@code 2^column}; it is dropped if that is above the sum. */
  public void add(int column, Bool bit) {
    if (column < columns.size()) {
      columns.get(column).add(bit);
    }
  }

  /** Adds an unsigned number times {@code 2^column}. */
  public void add(int column, UInt number) {
    for (int i = 0; i < number.width(); i++) {
      add(column + i, number.bit(i));
    }
  }

  /** Adds a constant, modulo {@code 2^width}. */
  public void add(int column, BigInteger constant) {
    BigInteger added = constant.mod(BigInteger.ONE.shiftLeft(columns.size()));
    for (int i = 0; i < added.bitLength(); i++) {
      if (added.testBit(i)) {
        add(column + i, Bool.literal(true));
      }
    }
  }

  /**
   * Adds the product of two unsigned numbers times {@code 2^column}. The product of bit 2 of the
   * left one and bit 5 of the right one is called {@code <name>_product2_5}.
   */
  public void addProduct(int column, UInt left, UInt right) {
    for (int i = 0; i < left.width(); i++) {
      for (int j = 0; j < right.width(); j++) {
        add(column + i + j, named(left.bit(i).and(right.bit(j)), "product", i, j));
      }
    }
  }

  private Bool named(Bool bit, String what, int first, int second) {
    return Labels.named(bit, name + "_" + what + first + "_" + second);
  }

  /** The sum of all that was added, modulo {@code 2^width}. */
  public UInt sum() {
    return rows().total();
  }

  /** The same without the last adder, as two rows. */
  public CarrySave rows() {
    for (int height : heights()) {
      for (int column = 0; column < columns.size(); column++) {
        reduce(column, height);
      }
    }
    UInt first = row();
    UInt second = row();
    return new CarrySave(first, second);
  }

  /** The heights to reduce columns to, one after the other: 2, 3, 4, 6, 9... from behind. */
  private List<Integer> heights() {
    int highest = columns.stream().mapToInt(Deque::size).max().orElse(0);
    List<Integer> heights = new ArrayList<>();
    for (int height = 2; height < highest; height = height * 3 / 2) {
      heights.add(0, height);
    }
    return heights;
  }

  private void reduce(int column, int height) {
    Deque<Bool> bits = columns.get(column);
    while (bits.size() > height) {
      Bool a = bits.remove();
      Bool b = bits.remove();
      Bool either = a.xor(b);
      Bool both = a.and(b);
      Bool sum = either;
      Bool carry = both;
      int adder = adders[column]++;
      // One too many: two bits become one; otherwise three do.
      if (bits.size() + 2 > height + 1) {
        Bool c = bits.remove();
        named(either, "either", column, adder);
        sum = either.xor(c);
        carry = both.or(either.and(c));
      }
      bits.add(named(sum, "sum", column, adder));
      add(column + 1, named(carry, "carry", column + 1, adder));
    }
  }

  /** One bit of each column. */
  private UInt row() {
    UInt row = null;
    for (Deque<Bool> bits : columns) {
      UInt bit = bits.isEmpty() ? UInt.literal(0, 1) : bits.remove().asUInt();
      row = row == null ? bit : bit.concat(row);
    }
    return row;
  }
}
