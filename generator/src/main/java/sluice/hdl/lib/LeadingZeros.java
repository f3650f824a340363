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

  /** The count of a block: {@code empty} if it has no one. */
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
    int width = roundedUp(value.width());
    UInt padded =
        width == value.width()
            ? value
            : value.concat(UInt.literal(0, width - value.width())).named("padded");
    return tree(padded).zeros();
  }

  /**
   * The number of zeros above the highest one, of any number.
   *
   * @return 0 to the width of the value, which is the count of 0; as wide as that needs
   */
  public static UInt ofAny(UInt value) {
    int width = roundedUp(value.width());
    if (width == value.width() && width > 1) {
      Block all = tree(value);
      UInt inner = all.zeros().extend(all.zeros().width() + 1);
      return mux(all.empty(), UInt.literal(width), inner);
    }
    if (width == 1) {
      return value.not();
    }
    // A one behind the lowest bit makes the count of 0 as long as the number.
    UInt end = UInt.literal(1L << (width - value.width() - 1), width - value.width());
    UInt padded = value.concat(end).named("padded");
    return tree(padded).zeros();
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

  private static Block tree(UInt padded) {
    List<Block> blocks = new ArrayList<>();
    for (int high = padded.width() - 1; high >= 0; high -= 2) {
      UInt pair = padded.bits(high, high - 1);
      blocks.add(new Block(pair.isZero(), pair.bit(1).not().asUInt()));
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
      String suffix = length + "_" + i / 2;
      UInt inner = mux(upper.empty(), lower.zeros(), upper.zeros());
      UInt zeros = upper.empty().asUInt().concat(inner).named("zeros" + suffix);
      Bool empty = upper.empty().and(lower.empty()).named("empty" + suffix);
      merged.add(new Block(empty, zeros));
    }
    return merged;
  }
}
