package sluice.hdl.timing;

import java.util.List;
import sluice.hdl.netlist.Node;

/** How many steps the logic of an operation has, whatever a step takes. */
final class Levels {
  private Levels() {}

  static boolean isConstant(Node node) {
    return node instanceof Node.Constant;
  }

  /** The depth of a tree with that many leaves. */
  static int log2(int leaves) {
    return leaves <= 1 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(leaves - 1);
  }

  /** The rows that a factor of a product makes. */
  static int rows(Node factor) {
    return factor instanceof Node.Constant constant ? constant.value().bitCount() : factor.width();
  }

  /**
   * Carry-save adders one after the other, each of which makes two rows of three, until two are
   * left.
   */
  static int carrySaveLevels(int rows) {
    int levels = 0;
    for (int left = rows; left > 2; left -= left / 3) {
      levels++;
    }
    return levels;
  }

  /** A step for each bit of a shift's amount that leaves something, and one for all others. */
  static int shiftSteps(List<Node> operands) {
    int steps = log2(operands.get(0).width());
    int amountBits = operands.get(1).width();
    return amountBits <= steps ? amountBits : steps + 1;
  }
}
