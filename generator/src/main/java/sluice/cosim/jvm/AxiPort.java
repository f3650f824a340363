package sluice.cosim.jvm;

import sluice.hdl.sim.SignalWords;
import sluice.hdl.sim.Simulator;

/**
 * The signals of an AXI4 master port of a circuit. What a memory drives, stays until it changes.
 */
final class AxiPort {
  private static final String[] REQUEST = {
    "addr", "id", "len", "size", "burst", "lock", "cache", "prot", "qos"
  };

  private final Input arReady;
  private final Input awReady;
  private final Input wReady;
  private final Input rValid;
  private final Input bValid;
  private final SignalWords valids;
  private final SignalWords readRequest;
  private final SignalWords writeRequest;
  private final SignalWords readAnswer;
  private final SignalWords readData;
  private final SignalWords writeAnswer;
  private final SignalWords writeData;
  private final SignalWords writeLast;
  private final SignalWords writeStrobe;
  private final long[] sampled;
  private final int beatBytes;

  /** A bit that a memory drives; most of the time it is as it was. */
  static final class Input {
    private final SignalWords signal;
    private boolean value;

    Input(SignalWords signal) {
      this.signal = signal;
      signal.set(0, 0);
    }

    boolean get() {
      return value;
    }

    void set(boolean to) {
      if (value != to) {
        value = to;
        signal.set(0, to ? 1 : 0);
      }
    }
  }

  /**
   * @param prefix of the names of the port's signals
   */
  AxiPort(Simulator simulator, String prefix) {
    String at = prefix + "_";
    arReady = new Input(simulator.words(at + "arready"));
    awReady = new Input(simulator.words(at + "awready"));
    wReady = new Input(simulator.words(at + "wready"));
    rValid = new Input(simulator.words(at + "rvalid"));
    bValid = new Input(simulator.words(at + "bvalid"));
    valids =
        simulator.words(
            at + "arvalid", at + "awvalid", at + "wvalid", at + "rready", at + "bready");
    sampled = new long[valids.count()];
    readRequest = simulator.words(request(at + "ar"));
    writeRequest = simulator.words(request(at + "aw"));
    readAnswer = simulator.words(at + "rid", at + "rresp", at + "rlast");
    readData = simulator.words(at + "rdata");
    writeAnswer = simulator.words(at + "bid", at + "bresp");
    writeData = simulator.words(at + "wdata");
    writeLast = simulator.words(at + "wlast");
    writeStrobe = simulator.words(at + "wstrb");
    beatBytes = readData.width() / Byte.SIZE;
  }

  private static String[] request(String channel) {
    String[] names = new String[REQUEST.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = channel + REQUEST[i];
    }
    return names;
  }

  /** Bytes of a beat. */
  int beatBytes() {
    return beatBytes;
  }

  /** Words of a beat. */
  int beatWords() {
    return readData.count();
  }

  Input arReady() {
    return arReady;
  }

  Input awReady() {
    return awReady;
  }

  Input wReady() {
    return wReady;
  }

  Input rValid() {
    return rValid;
  }

  Input bValid() {
    return bValid;
  }

  /** Looks at the bits that the circuit drives, for those below. */
  void sample() {
    valids.read(sampled, 0);
  }

  boolean arValid() {
    return sampled[0] != 0;
  }

  boolean awValid() {
    return sampled[1] != 0;
  }

  boolean wValid() {
    return sampled[2] != 0;
  }

  boolean rReady() {
    return sampled[3] != 0;
  }

  boolean bReady() {
    return sampled[4] != 0;
  }

  AxiRequest readRequest() {
    return request(readRequest);
  }

  AxiRequest writeRequest() {
    return request(writeRequest);
  }

  private static AxiRequest request(SignalWords from) {
    int[] values = new int[REQUEST.length];
    for (int i = 1; i < values.length; i++) {
      values[i] = (int) from.get(i);
    }
    return new AxiRequest(
        from.get(0),
        values[1],
        values[2],
        values[3],
        values[4],
        values[5],
        values[6],
        values[7],
        values[8]);
  }

  WriteBeat writeBeat() {
    long[] data = new long[writeData.count()];
    writeData.read(data, 0);
    return new WriteBeat(data, writeStrobe.get(0), writeLast.get(0) != 0);
  }

  /**
   * Shows a beat of read data.
   *
   * @param data words, the beat's first one at an index
   */
  void showRead(long[] data, int from, int id, int response, boolean last) {
    readData.write(data, from);
    readAnswer.write(new long[] {id, response, last ? 1 : 0}, 0);
    rValid.set(true);
  }

  /** Shows a write response. */
  void showResponse(int id, int response) {
    writeAnswer.write(new long[] {id, response}, 0);
    bValid.set(true);
  }
}
