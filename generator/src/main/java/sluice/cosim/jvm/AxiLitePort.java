package sluice.cosim.jvm;

import sluice.hdl.sim.SignalWords;
import sluice.hdl.sim.Simulator;

/** The signals of an AXI4-Lite slave port of a circuit. */
final class AxiLitePort {
  final Request aw;
  final Request w;
  final Request ar;
  final SignalWords writeAddress;
  final SignalWords writeData;
  final SignalWords writeStrobe;
  final SignalWords readAddress;
  final Answer b;
  final Answer r;

  /** A channel that the driver offers on. */
  static final class Request {
    private final SignalWords valid;
    private final SignalWords ready;
    private int delay;
    private boolean pending;
    private boolean shown;

    private Request(Simulator simulator, String channel) {
      valid = simulator.words(channel + "valid");
      ready = simulator.words(channel + "ready");
      valid.set(0, 0);
    }

    /** Offers after some cycles. */
    void start(int after) {
      delay = after;
      pending = true;
    }

    void reset() {
      pending = false;
      delay = 0;
      show(false);
    }

    void drive() {
      show(pending && delay == 0);
      if (pending && delay > 0) {
        delay--;
      }
    }

    private void show(boolean value) {
      if (shown != value) {
        shown = value;
        valid.set(0, value ? 1 : 0);
      }
    }

    boolean pending() {
      return pending;
    }

    void sample() {
      if (shown && ready.get(0) != 0) {
        pending = false;
      }
    }
  }

  /** A channel that the slave answers on. */
  static final class Answer {
    private final SignalWords valid;
    private final SignalWords payload;
    private final AxiPort.Input ready;

    private Answer(Simulator simulator, String channel, String... payload) {
      valid = simulator.words(channel + "valid");
      this.payload = simulator.words(payload);
      ready = new AxiPort.Input(simulator.words(channel + "ready"));
    }

    boolean valid() {
      return valid.get(0) != 0;
    }

    AxiPort.Input ready() {
      return ready;
    }

    /** The response, then data. */
    long payload(int word) {
      return payload.get(word);
    }
  }

  /**
   * @param prefix of the names of the port's signals
   */
  AxiLitePort(Simulator simulator, String prefix) {
    aw = new Request(simulator, prefix + "_aw");
    w = new Request(simulator, prefix + "_w");
    ar = new Request(simulator, prefix + "_ar");
    writeAddress = simulator.words(prefix + "_awaddr");
    writeData = simulator.words(prefix + "_wdata");
    writeStrobe = simulator.words(prefix + "_wstrb");
    readAddress = simulator.words(prefix + "_araddr");
    b = new Answer(simulator, prefix + "_b", prefix + "_bresp");
    r = new Answer(simulator, prefix + "_r", prefix + "_rresp", prefix + "_rdata");
    simulator.words(prefix + "_awprot", prefix + "_arprot").write(new long[2], 0);
  }
}
