package sluice.hdl.sim;

import java.util.List;
import sluice.hdl.netlist.Node;

/** Where the words of several signals are that stand one behind the other. */
final class WordLayout {
  private final int width;

  /** For each word, the bits above the width of its signal. */
  private final long[] unused;

  private final boolean settable;

  /**
   * @param settable whether all are inputs of the top module
   */
  WordLayout(List<Node> signals, boolean settable) {
    this.settable = settable;
    width = signals.stream().mapToInt(Node::width).sum();
    unused = new long[signals.stream().mapToInt(node -> Words.count(node.width())).sum()];
    int at = 0;
    for (Node signal : signals) {
      at += Words.count(signal.width());
      unused[at - 1] = ~Words.topMask(signal.width());
    }
  }

  /** Bits of all signals together. */
  int width() {
    return width;
  }

  /** Words of all signals together. */
  int count() {
    return unused.length;
  }

  /** Refuses signals that cannot be set. */
  void requireSettable() {
    if (!settable) {
      throw new IllegalArgumentException("not all of the signals are inputs of the top module");
    }
  }

  /** Refuses what cannot be set. */
  void check(int word, long bits) {
    requireSettable();
    if ((bits & unused[word]) != 0) {
      throw new IllegalArgumentException(
          "word %d: %x has bits above the width".formatted(word, bits));
    }
  }
}
