package sluice.hdl.lib.numeric;

/** How products and sums of many rows are written. The numbers are the same. */
public enum Arithmetic {

  /**
   * As {@code *} and {@code +}: for FPGAs, which have multipliers and carry chains, for synthesis
   * with generators of data paths, and for fast simulation.
   */
  OPERATORS,

  /**
   * As Booth's rows and carry-save adders: smaller and shorter where synthesis takes operators one
   * by one, as Yosys does.
   */
  GATES
}
