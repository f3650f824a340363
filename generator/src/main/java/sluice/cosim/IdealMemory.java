package sluice.cosim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import sluice.golden.MemoryImage;
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.SignalWords;
import sluice.hdl.sim.Simulator;

/**
 * A memory at an AXI4 master port of a circuit in the JVM simulator. It takes whatever comes,
 * answers in order after a fixed number of cycles, and gives a beat a cycle. All bursts are of
 * full-width beats and have ID 0, as the accelerator's are.
 */
final class IdealMemory implements Activity {
  private final String prefix;
  private final MemoryImage image;
  private final int latency;
  private final Map<String, SignalWords> signals = new HashMap<>();
  private final Deque<Burst> reads = new ArrayDeque<>();
  private final Deque<Burst> writes = new ArrayDeque<>();
  private final Deque<Long> answers = new ArrayDeque<>();
  private final int beatBytes;
  private int beatsRead;
  private long writeAddress;
  private boolean writing;

  /** A burst that is under way: its first byte, its beats, and the cycle of its first answer. */
  private record Burst(long address, int beats, long due) {}

  /**
   * @param prefix of the names of the port's signals
   */
  IdealMemory(Simulator simulator, String prefix, MemoryImage image, int latency) {
    this.prefix = prefix;
    this.image = image;
    this.latency = latency;
    for (String name :
        new String[] {
          "arvalid", "arready", "araddr", "arlen", "rvalid", "rready", "rdata", "rlast",
          "awvalid", "awready", "awaddr", "awlen", "wvalid", "wready", "wdata", "wstrb",
          "wlast", "bvalid", "bready"
        }) {
      signals.put(name, simulator.words(prefix + "_" + name));
    }
    beatBytes = signal("rdata").width() / 8;
  }

  private SignalWords signal(String name) {
    return signals.get(name);
  }

  private boolean isHigh(String name) {
    return signal(name).get(0) != 0;
  }

  private void set(String name, boolean value) {
    signal(name).set(0, value ? 1 : 0);
  }

  @Override
  public void drive(Simulator simulator) {
    boolean running = !simulator.inReset();
    set("arready", running);
    set("awready", running);
    // Data is taken once its address is there.
    set("wready", running && writing);
    Burst read = reads.peek();
    boolean valid = running && read != null && read.due <= simulator.cycle();
    set("rvalid", valid);
    set("rlast", valid && beatsRead == read.beats - 1);
    SignalWords data = signal("rdata");
    byte[] bytes =
        valid
            ? image.read(read.address + (long) beatsRead * beatBytes, beatBytes)
            : new byte[beatBytes];
    for (int i = 0; i < data.count(); i++) {
      long word = 0;
      for (int j = Math.min(8, beatBytes - 8 * i) - 1; j >= 0; j--) {
        word = word << 8 | bytes[8 * i + j] & 0xFF;
      }
      data.set(i, word);
    }
    set("bvalid", running && !answers.isEmpty() && answers.peek() <= simulator.cycle());
  }

  @Override
  public void sample(Simulator simulator) {
    if (simulator.inReset()) {
      return;
    }
    long due = simulator.cycle() + latency;
    if (isHigh("rvalid") && isHigh("rready")) {
      beatsRead++;
      if (beatsRead == reads.element().beats) {
        reads.remove();
        beatsRead = 0;
      }
    }
    if (isHigh("arvalid")) {
      int beats = (int) signal("arlen").get(0) + 1;
      reads.add(new Burst(signal("araddr").get(0), beats, due));
    }
    if (isHigh("bvalid") && isHigh("bready")) {
      answers.remove();
    }
    if (isHigh("wvalid") && isHigh("wready")) {
      write();
      if (isHigh("wlast")) {
        answers.add(due);
        writes.remove();
        writing = false;
      }
    }
    if (isHigh("awvalid")) {
      writes.add(new Burst(signal("awaddr").get(0), (int) signal("awlen").get(0) + 1, due));
    }
    if (!writing && !writes.isEmpty()) {
      writing = true;
      writeAddress = writes.element().address;
    }
  }

  private void write() {
    byte[] bytes = image.read(writeAddress, beatBytes);
    SignalWords data = signal("wdata");
    long strobe = signal("wstrb").get(0);
    for (int i = 0; i < beatBytes; i++) {
      if ((strobe >>> i & 1) != 0) {
        bytes[i] = (byte) (data.get(i / 8) >>> (8 * (i % 8)));
      }
    }
    image.write(writeAddress, bytes);
    writeAddress += beatBytes;
  }

  @Override
  public String progress() {
    return "%s: %d reads and %d writes under way".formatted(prefix, reads.size(), writes.size());
  }
}
