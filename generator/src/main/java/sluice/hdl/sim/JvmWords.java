package sluice.hdl.sim;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongBinaryOperator;
import sluice.hdl.netlist.Node;

/** Words of signals in the array of values of a {@link JvmEngine}. */
final class JvmWords implements SignalWords {
  private final JvmEngine engine;
  private final WordLayout layout;
  private final int[] values;
  private final int[] slots;

  /** Whether the evaluator of a generation has all words in its array anyway. */
  private boolean isHeld;

  private int generation = -1;

  JvmWords(JvmEngine engine, List<Node> signals, Program program, boolean settable) {
    this.engine = engine;
    layout = new WordLayout(signals, settable);
    values = signals.stream().map(program.values()::get).flatMapToInt(Arrays::stream).toArray();
    slots = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      slots[i] = program.slots()[values[i]];
    }
  }

  @Override
  public int width() {
    return layout.width();
  }

  @Override
  public int count() {
    return slots.length;
  }

  @Override
  public long get(int word) {
    return engine.settledWord(values[word], slots[word]);
  }

  @Override
  public void read(long[] into, int from) {
    long[] all = settled();
    for (int i = 0; i < slots.length; i++) {
      into[from + i] = all[slots[i]];
    }
  }

  @Override
  public long reduce(long start, LongBinaryOperator step) {
    long[] all = settled();
    long result = start;
    for (int slot : slots) {
      result = step.applyAsLong(result, all[slot]);
    }
    return result;
  }

  /** The array of settled values, with those of the signals in it. */
  private long[] settled() {
    long[] all = engine.settledValues();
    if (generation != engine.generation()) {
      generation = engine.generation();
      isHeld = engine.holdsAll(values);
    }
    if (!isHeld) {
      engine.need(values);
    }
    return all;
  }

  @Override
  public void write(long[] words, int from) {
    layout.requireSettable();
    long[] all = engine.values();
    for (int i = 0; i < slots.length; i++) {
      // Most inputs are as they were; such a word is one that could be set.
      if (all[slots[i]] != words[from + i]) {
        set(i, words[from + i]);
      }
    }
  }

  @Override
  public void set(int word, long bits) {
    layout.check(word, bits);
    engine.pokeWord(values[word], slots[word], bits);
  }
}
