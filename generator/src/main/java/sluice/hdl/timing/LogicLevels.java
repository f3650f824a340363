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
      case AND, OR, XOR -> operands.stream().anyMatch(Levels::isConstant) ? 0 : 1;
      case ADD, SUB -> adder(node.width());
      case MULTIPLY, MULTIPLY_SIGNED -> multiplier(operands.get(0), operands.get(1));
      case EQUAL, NOT_EQUAL -> equality(operands);
      case LESS, LESS_SIGNED -> Levels.log2(operands.get(0).width()) + 1;
      case SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_SIGNED -> Levels.shiftSteps(operands);
      case REDUCE_AND, REDUCE_OR, REDUCE_XOR -> Levels.log2(operands.get(0).width());
      case MUX -> 1;
      case CHOOSE -> Levels.log2(operands.size() - 1);
    };
  }

  private static int adder(int width) {
    return width == 1 ? 1 : Levels.log2(width) + ADDER_ENDS;
  }

  private static int multiplier(Node a, Node b) {
    int rows = Math.min(Levels.rows(a), Levels.rows(b));
    int generated = Levels.isConstant(a) || Levels.isConstant(b) ? 0 : 1;
    int levels = generated + CARRY_SAVE * Levels.carrySaveLevels(rows);
    return rows < 2 ? levels : levels + adder(a.width() + b.width());
  }

  private static int equality(List<Node> operands) {
    int differences = operands.stream().anyMatch(Levels::isConstant) ? 0 : 1;
    return differences + Levels.log2(operands.get(0).width());
  }
}
