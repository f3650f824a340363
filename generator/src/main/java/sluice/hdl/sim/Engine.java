package sluice.hdl.sim;

/** Runs a {@link Program} on its array of values. */
interface Engine {

  /** Computes what follows from the state and the inputs. */
  void settle();

  /** Lets the clock rise, on settled values. */
  void edge(boolean inReset);

  /** Says that an input has another value. */
  void inputChanged(int leaf);

  /** Says that the state was changed from outside. */
  void stateChanged();

  /** Whether a value that is neither a constant nor a leaf is in the array when it is settled. */
  boolean holds(int value);
}
