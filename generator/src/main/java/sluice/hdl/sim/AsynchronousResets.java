package sluice.hdl.sim;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.netlist.Node;

/** The registers that are reset without an edge of their clock. */
final class AsynchronousResets {
  private final List<Word> words = new ArrayList<>();
  private final ResetSources resets;

  /** A word of a register: where it is, its value after reset, and what resets it. */
  private record Word(int offset, long value, int reset) {}

  AsynchronousResets(Program program, ResetSources resets) {
    this.resets = resets;
    for (Program.Register register : program.registers()) {
      Node.Register node = register.node();
      if (node.clock().asynchronousReset() && node.resetValue() != null) {
        long[] value = new long[Words.count(node.width())];
        Words.put(value, 0, node.width(), node.resetValue());
        for (int i = 0; i < value.length; i++) {
          words.add(new Word(register.offset() + i, value[i], resets.of(node.clock())));
        }
      }
    }
  }

  boolean isEmpty() {
    return words.isEmpty();
  }

  /**
   * Gives registers in reset their values.
   *
   * @return whether a value changed, so that the logic has to settle again
   */
  boolean apply(long[] v) {
    if (words.isEmpty()) {
      return false;
    }
    boolean changed = false;
    boolean[] active = resets.active(v);
    for (Word word : words) {
      if (v[word.offset()] != word.value() && active[word.reset()]) {
        v[word.offset()] = word.value();
        changed = true;
      }
    }
    return changed;
  }
}
