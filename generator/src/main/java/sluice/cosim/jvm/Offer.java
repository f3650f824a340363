package sluice.cosim.jvm;

import java.util.function.Supplier;
import sluice.cosim.SimulationException;

/** An address channel: what is offered must stay as it is until it is taken. */
final class Offer {
  private final BusMemory memory;
  private final String channel;
  private final int beatBytes;
  private AxiRequest held;
  private long count;

  /**
   * @param channel AR or AW
   */
  Offer(BusMemory memory, String channel, int beatBytes) {
    this.memory = memory;
    this.channel = channel;
    this.beatBytes = beatBytes;
  }

  /** Whether something is offered and not taken. */
  boolean stalled() {
    return held != null;
  }

  void clear() {
    held = null;
  }

  /**
   * Looks at the channel.
   *
   * @param request what is offered, asked for only if valid
   * @return what is taken, or null
   */
  AxiRequest sample(boolean valid, boolean ready, Supplier<AxiRequest> request)
      throws SimulationException {
    if (!valid) {
      Check.that(held == null, "%s: %sVALID fell before %sREADY", memory.name(), channel, channel);
      return null;
    }
    AxiRequest offered = request.get();
    if (held == null) {
      offered.check(memory, channel, beatBytes);
    } else {
      Check.that(
          offered.equals(held), "%s: %s changed before %sREADY", memory.name(), channel, channel);
    }
    held = ready ? null : offered;
    count += ready ? 1 : 0;
    return ready ? offered : null;
  }

  /** Requests that were taken. */
  long count() {
    return count;
  }
}
