package sluice.hdl.timing;

import java.util.List;
import sluice.hdl.netlist.Node;

/**
 * Delays as levels of logic, where a level is a gate of two inputs or a choice between two values.
 * Adders and comparators are taken as parallel prefix networks, multipliers as trees of carry-save
 * adders, which is what synthesis makes of them when it is asked for speed. Constant operands make
 * cheaper logic, and wiring (slices, concatenations, extensions, shifts by constants) and
 * inversions take none.
 */
public final class LogicLevels implements DelayModel {
  /** Levels of a carry-save adder: two exclusive ors. */
  private static final int CARRY_SAVE = 2;

  /** Levels of a prefix adder beside its tree: generate and propagate, and the sum. */
  private static final int ADDER_ENDS = 2;

  @Override
  public int delay(Node node) {
    if (!(node instanceof Node.Operation operation)) {
      return 0;
    }
    List<Node> operands = operation.operands();
    return switch (operation.operator()) {
      case NOT, ZERO_EXTEND, SIGN_EXTEND, CONCAT -> 0;
      case AND, OR, XOR -> operands.stream().anyMatch(LogicLevels::isConstant) ? 0 : 1;
      case ADD, SUB -> adder(node.width());
      case MULTIPLY, MULTIPLY_SIGNED -> multiplier(operands.get(0), operands.get(1));
      case EQUAL, NOT_EQUAL -> equality(operands);
      case LESS, LESS_SIGNED -> log2(operands.get(0).width()) + 1;
      case SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_SIGNED -> shifter(operands);
      case REDUCE_AND, REDUCE_OR, REDUCE_XOR -> log2(operands.get(0).width());
      case MUX -> 1;
      case CHOOSE -> log2(operands.size() - 1);
    };
  }

  private static int adder(int width) {
    return width == 1 ? 1 : log2(width) + ADDER_ENDS;
  }

  private static int multiplier(Node a, Node b) {
    int rows = Math.min(rows(a), rows(b));
    int levels = isConstant(a) || isConstant(b) ? 0 : 1;
    // A carry-save adder makes two rows of three.
    for (int left = rows; left > 2; left -= left / 3) {
      levels += CARRY_SAVE;
    }
    return rows < 2 ? levels : levels + adder(a.width() + b.width());
  }

  private static int rows(Node factor) {
    return factor instanceof Node.Constant constant ? constant.value().bitCount() : factor.width();
  }

  private static int equality(List<Node> operands) {
    int differences = operands.stream().anyMatch(LogicLevels::isConstant) ? 0 : 1;
    return differences + log2(operands.get(0).width());
  }

  /** A choice for each bit of the amount that leaves something, and one for all others. */
  private static int shifter(List<Node> operands) {
    int steps = log2(operands.get(0).width());
    int amountBits = operands.get(1).width();
    return amountBits <= steps ? amountBits : steps + 1;
  }

  private static boolean isConstant(Node node) {
    return node instanceof Node.Constant;
  }

  /** The depth of a tree with that many leaves. */
  private static int log2(int leaves) {
    return leaves <= 1 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(leaves - 1);
  }
}
