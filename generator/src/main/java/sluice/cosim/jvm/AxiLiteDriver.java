package sluice.cosim.jvm;

import sluice.cosim.SimulationException;

/**
 * Accesses registers, one at a time, and checks what the slave may do. In random mode address and
 * data of a write come in either order and apart, and answers wait.
 */
final class AxiLiteDriver {
  private static final int HALF = 128;
  private static final int LONGEST_DELAY = 8;
  private static final int ALL_BYTES = 0xF;

  private enum State {
    IDLE,
    WRITE,
    READ
  }

  /** A response that is held back, and the data with it. */
  private record Held(long response, long data) {}

  private final AxiLitePort port;
  private final boolean isRandom;
  private final SeededRandom random;
  private State state = State.IDLE;
  private boolean waitsForValid;
  private Held held;
  private int response;
  private long data;

  AxiLiteDriver(AxiLitePort port, boolean isRandom, SeededRandom random) {
    this.port = port;
    this.isRandom = isRandom;
    this.random = random;
  }

  private int delay() {
    return isRandom && random.chance(HALF) ? random.below(LONGEST_DELAY) : 0;
  }

  void startWrite(int address, long value) {
    state = State.WRITE;
    port.writeAddress.set(0, address);
    port.writeData.set(0, value);
    port.writeStrobe.set(0, ALL_BYTES);
    port.aw.start(delay());
    port.w.start(delay());
    waitsForValid = random.chance(HALF);
  }

  void startRead(int address) {
    state = State.READ;
    port.readAddress.set(0, address);
    port.ar.start(delay());
    waitsForValid = random.chance(HALF);
  }

  /** An access has been started and has not ended. */
  boolean busy() {
    return state != State.IDLE;
  }

  /** BRESP or RRESP of the last access. */
  int response() {
    return response;
  }

  /** What the last read gave. */
  long data() {
    return data;
  }

  void driveReset() {
    state = State.IDLE;
    port.aw.reset();
    port.w.reset();
    port.ar.reset();
    held = null;
    port.b.ready().set(false);
    port.r.ready().set(false);
  }

  void sampleReset() throws SimulationException {
    Check.that(!port.b.valid(), "registers: BVALID is high in reset");
    Check.that(!port.r.valid(), "registers: RVALID is high in reset");
  }

  void drive() {
    port.aw.drive();
    port.w.drive();
    port.ar.drive();
    port.b.ready().set(state == State.WRITE && readyForAnswer());
    port.r.ready().set(state == State.READ && readyForAnswer());
  }

  /** Whether to be ready: sometimes before the answer is valid, sometimes only behind it. */
  private boolean readyForAnswer() {
    return !isRandom || random.chance(HALF) && (held != null || !waitsForValid);
  }

  void sample() throws SimulationException {
    // Answers first: one that comes with the last request beat comes too early.
    if (state == State.WRITE) {
      answer("B", port.b, !port.aw.pending() && !port.w.pending());
    } else {
      Check.that(!port.b.valid(), "registers: BVALID without a write");
    }
    if (state == State.READ) {
      answer("R", port.r, !port.ar.pending());
    } else {
      Check.that(!port.r.valid(), "registers: RVALID without a read");
    }
    port.aw.sample();
    port.w.sample();
    port.ar.sample();
  }

  private void answer(String name, AxiLitePort.Answer channel, boolean allowed)
      throws SimulationException {
    if (!channel.valid()) {
      Check.that(held == null, "registers: %sVALID fell before %sREADY", name, name);
      return;
    }
    Check.that(allowed, "registers: %sVALID before the request was taken", name);
    Held shown = new Held(channel.payload(0), state == State.READ ? channel.payload(1) : data);
    if (held != null) {
      Check.that(shown.data == held.data, "registers: %sDATA changed before %sREADY", name, name);
      Check.that(
          shown.response == held.response, "registers: %sRESP changed before %sREADY", name, name);
    }
    held = shown;
    if (channel.ready().get()) {
      held = null;
      response = (int) shown.response;
      data = shown.data;
      state = State.IDLE;
    }
  }
}
