package sluice.hdl.sim;

/**
 * Something was looked at that the engine in use does not show: a signal inside of the circuit, or
 * a memory. Nothing is said of the circuit; the test needs another engine.
 */
public final class NotObservableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * An exception.
   *
   * @param message what cannot be looked at, and why
   */
  public NotObservableException(String message) {
    super(message);
  }
}
