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
  private int adders;

  /**
   * @param name what the tree sums; its bits are called {@code <name>_sum0}, {@code
   *     <name>_carry0}...
   * @param width bits of the sum; what is above them is lost
   */
  public DaddaTree(String name, int width) {
    Parameter.of("DaddaTree", "width", width).atLeast(1);
    this.name = name;
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

  /** Adds the product of two unsigned numbers times {@code 2^column}. */
  public void addProduct(int column, UInt left, UInt right) {
    for (int i = 0; i < left.width(); i++) {
      for (int j = 0; j < right.width(); j++) {
        add(column + i + j, left.bit(i).and(right.bit(j)));
      }
    }
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
      // One too many: two bits become one; otherwise three do.
      if (bits.size() + 2 > height + 1) {
        Bool c = bits.remove();
        sum = either.xor(c);
        carry = both.or(either.and(c));
      }
      bits.add(sum.named(name + "_sum" + adders));
      add(column + 1, carry.named(name + "_carry" + adders));
      adders++;
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
