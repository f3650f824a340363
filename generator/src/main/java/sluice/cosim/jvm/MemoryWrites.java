package sluice.cosim.jvm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import sluice.cosim.SimulationException;

/** The AW, W and B channels of a memory. */
final class MemoryWrites {

  /** Write beats taken before their address. */
  private static final int EARLY_BEATS = 512;

  private final BusMemory memory;
  private final AxiPort port;
  private final Answers answers;

  /** Whether a write takes effect with its response, and not beat by beat. */
  private final boolean late;

  private final Offer offer;
  private final Deque<Write> writes = new ArrayDeque<>();
  private final Deque<WriteBeat> early = new ArrayDeque<>();
  private final AnswerChannel<Write> responses;

  /** A beat that is offered and not taken, or null. */
  private WriteBeat held;

  private long beats;

  private static final class Write extends Transaction {
    private final List<WriteBeat> held = new ArrayList<>();
    private int done;
    private int response = BusMemory.OKAY;

    Write(AxiRequest request) {
      super(request, 1);
    }
  }

  MemoryWrites(BusMemory memory, AxiPort port, Answers answers, boolean late) {
    this.memory = memory;
    this.port = port;
    this.answers = answers;
    this.late = late;
    offer = new Offer(memory, "AW", port.beatBytes());
    responses = new AnswerChannel<>(answers, port.bValid(), Mood.Channel.B);
  }

  boolean idle() {
    return writes.isEmpty()
        && responses.pending() == 0
        && early.isEmpty()
        && !offer.stalled()
        && held == null;
  }

  /** Whether an address is offered and not taken. */
  boolean addressStalled() {
    return offer.stalled();
  }

  /** Whether data is offered and not taken. */
  boolean dataStalled() {
    return held != null;
  }

  /** Whether data has been seen whose address has not come. */
  boolean dataSeen() {
    return held != null || !early.isEmpty();
  }

  /** Whether an address has been taken whose data is not complete. */
  boolean addressSeen() {
    return !writes.isEmpty();
  }

  boolean hasAddressRoom() {
    return answers.hasRoom(writes.size() + responses.pending(), true);
  }

  /** Bursts that were begun. */
  long requests() {
    return offer.count();
  }

  /** Beats that were taken. */
  long beats() {
    return beats;
  }

  boolean hasDataRoom() {
    return early.size() < EARLY_BEATS;
  }

  void reset() {
    writes.clear();
    responses.reset();
    early.clear();
    offer.clear();
    held = null;
    port.awReady().set(false);
    port.wReady().set(false);
  }

  /** Shows a response, unless one is still shown. */
  void drive(long cycle, Mood mood, SeededRandom random) {
    Write write = responses.next(cycle, mood, random);
    if (write == null) {
      return;
    }
    for (int beat = 0; beat < write.held.size(); beat++) {
      apply(write.request(), beat, write.held.get(beat));
    }
    port.showResponse(write.request().id(), write.response);
  }

  /**
   * Takes an address that is offered.
   *
   * @return whether there was a handshake
   */
  boolean sampleRequest(long cycle) throws SimulationException {
    AxiRequest request = offer.sample(port.awValid(), port.awReady().get(), port::writeRequest);
    if (request == null) {
      return false;
    }
    writes.add(new Write(request));
    while (!early.isEmpty() && !writes.isEmpty()) {
      take(cycle, early.remove());
    }
    return true;
  }

  /**
   * Takes data that is offered.
   *
   * @return whether there was a handshake
   */
  boolean sampleData(long cycle) throws SimulationException {
    if (!port.wValid()) {
      Check.that(held == null, "%s: WVALID fell before WREADY", memory.name());
      return false;
    }
    WriteBeat beat = port.writeBeat();
    Check.that(held == null || beat.same(held), "%s: W changed before WREADY", memory.name());
    if (!port.wReady().get()) {
      held = beat;
      return false;
    }
    held = null;
    beats++;
    if (writes.isEmpty()) {
      early.add(beat);
    } else {
      take(cycle, beat);
    }
    return true;
  }

  /** Looks whether the response that is shown is taken; says whether there was a handshake. */
  boolean sampleResponse() {
    return responses.sample(port.bReady());
  }

  /** The next beat of the oldest write whose data is not complete: AXI4 has no write data IDs. */
  private void take(long cycle, WriteBeat beat) throws SimulationException {
    Write write = writes.element();
    AxiRequest request = write.request();
    boolean last = write.done == request.length();
    Check.that(
        last == beat.last(),
        "%s: WLAST is %d at beat %d of a burst of %d at 0x%x",
        memory.name(),
        beat.last() ? 1 : 0,
        write.done + 1,
        request.beats(),
        request.address());
    int skipped = (int) (request.address() & port.beatBytes() - 1);
    Check.that(
        write.done != 0 || (beat.strobe() & (1L << skipped) - 1) == 0,
        "%s: WSTRB is set below the first byte of a burst at 0x%x",
        memory.name(),
        request.address());
    int response =
        memory.response(request.beatAddress(write.done, port.beatBytes()), port.beatBytes());
    if (response != BusMemory.OKAY) {
      write.response = response;
    }
    if (late) {
      write.held.add(beat);
    } else {
      apply(request, write.done, beat);
    }
    write.done++;
    if (last) {
      int bytes = request.beats() * port.beatBytes();
      answers.accept(cycle, write, request.beatAddress(0, port.beatBytes()), bytes, true);
      responses.add(write);
      writes.remove();
    }
  }

  private void apply(AxiRequest request, int index, WriteBeat beat) {
    memory.write(
        request.beatAddress(index, port.beatBytes()), port.beatBytes(), beat.data(), beat.strobe());
  }
}
