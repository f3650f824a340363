package sluice.hdl.lib;

import static sluice.hdl.Module.mux;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.Bool;
import sluice.hdl.Parameter;
import sluice.hdl.UInt;

/**
 * Counts zeros before the first one of a number, within the cycle: from the top, or from the
 * bottom.
 *
 * <p>A tree over blocks of bits: of two neighbours, the upper one's count holds, or if it is all
 * zero, its length and the lower one's count.
 */
public final class LeadingZeros {
  private LeadingZeros() {}

  /**
   * The count of a block: {@code empty} if it has no one. A block of which all lies below the
   * number is null.
   */
  private record Block(Bool empty, UInt zeros) {}

  /**
   * The number of zeros above the highest one.
   *
   * @param value at least 2 bits
   * @return 0 to the width of the value rounded up to a power of two, less 1; undefined for 0
   */
  public static UInt of(UInt value) {
    Parameter.of("LeadingZeros", "the width of value", value.width())
        .require(value.width() >= 2, "at least 2", "use ofAny(value)");
    return tree(value, null).zeros();
  }

  /**
   * The number of zeros above the highest one, of any number.
   *
   * @return 0 to the width of the value, which is the count of 0; as wide as that needs
   */
  public static UInt ofAny(UInt value) {
    int width = roundedUp(value.width());
    if (width == value.width() && width > 1) {
      Block all = tree(value, null);
      UInt inner = all.zeros().extend(all.zeros().width() + 1);
      return mux(all.empty(), UInt.literal(width), inner);
    }
    if (width == 1) {
      return value.not();
    }
    // A one behind the lowest bit makes the count of 0 as long as the number.
    return tree(value, Bool.literal(true)).zeros();
  }

  /**
   * The number of zeros below the lowest one, of any number.
   *
   * @return 0 to the width of the value, which is the count of 0; as wide as that needs
   */
  public static UInt trailing(UInt value) {
    return ofAny(value.reverse());
  }

  private static int roundedUp(int width) {
    return Integer.highestOneBit(2 * width - 1);
  }

  /**
   * The count of a number.
   *
   * @param end a one that follows its lowest bit; null if nothing does
   */
  private static Block tree(UInt value, Bool end) {
    List<Block> blocks = new ArrayList<>();
    int low = value.width() - 2;
    for (; low >= 0; low -= 2) {
      UInt pair = value.bits(low + 1, low);
      Bool empty = pair.isZero();
      blocks.add(
          new Block(
              empty.isConstant() ? empty : empty.named("empty2_" + blocks.size()),
              pair.bit(1).not().asUInt()));
    }
    if (low == -1) {
      UInt zeros = value.bit(0).not().asUInt();
      blocks.add(new Block(end == null ? value.bit(0).not() : end.not(), zeros));
    } else if (end != null) {
      blocks.add(new Block(end.not(), UInt.literal(0, 1)));
    }
    while (blocks.size() < roundedUp(value.width()) / 2) {
      blocks.add(null);
    }
    for (int length = 4; blocks.size() > 1; length *= 2) {
      blocks = merge(blocks, length);
    }
    return blocks.get(0);
  }

  private static List<Block> merge(List<Block> blocks, int length) {
    List<Block> merged = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i += 2) {
      Block upper = blocks.get(i);
      Block lower = blocks.get(i + 1);
      if (upper == null || lower == null) {
        merged.add(
            upper == null
                ? null
                : new Block(upper.empty(), upper.zeros().extend(upper.zeros().width() + 1)));
        continue;
      }
      String suffix = length + "_" + i / 2;
      UInt inner = mux(upper.empty(), lower.zeros(), upper.zeros());
      UInt zeros = upper.empty().asUInt().concat(inner).named("zeros" + suffix);
      Bool empty = upper.empty().and(lower.empty());
      merged.add(new Block(empty.isConstant() ? empty : empty.named("empty" + suffix), zeros));
    }
    return merged;
  }
}
