package sluice.cosim.jvm;

import java.util.ArrayList;
import java.util.List;

/**
 * The R or B channel of a memory: the transactions that wait for their answers, and the one that is
 * shown, until it is taken.
 */
final class AnswerChannel<T extends Transaction> {
  private final Answers answers;
  private final AxiPort.Input valid;
  private final Mood.Channel channel;
  private final List<T> pending = new ArrayList<>();

  /** The one shown. */
  private int shown;

  private boolean taken;

  /** The one shown has begun and is not over. */
  private boolean inBurst;

  private long count;

  AnswerChannel(Answers answers, AxiPort.Input valid, Mood.Channel channel) {
    this.answers = answers;
    this.valid = valid;
    this.channel = channel;
  }

  void add(T transaction) {
    pending.add(transaction);
  }

  /** Transactions not answered. */
  int pending() {
    return pending.size();
  }

  /** Transfers that were taken. */
  long count() {
    return count;
  }

  void reset() {
    pending.clear();
    taken = false;
    inBurst = false;
    valid.set(false);
  }

  /** The transaction of which the next answer is to be shown, or null. */
  T next(long cycle, Mood mood, SeededRandom random) {
    if (taken) {
      taken = false;
      inBurst = !pending.get(shown).answer();
      if (!inBurst) {
        pending.remove(shown);
      }
    } else if (valid.get()) {
      return null;
    }
    valid.set(false);
    if (pending.isEmpty() || mood.stalls(channel, random)) {
      return null;
    }
    if (!inBurst || answers.interleaves()) {
      int chosen = answers.choose(cycle, pending);
      if (chosen < 0) {
        return null;
      }
      shown = chosen;
    }
    return pending.get(shown);
  }

  /** Looks whether what is shown is taken; says whether there was a handshake. */
  boolean sample(boolean ready) {
    if (valid.get() && ready) {
      taken = true;
      count++;
    }
    return taken;
  }
}
