package sluice.cosim.jvm;

import sluice.cosim.SimulationException;

/** An address channel: what is offered must stay as it is until it is taken. */
final class Offer {
  private final BusMemory memory;
  private final String channel;
  private final int beatBytes;
  private AxiRequest held;

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

  /** Nothing is offered. */
  void none() throws SimulationException {
    Check.that(held == null, "%s: %sVALID fell before %sREADY", memory.name(), channel, channel);
  }

  /** Something is offered, and taken or not. */
  void see(AxiRequest request, boolean taken) throws SimulationException {
    if (held == null) {
      request.check(memory, channel, beatBytes);
    } else {
      Check.that(
          request.equals(held), "%s: %s changed before %sREADY", memory.name(), channel, channel);
    }
    held = taken ? null : request;
  }
}
