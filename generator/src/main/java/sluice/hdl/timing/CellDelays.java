package sluice.hdl.timing;

import java.util.List;
import sluice.hdl.netlist.Node;

/**
 * Delays in picoseconds of a technology's cells, for synthesis that leaves adders as they are
 * written: a carry passes one bit after the other. Wires take nothing. Constant operands make
 * cheaper logic, and wiring (slices, concatenations, extensions, shifts by constants) and
 * inversions take none.
 *
 * @param gate a gate of two inputs
 * @param exclusiveOr an exclusive or of two inputs
 * @param choice a choice between two values
 * @param carry a carry's way through one bit of an adder
 * @param buffer one level of a tree of buffers, each of which drives eight
 */
public record CellDelays(int gate, int exclusiveOr, int choice, int carry, int buffer)
    implements DelayModel {

  /** Loads that one buffer drives. */
  private static final int FAN_OUT = 8;

  /**
   * The osu018 cells (180 nm) as mapped by Yosys 0.23 and ABC: fitted to what {@code scripts/bench
   * area} gives for adders, shifters and carry-save trees.
   */
  public static CellDelays osu018() {
    return new CellDelays(58, 92, 92, 97, 45);
  }

  @Override
  public int delay(Node node) {
    if (!(node instanceof Node.Operation operation)) {
      return 0;
    }
    List<Node> operands = operation.operands();
    Node first = operands.get(0);
    return switch (operation.operator()) {
      case NOT, ZERO_EXTEND, SIGN_EXTEND, CONCAT -> 0;
      case AND, OR -> hasConstant(operands) ? 0 : gate;
      case XOR -> hasConstant(operands) ? 0 : exclusiveOr;
      case ADD, SUB -> adder(node.width());
      case MULTIPLY, MULTIPLY_SIGNED -> multiplier(first, operands.get(1));
      case EQUAL, NOT_EQUAL ->
          (hasConstant(operands) ? 0 : exclusiveOr) + gate * Levels.log2(first.width());
      case LESS, LESS_SIGNED -> exclusiveOr + carry * first.width();
      case SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_SIGNED -> shifter(operands);
      case REDUCE_AND, REDUCE_OR -> gate * Levels.log2(first.width());
      case REDUCE_XOR -> exclusiveOr * Levels.log2(first.width());
      case MUX -> choice + fanOut(node.width());
      case CHOOSE -> (choice + fanOut(node.width())) * Levels.log2(operands.size() - 1);
    };
  }

  private int adder(int width) {
    return exclusiveOr + carry * (width - 1);
  }

  private int multiplier(Node a, Node b) {
    int rows = Math.min(Levels.rows(a), Levels.rows(b));
    int generated = Levels.isConstant(a) || Levels.isConstant(b) ? 0 : gate;
    int added = 2 * exclusiveOr * Levels.carrySaveLevels(rows);
    return generated + added + (rows < 2 ? 0 : adder(a.width() + b.width()));
  }

  /** A choice for each bit of the amount that leaves something, and one for all others. */
  private int shifter(List<Node> operands) {
    return Levels.shiftSteps(operands) * choice + fanOut(operands.get(0).width());
  }

  /** What it takes to drive a word with one bit. */
  private int fanOut(int width) {
    int levels = 0;
    for (int reached = 1; reached < width; reached *= FAN_OUT) {
      levels++;
    }
    return levels * buffer;
  }

  private static boolean hasConstant(List<Node> operands) {
    return operands.stream().anyMatch(Levels::isConstant);
  }
}
