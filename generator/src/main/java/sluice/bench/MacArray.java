package sluice.bench;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.Vec;

/**
 * A square array of cells that multiply signed bytes and accumulate: a number from the left and a
 * number from above are multiplied and added to the cell's sum, and handed on to the right and
 * below a cycle later. Every cell works in every cycle.
 */
public final class MacArray extends Module {
  private static final int OPERAND_BITS = 8;
  private static final int SUM_BITS = 32;

  /** One cell. */
  private static final class Cell extends Module {
    final SInt left = input(SInt.of(OPERAND_BITS));
    final SInt above = input(SInt.of(OPERAND_BITS));
    final SInt right = output(SInt.of(OPERAND_BITS));
    final SInt below = output(SInt.of(OPERAND_BITS));
    final SInt sum = output(SInt.of(SUM_BITS));

    Cell() {
      super("mac_cell");
      describe("A product a cycle, added to a sum of " + SUM_BITS + " bits.");
      SInt accumulator = register(SInt.of(SUM_BITS)).reset(0);
      SInt product = left.times(above);
      accumulator.set(accumulator.plusWrap(product.extend(SUM_BITS)));
      right.set(delayed(left));
      below.set(delayed(above));
      sum.set(accumulator);
    }
  }

  private final Vec<SInt> rows;
  private final Vec<SInt> columns;
  private final Vec<SInt> sums;

  /**
   * An array.
   *
   * @param height cells from above to below
   * @param width cells from left to right
   */
  public MacArray(int height, int width) {
    super("mac_array");
    describe(height + " x " + width + " cells that multiply and accumulate.");
    rows = input(Vec.of(height, SInt.of(OPERAND_BITS)));
    columns = input(Vec.of(width, SInt.of(OPERAND_BITS)));
    sums = output(Vec.of(height * width, SInt.of(SUM_BITS)));
    List<SInt> fromAbove = new ArrayList<>();
    for (int j = 0; j < width; j++) {
      fromAbove.add(columns.get(j));
    }
    for (int i = 0; i < height; i++) {
      SInt fromLeft = rows.get(i);
      for (int j = 0; j < width; j++) {
        Cell cell = instance(new Cell());
        cell.left.set(fromLeft);
        cell.above.set(fromAbove.get(j));
        fromLeft = cell.right;
        fromAbove.set(j, cell.below);
        sums.get(i * width + j).set(cell.sum);
      }
    }
  }
}
