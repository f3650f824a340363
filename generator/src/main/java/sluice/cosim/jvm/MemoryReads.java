package sluice.cosim.jvm;

import sluice.cosim.SimulationException;

/** The AR and R channels of a memory. */
final class MemoryReads {
  private final BusMemory memory;
  private final AxiPort port;
  private final Answers answers;

  /** Whether a read sees the memory when it is answered, and not when it is accepted. */
  private final boolean late;

  private final Offer offer;
  private final AnswerChannel<Read> channel;
  private final long[] beat;

  private static final class Read extends Transaction {
    /** What was read when accepted, or null. */
    private long[] snapshot;

    Read(AxiRequest request) {
      super(request, request.beats());
    }
  }

  MemoryReads(BusMemory memory, AxiPort port, Answers answers, boolean late) {
    this.memory = memory;
    this.port = port;
    this.answers = answers;
    this.late = late;
    offer = new Offer(memory, "AR", port.beatBytes());
    channel = new AnswerChannel<>(answers, port.rValid(), Mood.Channel.R);
    beat = new long[port.beatWords()];
  }

  boolean idle() {
    return channel.pending() == 0 && !offer.stalled();
  }

  /** Whether an address is offered and not taken. */
  boolean stalled() {
    return offer.stalled();
  }

  boolean hasRoom() {
    return answers.hasRoom(channel.pending(), false);
  }

  /** Bursts that were asked for. */
  long requests() {
    return offer.count();
  }

  /** Beats that were given. */
  long beats() {
    return channel.count();
  }

  void reset() {
    channel.reset();
    offer.clear();
    port.arReady().set(false);
  }

  /** Shows a beat, unless one is still shown. */
  void drive(long cycle, Mood mood, SeededRandom random) {
    Read read = channel.next(cycle, mood, random);
    if (read == null) {
      return;
    }
    AxiRequest request = read.request();
    int index = read.answered();
    long address = request.beatAddress(index, port.beatBytes());
    int response = memory.response(address, port.beatBytes());
    boolean last = index == request.length();
    if (read.snapshot == null) {
      memory.read(address, port.beatBytes(), beat, 0);
      port.showRead(beat, 0, request.id(), response, last);
    } else {
      port.showRead(read.snapshot, index * beat.length, request.id(), response, last);
    }
  }

  /**
   * Takes an address that is offered.
   *
   * @return whether there was a handshake
   */
  boolean sampleRequest(long cycle) throws SimulationException {
    AxiRequest request = offer.sample(port.arValid(), port.arReady().get(), port::readRequest);
    if (request == null) {
      return false;
    }
    Read read = new Read(request);
    int bytes = request.beats() * port.beatBytes();
    answers.accept(cycle, read, request.beatAddress(0, port.beatBytes()), bytes, false);
    if (!late) {
      read.snapshot = new long[request.beats() * beat.length];
      for (int i = 0; i < request.beats(); i++) {
        long address = request.beatAddress(i, port.beatBytes());
        memory.read(address, port.beatBytes(), read.snapshot, i * beat.length);
      }
    }
    channel.add(read);
    return true;
  }

  /** Looks whether the beat that is shown is taken; says whether there was a handshake. */
  boolean sampleData() {
    return channel.sample(port.rReady());
  }
}
