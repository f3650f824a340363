package sluice.config;

import java.util.Locale;

/** How long sums and products of the data path are written. What they compute is the same. */
public enum ArithmeticStyle {

  /**
   * As {@code *} and {@code +}, in stages of as many levels of logic as a multiplier has: for
   * FPGAs, which have multipliers and carry chains, and for fast simulation.
   */
  OPERATORS,

  /**
   * As rows of gates, in stages of so many picoseconds: for standard cells, where synthesis takes
   * operators one by one.
   */
  GATES;

  /** The value as a configuration file writes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
