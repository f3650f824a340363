package sluice.hdl.sim;

import java.util.function.LongBinaryOperator;

/**
 * Direct access to some signals of a circuit, for those who look at them or set them in every
 * cycle. The words of all signals stand one behind the other: those of the first signal, bits 0 to
 * 63 first, then those of the second, and so on. Bits above the width of a signal are 0.
 *
 * <p>For testbenches that alone set what they set: it is not looked for forks that set it too.
 */
public interface SignalWords {

  /** Bits of all signals together. */
  int width();

  /** Words of all signals together. */
  int count();

  /** A word of the settled signals. */
  long get(int word);

  /** Copies all words of the settled signals. */
  void read(long[] into, int from);

  /**
   * Combines all words of the settled signals, one after the other: a checksum of outputs, for
   * example.
   *
   * @param start what the first word is combined with
   * @param step combines what has come of the words before with the next word
   */
  default long reduce(long start, LongBinaryOperator step) {
    long result = start;
    for (int i = 0; i < count(); i++) {
      result = step.applyAsLong(result, get(i));
    }
    return result;
  }

  /**
   * Sets a word of inputs of the top module.
   *
   * @throws IllegalArgumentException if a signal is another one, or if the word has bits above its
   *     width
   */
  void set(int word, long bits);

  /**
   * Sets all words of inputs of the top module.
   *
   * @throws IllegalArgumentException as {@link #set}
   */
  default void write(long[] words, int from) {
    for (int i = 0; i < count(); i++) {
      set(i, words[from + i]);
    }
  }
}
