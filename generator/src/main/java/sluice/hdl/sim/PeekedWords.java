package sluice.hdl.sim;

import java.math.BigInteger;
import java.util.List;
import sluice.hdl.netlist.Node;

/** Words of signals of any engine, signal by signal. */
final class PeekedWords implements SignalWords {
  private final SimulationEngine engine;
  private final List<Node> signals;
  private final WordLayout layout;

  /** Of each word: the number of its signal. */
  private final int[] signalOf;

  /** Of each signal: its first word. */
  private final int[] first;

  PeekedWords(SimulationEngine engine, List<Node> signals, boolean settable) {
    this.engine = engine;
    this.signals = List.copyOf(signals);
    this.layout = new WordLayout(signals, settable);
    this.signalOf = new int[layout.count()];
    this.first = new int[signals.size()];
    int at = 0;
    for (int i = 0; i < first.length; i++) {
      first[i] = at;
      for (int left = Words.count(signals.get(i).width()); left > 0; left--) {
        signalOf[at++] = i;
      }
    }
  }

  @Override
  public int width() {
    return layout.width();
  }

  @Override
  public int count() {
    return layout.count();
  }

  @Override
  public long get(int word) {
    return words(signalOf[word])[word - first[signalOf[word]]];
  }

  @Override
  public void read(long[] into, int from) {
    for (int i = 0; i < first.length; i++) {
      long[] words = words(i);
      System.arraycopy(words, 0, into, from + first[i], words.length);
    }
  }

  @Override
  public void set(int word, long bits) {
    layout.check(word, bits);
    int signal = signalOf[word];
    long[] words = words(signal);
    words[word - first[signal]] = bits;
    Node node = signals.get(signal);
    engine.poke(node, Words.get(words, 0, node.width()));
  }

  private long[] words(int signal) {
    Node node = signals.get(signal);
    long[] words = new long[Words.count(node.width())];
    BigInteger bits = engine.peekBig(node);
    Words.put(words, 0, node.width(), bits);
    return words;
  }
}
