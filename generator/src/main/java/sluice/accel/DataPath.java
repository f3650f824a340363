package sluice.accel;

import sluice.config.AcceleratorConfig;
import sluice.config.ArithmeticStyle;
import sluice.hdl.Depth;
import sluice.hdl.lib.numeric.Arithmetic;
import sluice.hdl.timing.CellDelays;

/**
 * How the arithmetic of the data path is written, and how much of it a cycle holds.
 *
 * @param arithmetic how products and sums of many rows are written
 * @param depth of a pipeline: as few stages as its limit of a stage allows
 */
public record DataPath(Arithmetic arithmetic, Depth depth) {

  /** Levels of logic between two registers: a product of two significands. */
  private static final int LEVELS = 20;

  /**
   * Picoseconds of a stage in osu018 for a clock of 4.6 ns (1 GHz in a library of 45 nm). That is
   * more than flip-flops leave: a long adder is faster than the language takes it to be.
   */
  private static final int PICOSECONDS = 4400;

  /** That of an accelerator. */
  public static DataPath of(AcceleratorConfig config) {
    return config.arithmetic() == ArithmeticStyle.GATES
        ? new DataPath(Arithmetic.GATES, Depth.within(PICOSECONDS, CellDelays.osu018()))
        : new DataPath(Arithmetic.OPERATORS, Depth.levels(LEVELS));
  }
}
