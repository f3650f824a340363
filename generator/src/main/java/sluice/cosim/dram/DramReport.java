package sluice.cosim.dram;

/**
 * What a DRAM channel has done.
 *
 * @param cycles of the memory, from the start
 * @param columns column commands: bursts of the memory that moved data
 * @param activations rows that were opened
 * @param refreshCycles cycles of the memory in which a refresh kept everything else waiting
 * @param dataCycles cycles of the memory in which data moved
 */
public record DramReport(
    long cycles, long columns, long activations, long refreshCycles, long dataCycles) {

  /** Data moved, of what could move in the same time. */
  public double efficiency() {
    return share(dataCycles);
  }

  /** Time lost to refresh. */
  public double refreshShare() {
    return share(refreshCycles);
  }

  /** Column commands to a row that another one had opened. */
  public double rowHitShare() {
    return columns == 0 ? 0 : Math.max(0, columns - activations) / (double) columns;
  }

  private double share(long part) {
    return cycles == 0 ? 0 : part / (double) cycles;
  }
}
