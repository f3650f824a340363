package sluice.cosim.jvm;

import java.util.List;
import java.util.Optional;
import sluice.cosim.MemoryModel;
import sluice.cosim.dram.Dram;
import sluice.cosim.dram.DramAccess;
import sluice.cosim.dram.DramConfig.Parameter;
import sluice.cosim.dram.DramReport;

/** As DRAM has done what is asked of it; of those that are ready the one that was so first. */
final class DramAnswers implements Answers {
  private static final int IDS = 256;

  private final Dram dram;
  private final int queue;

  DramAnswers(MemoryModel.Dram model) {
    dram = new Dram(model.config(), model.clock());
    queue = model.config().get(Parameter.QUEUE);
  }

  @Override
  public void advance(long cycle) {
    dram.advance(cycle);
  }

  @Override
  public void reset() {
    dram.reset();
  }

  @Override
  public boolean hasRoom(int pending, boolean write) {
    return pending < OUTSTANDING && (write ? pending < queue : dram.hasRoom(false));
  }

  @Override
  public void accept(long cycle, Transaction transaction, long address, int bytes, boolean write) {
    DramAccess access = new DramAccess(address, bytes, write);
    dram.accept(access);
    transaction.readyWith(access);
  }

  @Override
  public int choose(long cycle, List<? extends Transaction> pending) {
    boolean[] older = new boolean[IDS];
    int chosen = -1;
    for (int i = 0; i < pending.size(); i++) {
      int id = pending.get(i).request().id();
      long ready = pending.get(i).ready();
      if (!older[id] && ready <= cycle && (chosen < 0 || ready < pending.get(chosen).ready())) {
        chosen = i;
      }
      older[id] = true;
    }
    return chosen;
  }

  @Override
  public Optional<DramReport> report() {
    return Optional.of(dram.report());
  }
}
