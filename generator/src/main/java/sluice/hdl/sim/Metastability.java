package sluice.hdl.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Crossing;
import sluice.hdl.netlist.Node;

/**
 * A model of what metastability does to the first stages of synchronizers: a bit whose input has
 * changed since the clock's edge before takes the old or the new value at random, and the new one
 * an edge later. So a change arrives in the cycle in which it is expected, or in the next, and bits
 * that change together may arrive apart.
 */
final class Metastability {
  private final Hierarchy hierarchy;
  private final Clock clock;
  private final Random random;
  private final List<Word> words = new ArrayList<>();
  private boolean enabled = true;

  /** A word of a first stage. */
  private static final class Word {
    final int slot;
    final int source;
    long before;
    boolean known;

    Word(int slot, int source) {
      this.slot = slot;
      this.source = source;
    }
  }

  /**
   * @param clock the clock of the top module whose registers these are
   */
  Metastability(Hierarchy hierarchy, Clock clock, long seed) {
    this.hierarchy = hierarchy;
    this.clock = clock;
    this.random = new Random(seed);
  }

  void enable(boolean on) {
    this.enabled = on;
  }

  /**
   * Takes a register of the clock into account, if it is the first stage of a synchronizer.
   *
   * @param slot where its first word is
   * @param sources where the words are that it takes
   */
  void add(Node.Register node, int slot, int[] sources) {
    if (node.crossing() == Crossing.SYNCHRONIZER && isForeign(node.next())) {
      for (int i = 0; i < sources.length; i++) {
        words.add(new Word(slot + i, sources[i]));
      }
    }
  }

  /** Whether a value comes from another clock, or is asynchronous. */
  private boolean isForeign(Node value) {
    Set<Node> seen = new HashSet<>();
    Deque<Node> pendingNodes = new ArrayDeque<>(List.of(value));
    while (!pendingNodes.isEmpty()) {
      Node node = hierarchy.origin(pendingNodes.pop());
      if (!seen.add(node)) {
        continue;
      }
      if (node instanceof Node.Register register) {
        if (hierarchy.root(register.clock()) != clock) {
          return true;
        }
      } else if (node instanceof Node.Input) {
        Clock port = hierarchy.portClock(node);
        if (port == null || hierarchy.root(port) != clock) {
          return true;
        }
      } else {
        pendingNodes.addAll(node.operands());
      }
    }
    return false;
  }

  /**
   * Disturbs what registers are about to take.
   *
   * @return whether there was anything to disturb
   */
  boolean disturb(long[] v, long[] next) {
    boolean disturbed = false;
    for (Word word : words) {
      long now = v[word.source];
      if (enabled && word.known && now != word.before) {
        next[word.slot] = now ^ (now ^ word.before) & random.nextLong();
        disturbed = true;
      }
      word.before = now;
      word.known = true;
    }
    return disturbed;
  }
}
