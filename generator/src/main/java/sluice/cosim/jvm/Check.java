package sluice.cosim.jvm;

import sluice.cosim.SimulationException;

/** What a testbench finds wrong. */
final class Check {
  private Check() {}

  /** Fails with a message if a condition does not hold. */
  static void that(boolean condition, String format, Object... arguments)
      throws SimulationException {
    if (!condition) {
      throw failure(format, arguments);
    }
  }

  /** A failure to throw. */
  static SimulationException failure(String format, Object... arguments) {
    return new SimulationException(format.formatted(arguments));
  }
}
