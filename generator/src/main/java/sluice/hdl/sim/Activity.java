package sluice.hdl.sim;

/**
 * Something beside the circuit that takes part in every cycle: first every activity drives inputs,
 * then the logic settles, then every activity looks at the settled values, then the clock rises,
 * and the next cycle begins. Within each phase the order is that of attachment.
 */
public interface Activity {

  /** Sets inputs for the cycle, from what is known at its start. */
  default void drive(Simulator simulator) {}

  /** Looks at the settled values of the cycle, before the clock rises. */
  default void sample(Simulator simulator) {}

  /** Is told that the clock has risen: a cycle begins, and its inputs are those of the last one. */
  default void begin(Simulator simulator) {}

  /** Gives up what it holds; nothing follows. */
  default void close() {}

  /** How far it is, for the message when a test does not end. */
  default String progress() {
    return "";
  }
}
