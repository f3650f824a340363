package sluice.hdl.sim;

/**
 * Direct access to a signal, for those who look at it or set it in every cycle: word i holds bits
 * 64 i to 64 i + 63, and bits above the width are 0.
 */
public interface SignalWords {

  /** Bits of the signal. */
  int width();

  /** Words of the signal. */
  default int count() {
    return Words.count(width());
  }

  /** A word of the settled signal. */
  long get(int word);

  /**
   * Sets a word of an input of the top module.
   *
   * @throws IllegalArgumentException if the signal is another one, or if the word has bits above
   *     the width
   */
  void set(int word, long bits);
}
