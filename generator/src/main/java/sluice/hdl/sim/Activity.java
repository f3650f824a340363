package sluice.hdl.sim;

/**
 * Something beside the circuit that takes part in every cycle: first every activity drives inputs,
 * then the logic settles, then every activity looks at the settled values, then the clock rises.
 * Within both phases the order is that of attachment.
 */
public interface Activity {

  /** Sets inputs for the cycle, from what is known at its start. */
  default void drive(Simulator simulator) {}

  /** Looks at the settled values of the cycle, before the clock rises. */
  default void sample(Simulator simulator) {}

  /** How far it is, for the message when a test does not end. */
  default String progress() {
    return "";
  }
}
