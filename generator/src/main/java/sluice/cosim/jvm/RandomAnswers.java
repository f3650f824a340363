package sluice.cosim.jvm;

import java.util.List;
import sluice.cosim.MemoryModel;

/** Each after a time of its own; any that is the oldest of its ID, with equal chances. */
record RandomAnswers(MemoryModel.Random model, SeededRandom random) implements Answers {
  private static final int IDS = 256;

  @Override
  public void accept(long cycle, Transaction transaction, long address, int bytes, boolean write) {
    transaction.readyAt(cycle + random.between(model.least(), model.most()));
  }

  @Override
  public int choose(long cycle, List<? extends Transaction> pending) {
    boolean[] older = new boolean[IDS];
    int chosen = -1;
    int candidates = 0;
    for (int i = 0; i < pending.size(); i++) {
      int id = pending.get(i).request().id();
      if (!older[id] && pending.get(i).ready() <= cycle && random.below(++candidates) == 0) {
        chosen = i;
      }
      older[id] = true;
    }
    return chosen;
  }

  @Override
  public boolean interleaves() {
    return true;
  }
}
