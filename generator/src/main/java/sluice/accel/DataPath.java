package sluice.accel;

import sluice.config.AcceleratorConfig;
import sluice.config.ArithmeticStyle;
import sluice.hdl.Depth;
import sluice.hdl.lib.numeric.Arithmetic;
import sluice.hdl.timing.CellDelays;

/**
 * How the arithmetic of the data path is written, and how much of it a cycle holds: as operators, a
 * stage has so many levels of logic; as gates, so many picoseconds of osu018.
 *
 * @param arithmetic how products and sums of many rows are written
 */
public record DataPath(Arithmetic arithmetic) {

  /** Levels of logic between two registers: a product of two significands. */
  private static final int LEVELS = 20;

  /**
   * Picoseconds between two registers, for a clock of 4.6 ns (1 GHz in a library of 45 nm): without
   * what flip-flops take, and what drives many of them.
   */
  private static final int PICOSECONDS = 3600;

  /** That of an accelerator. */
  public static DataPath of(AcceleratorConfig config) {
    return new DataPath(
        config.arithmetic() == ArithmeticStyle.GATES ? Arithmetic.GATES : Arithmetic.OPERATORS);
  }

  /** As few stages as the clock allows. */
  public Depth depth() {
    return arithmetic == Arithmetic.GATES
        ? Depth.within(PICOSECONDS, CellDelays.osu018())
        : Depth.levels(LEVELS);
  }

  /** A number of stages, alike in length. */
  public Depth stages(int stages) {
    return arithmetic == Arithmetic.GATES
        ? Depth.stages(stages, CellDelays.osu018())
        : Depth.stages(stages);
  }
}
