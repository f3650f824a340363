package sluice.hdl.sim;

import java.util.function.LongConsumer;

/** Runs one test with many seeds, and names the one with which it fails. */
public final class Seeds {
  private Seeds() {}

  /**
   * Runs a test with each of the seeds {@code first}, {@code first + 1}, ...
   *
   * @throws AssertionError if it fails with one of them; the cause is its failure
   */
  public static void each(long first, int count, LongConsumer test) {
    for (long seed = first; seed < first + count; seed++) {
      try {
        test.accept(seed);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }
}
