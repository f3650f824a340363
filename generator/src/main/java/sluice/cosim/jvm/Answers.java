package sluice.cosim.jvm;

import java.util.List;
import java.util.Optional;
import sluice.cosim.MemoryModel;
import sluice.cosim.dram.DramReport;

/** When a memory answers, and in which order: its model, seen from the port. */
interface Answers {

  /** Bursts that a memory holds, reads and writes apart. */
  int OUTSTANDING = 256;

  /**
   * The answers of a model.
   *
   * @param random for what is drawn
   */
  static Answers of(MemoryModel model, SeededRandom random) {
    if (model instanceof MemoryModel.Dram dram) {
      return new DramAnswers(dram);
    }
    if (model instanceof MemoryModel.Random bounds) {
      return new RandomAnswers(bounds, random);
    }
    return new OrderedAnswers((MemoryModel.Ideal) model);
  }

  /** Begins a cycle. */
  default void advance(long cycle) {}

  /** Forgets what is under way. */
  default void reset() {}

  /**
   * Whether another burst may come.
   *
   * @param pending bursts not answered
   */
  default boolean hasRoom(int pending, boolean write) {
    return pending < OUTSTANDING;
  }

  /**
   * A transaction is complete: a read when it is taken, a write with its last beat.
   *
   * @param bytes of the burst
   */
  void accept(long cycle, Transaction transaction, long address, int bytes, boolean write);

  /**
   * Which transaction to answer now, or -1; the oldest of its ID in any case.
   *
   * @param pending in the order in which they came
   */
  int choose(long cycle, List<? extends Transaction> pending);

  /** Whether beats of read bursts alternate. */
  default boolean interleaves() {
    return false;
  }

  /** What the DRAM did, if there is one. */
  default Optional<DramReport> report() {
    return Optional.empty();
  }
}
