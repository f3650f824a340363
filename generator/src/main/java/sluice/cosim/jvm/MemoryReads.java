package sluice.cosim.jvm;

import java.util.ArrayList;
import java.util.List;
import sluice.cosim.SimulationException;

/** The AR and R channels of a memory. */
final class MemoryReads {
  private final BusMemory memory;
  private final AxiPort port;
  private final Answers answers;

  /** Whether a read sees the memory when it is answered, and not when it is accepted. */
  private final boolean late;

  private final Offer offer;
  private final List<Read> reads = new ArrayList<>();
  private final long[] beat;

  /** The one shown on R. */
  private int shown;

  private boolean taken;

  /** The burst that is shown has begun and is not over. */
  private boolean inBurst;

  private static final class Read implements Answers.Pending {
    private final AxiRequest request;
    private final long ready;
    private final long[] snapshot;
    private int done;

    /**
     * @param snapshot what was read when accepted, or null
     */
    Read(AxiRequest request, long ready, long[] snapshot) {
      this.request = request;
      this.ready = ready;
      this.snapshot = snapshot;
    }

    @Override
    public int id() {
      return request.id();
    }

    @Override
    public long ready() {
      return ready;
    }
  }

  MemoryReads(BusMemory memory, AxiPort port, Answers answers, boolean late) {
    this.memory = memory;
    this.port = port;
    this.answers = answers;
    this.late = late;
    offer = new Offer(memory, "AR", port.beatBytes());
    beat = new long[port.beatWords()];
  }

  boolean idle() {
    return reads.isEmpty() && !offer.stalled();
  }

  /** Whether an address is offered and not taken. */
  boolean stalled() {
    return offer.stalled();
  }

  boolean hasRoom() {
    return reads.size() < Answers.OUTSTANDING;
  }

  void reset() {
    reads.clear();
    offer.clear();
    taken = false;
    inBurst = false;
    port.arReady().set(false);
    port.rValid().set(false);
  }

  /** Shows a beat, unless one is still shown. */
  void drive(long cycle, Mood mood, SeededRandom random) {
    if (taken) {
      taken = false;
      Read read = reads.get(shown);
      inBurst = ++read.done != read.request.beats();
      if (!inBurst) {
        reads.remove(shown);
      }
    } else if (port.rValid().get()) {
      return;
    }
    port.rValid().set(false);
    if (reads.isEmpty() || mood.stalls(Mood.Channel.R, random)) {
      return;
    }
    if (!inBurst || answers.random()) {
      int chosen = answers.choose(cycle, reads);
      if (chosen < 0) {
        return;
      }
      shown = chosen;
    }
    show(reads.get(shown));
  }

  private void show(Read read) {
    AxiRequest request = read.request;
    long address = request.beatAddress(read.done, port.beatBytes());
    int response = memory.response(address, port.beatBytes());
    boolean last = read.done == request.length();
    if (read.snapshot == null) {
      memory.read(address, port.beatBytes(), beat, 0);
      port.showRead(beat, 0, request.id(), response, last);
    } else {
      port.showRead(read.snapshot, read.done * beat.length, request.id(), response, last);
    }
  }

  /**
   * Takes an address that is offered.
   *
   * @return whether there was a handshake
   */
  boolean sampleRequest(long cycle) throws SimulationException {
    if (!port.arValid()) {
      offer.none();
      return false;
    }
    AxiRequest request = port.readRequest();
    boolean accepted = port.arReady().get();
    offer.see(request, accepted);
    if (!accepted) {
      return false;
    }
    long ready = cycle + answers.latency();
    long[] snapshot = null;
    if (!late) {
      snapshot = new long[request.beats() * beat.length];
      for (int i = 0; i < request.beats(); i++) {
        long address = request.beatAddress(i, port.beatBytes());
        memory.read(address, port.beatBytes(), snapshot, i * beat.length);
      }
    }
    reads.add(new Read(request, ready, snapshot));
    return true;
  }

  /** Looks whether the beat that is shown is taken; says whether there was a handshake. */
  boolean sampleData() {
    if (port.rValid().get() && port.rReady()) {
      taken = true;
    }
    return taken;
  }
}
