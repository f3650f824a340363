package sluice.hdl.lib.numeric;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import sluice.hdl.Bundle;
import sluice.hdl.Parameter;
import sluice.hdl.SInt;
import sluice.hdl.UInt;

/**
 * A number as two rows, whose sum it is, modulo 2 to the power of their width.
 *
 * @param sum the first row
 * @param carry the second row
 */
public record CarrySave(UInt sum, UInt carry) implements Bundle {

  /**
   * The sum of signed terms, without the last carries; combinational. As gates by a {@link
   * DaddaTree}, as operators by a tree of adders.
   *
   * @param terms at least one, all of the same width
   * @param width bits of the rows, at least those of a term
   */
  public static CarrySave of(Arithmetic arithmetic, List<SInt> terms, int width) {
    Parameter.of("CarrySave", "the number of terms", terms.size()).atLeast(1);
    return arithmetic == Arithmetic.GATES ? byGates(terms, width) : byOperators(terms, width);
  }

  private static CarrySave byOperators(List<SInt> terms, int width) {
    Deque<UInt> rows = new ArrayDeque<>();
    terms.forEach(term -> rows.add(term.extend(width).asUInt()));
    while (rows.size() > 2) {
      UInt sum = rows.remove().plusWrap(rows.remove());
      rows.add(sum);
    }
    UInt first = rows.remove();
    return new CarrySave(first, rows.isEmpty() ? UInt.literal(0, width) : rows.remove());
  }

  /** A sign counts as its complement, less a constant: so it is one bit of a row, not many. */
  private static CarrySave byGates(List<SInt> terms, int width) {
    DaddaTree tree = new DaddaTree("terms", width);
    BigInteger signs = BigInteger.ZERO;
    for (SInt term : terms) {
      int sign = term.width() - 1;
      UInt bits = term.asUInt();
      tree.add(0, bits.truncate(sign));
      tree.add(sign, bits.bit(sign).not());
      signs = signs.subtract(BigInteger.ONE.shiftLeft(sign));
    }
    tree.add(0, signs);
    return tree.rows();
  }

  /** The number. */
  public UInt total() {
    return sum.plusWrap(carry);
  }
}
