package sluice.hdl.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import sluice.hdl.netlist.Node;

/** The registers that are reset without an edge of their clock. */
final class AsynchronousResets {
  private final List<Word> words = new ArrayList<>();
  private final ResetSources resets;

  /** A word of a register: its leaf, where it is, its value after reset, and what resets it. */
  private record Word(int leaf, int slot, long value, int reset) {}

  AsynchronousResets(Program program, ResetSources resets) {
    this.resets = resets;
    for (Sink sink : program.sinks()) {
      if (sink instanceof Sink.Register register) {
        add(program, register);
      }
    }
  }

  private void add(Program program, Sink.Register register) {
    Node.Register node = register.node();
    if (node.clock().asynchronousReset() && node.resetValue() != null) {
      long[] value = register.resetWords();
      for (int i = 0; i < value.length; i++) {
        int leaf = register.state()[i];
        words.add(new Word(leaf, program.slots()[leaf], value[i], resets.of(node.clock())));
      }
    }
  }

  boolean isEmpty() {
    return words.isEmpty();
  }

  /**
   * Gives registers in reset their values.
   *
   * @param changes is told which leaves change
   * @return whether a value changed, so that the logic has to settle again
   */
  boolean apply(long[] v, IntConsumer changes) {
    if (words.isEmpty()) {
      return false;
    }
    boolean changed = false;
    boolean[] active = resets.active(v);
    for (Word word : words) {
      if (v[word.slot()] != word.value() && active[word.reset()]) {
        v[word.slot()] = word.value();
        changes.accept(word.leaf());
        changed = true;
      }
    }
    return changed;
  }
}
