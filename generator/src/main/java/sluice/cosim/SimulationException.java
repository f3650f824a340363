package sluice.cosim;

import java.io.IOException;

/** A simulator that could not be built, or a run that failed. */
public final class SimulationException extends IOException {
  private static final long serialVersionUID = 1L;

  public SimulationException(String message) {
    super(message);
  }
}
