package sluice.synthesis.timing;

import java.util.List;

/**
 * The timing of a design.
 *
 * @param area of all cells but memories, in square micrometres
 * @param flops bits of registers
 * @param paths the worst to each register, the worst first
 */
public record TimingReport(double area, long flops, List<RegisterPath> paths) {

  /** Keeps a copy. */
  public TimingReport {
    paths = List.copyOf(paths);
  }

  /** Nanoseconds of the worst path. */
  public double worstSlack() {
    return paths.get(0).slack();
  }

  /** The paths that are too long. */
  public List<RegisterPath> violations() {
    return paths.stream().filter(path -> path.slack() < 0).toList();
  }
}
