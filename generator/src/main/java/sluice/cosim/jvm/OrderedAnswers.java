package sluice.cosim.jvm;

import java.util.List;
import sluice.cosim.MemoryModel;

/** Everything after the same time, in order. */
record OrderedAnswers(MemoryModel.Ideal model) implements Answers {

  @Override
  public void accept(long cycle, Transaction transaction, long address, int bytes, boolean write) {
    transaction.readyAt(cycle + model.latency());
  }

  @Override
  public int choose(long cycle, List<? extends Transaction> pending) {
    return !pending.isEmpty() && pending.get(0).ready() <= cycle ? 0 : -1;
  }
}
