package sluice.cosim.jvm;

import java.util.List;
import sluice.cosim.MemoryTiming;

/** When a memory answers, and in which order. */
final class Answers {

  /** Bursts that a memory holds, reads and writes apart. */
  static final int OUTSTANDING = 256;

  private static final int IDS = 256;

  private final MemoryTiming timing;
  private final SeededRandom random;

  /** Something that is to be answered. */
  interface Pending {
    /** The ID of its request. */
    int id();

    /** First cycle of the answer. */
    long ready();
  }

  Answers(MemoryTiming timing, SeededRandom random) {
    this.timing = timing;
    this.random = random;
  }

  boolean random() {
    return timing.isRandom();
  }

  /** Draws the cycles from now to an answer. */
  int latency() {
    return random.between(timing.leastLatency(), timing.mostLatency());
  }

  /**
   * Which transaction to answer now, or -1: the oldest; under the random model any that is the
   * oldest of its ID, with equal chances.
   */
  int choose(long cycle, List<? extends Pending> pending) {
    if (!timing.isRandom()) {
      return !pending.isEmpty() && pending.get(0).ready() <= cycle ? 0 : -1;
    }
    boolean[] older = new boolean[IDS];
    int chosen = -1;
    int candidates = 0;
    for (int i = 0; i < pending.size(); i++) {
      Pending each = pending.get(i);
      if (!older[each.id()] && each.ready() <= cycle && random.below(++candidates) == 0) {
        chosen = i;
      }
      older[each.id()] = true;
    }
    return chosen;
  }
}
