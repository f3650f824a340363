package sluice.synthesis.timing;

/**
 * What is taken for granted, in nanoseconds. Wires have no length and the clock reaches all
 * registers at once.
 *
 * @param period of the clock
 * @param portDelay after the clock's edge at which inputs arrive, and before it at which outputs
 *     are due
 * @param memoryDelay from the clock's edge to the data of a memory
 * @param memorySetup before the clock's edge at which inputs of a memory are due
 */
public record TimingAssumptions(
    double period, double portDelay, double memoryDelay, double memorySetup) {

  /** Memory times of small single-cycle SRAM at 45 nm, scaled by the speed of the cells. */
  private static final double MEMORY_DELAY = 1.0;

  private static final double MEMORY_SETUP = 0.25;
  private static final double PORT_DELAY = 1.0;

  /** The usual times with a period. */
  public static TimingAssumptions of(double period) {
    return new TimingAssumptions(period, PORT_DELAY, MEMORY_DELAY, MEMORY_SETUP);
  }
}
