package sluice.synthesis;

/**
 * What a circuit costs in gates.
 *
 * @param area of all cells, in the unit of the library: square micrometres
 * @param delayPicoseconds of a circuit without registers, the longest path as abc times it; of one
 *     with registers, the least period of the clock as OpenSTA finds it, where inputs arrive and
 *     outputs are due at its edge
 * @param flops bits of registers
 * @param transistors estimate of CMOS transistors, without a library
 */
public record GateFigures(double area, double delayPicoseconds, long flops, long transistors) {

  /** Whether it has registers, so that its delay is a period. */
  public boolean clocked() {
    return flops > 0;
  }
}
