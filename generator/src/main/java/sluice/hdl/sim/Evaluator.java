package sluice.hdl.sim;

/**
 * Runs a {@link Program} on its array of values. Where clocks rise together, all sample, then all
 * write, then all update.
 */
interface Evaluator {

  /** Computes what follows from the state and the inputs. */
  void settle();

  /** Takes the next values of a clock's state, of settled values. */
  void sample(int line);

  /** Writes to memories what the settled values say. */
  void write(int line);

  /** Replaces a clock's state by its next values. */
  void update(int line);

  /** Says that all clocks that rise together have risen. */
  void risen();

  /** Says that a leaf has another value: an input was set, or a register was reset. */
  void leafChanged(int leaf);

  /** Says that anything may have changed, contents of memories too. */
  void stateChanged();

  /** Whether a value that is neither a constant nor a leaf is in the array when it is settled. */
  boolean holds(int value);
}
