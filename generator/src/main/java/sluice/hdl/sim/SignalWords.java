package sluice.hdl.sim;

import java.util.Arrays;
import java.util.List;
import sluice.hdl.netlist.Node;

/**
 * Direct access to some signals of a circuit, for those who look at them or set them in every
 * cycle. The words of all signals stand one behind the other: those of the first signal, bits 0 to
 * 63 first, then those of the second, and so on. Bits above the width of a signal are 0.
 */
public final class SignalWords {
  private final Simulator simulator;
  private final int[] values;
  private final int[] slots;
  private final long[] unused;
  private final boolean inputs;
  private final int width;

  /** Whether the simulator's engine of a generation has all words in its array anyway. */
  private boolean isHeld;

  private int generation = -1;

  SignalWords(Simulator simulator, List<Node> signals, Program program, boolean inputs) {
    this.simulator = simulator;
    this.inputs = inputs;
    values = signals.stream().map(program.values()::get).flatMapToInt(Arrays::stream).toArray();
    slots = new int[values.length];
    unused = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      slots[i] = program.slots()[values[i]];
    }
    int at = 0;
    for (Node signal : signals) {
      at += Words.count(signal.width());
      unused[at - 1] = ~Words.topMask(signal.width());
    }
    width = signals.stream().mapToInt(Node::width).sum();
  }

  /** Bits of all signals together. */
  public int width() {
    return width;
  }

  /** Words of all signals together. */
  public int count() {
    return slots.length;
  }

  /** A word of the settled signals. */
  public long get(int word) {
    return simulator.settledWord(values[word], slots[word]);
  }

  /** Copies all words of the settled signals. */
  public void read(long[] into, int from) {
    long[] all = simulator.settledValues();
    if (generation != simulator.generation()) {
      generation = simulator.generation();
      isHeld = simulator.holdsAll(values);
    }
    if (!isHeld) {
      simulator.need(values);
    }
    for (int i = 0; i < slots.length; i++) {
      into[from + i] = all[slots[i]];
    }
  }

  /**
   * Sets a word of inputs of the top module.
   *
   * @throws IllegalArgumentException if a signal is another one, or if the word has bits above its
   *     width
   */
  public void set(int word, long bits) {
    if (!inputs) {
      throw new IllegalArgumentException("not all of the signals are inputs of the top module");
    }
    if ((bits & unused[word]) != 0) {
      throw new IllegalArgumentException(
          "word %d: %x has bits above the width".formatted(word, bits));
    }
    simulator.pokeWord(values[word], slots[word], bits);
  }

  /**
   * Sets all words of inputs of the top module.
   *
   * @throws IllegalArgumentException as {@link #set}
   */
  public void write(long[] words, int from) {
    for (int i = 0; i < slots.length; i++) {
      set(i, words[from + i]);
    }
  }
}
