package sluice.hdl.lib.axi;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import sluice.golden.MemoryImage;
import sluice.hdl.Stream;
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.Packing;
import sluice.hdl.sim.Simulator;

/** The writing half of an {@link AxiMemory}. */
public final class AxiWritePort implements Activity {

  /** What AXI lets a slave do: take address and data in any order, or wait for either. */
  private enum Order {
    ANY,
    DATA_FIRST,
    ADDRESS_FIRST
  }

  private record Beat(byte[] data, long strobe, boolean last) {}

  private final Stream<AxiAddress> aw;
  private final Stream<WriteData> w;
  private final Stream<WriteResponse> b;
  private final MemoryImage image;
  private final AxiTiming timing;
  private final Random random;
  private final Order order;
  private final Packing packing;
  private final int beatBytes;
  private final Deque<Burst> addresses = new ArrayDeque<>();
  private final Deque<Burst> answers = new ArrayDeque<>();
  private final Deque<Long> responses = new ArrayDeque<>();
  private final List<Beat> data = new ArrayList<>();
  private long completeBursts;
  private boolean dataOffered;
  private boolean offering;
  private long bursts;
  private long beats;

  private AxiWritePort(
      Stream<AxiAddress> aw,
      Stream<WriteData> w,
      Stream<WriteResponse> b,
      MemoryImage image,
      AxiTiming timing) {
    this.aw = aw;
    this.w = w;
    this.b = b;
    this.image = image;
    this.timing = timing;
    this.random = new Random(timing.seed());
    this.order =
        timing.stall() == 0 ? Order.ANY : Order.values()[random.nextInt(Order.values().length)];
    this.packing = Packing.of(b.payload());
    this.beatBytes = w.payload().data().width() / 8;
  }

  /** Puts a memory at the write channels of the simulated circuit. */
  public static AxiWritePort attach(
      Simulator simulator,
      Stream<AxiAddress> aw,
      Stream<WriteData> w,
      Stream<WriteResponse> b,
      MemoryImage image,
      AxiTiming timing) {
    simulator.monitor(aw);
    simulator.monitor(w);
    return simulator.attach(new AxiWritePort(aw, w, b, image, timing));
  }

  /** Bursts answered so far. */
  public long bursts() {
    return bursts;
  }

  /** Beats taken so far. */
  public long beats() {
    return beats;
  }

  @Override
  public void drive(Simulator simulator) {
    if (simulator.inReset()) {
      addresses.clear();
      answers.clear();
      responses.clear();
      data.clear();
      completeBursts = 0;
      dataOffered = false;
      offering = false;
    }
    boolean due = !answers.isEmpty() && answers.peek().due() <= simulator.cycle();
    offering = offering || due && chance();
    simulator.poke(b.valid(), offering);
    if (offering) {
      simulator.pokePacked(b.payload(), packing.pack(answers.peek().id(), responses.peek()));
    } else {
      simulator.pokePacked(b.payload(), new BigInteger(packing.width(), random));
    }
    boolean takesAddress = order != Order.DATA_FIRST || dataOffered || !data.isEmpty();
    boolean takesData = order != Order.ADDRESS_FIRST || addresses.size() > completeBursts;
    simulator.poke(aw.ready(), takesAddress && chance());
    simulator.poke(w.ready(), takesData && chance());
  }

  private boolean chance() {
    return random.nextDouble() >= timing.stall();
  }

  @Override
  public void sample(Simulator simulator) {
    if (simulator.inReset()) {
      return;
    }
    if (offering && simulator.isHigh(b.ready())) {
      offering = false;
      answers.remove();
      responses.remove();
      bursts++;
    }
    if (simulator.isHigh(aw.valid()) && simulator.isHigh(aw.ready())) {
      long due = simulator.cycle() + 1 + random.nextInt(timing.latency() + 1);
      addresses.add(Burst.of(simulator, aw.payload(), beatBytes, due));
    }
    dataOffered = simulator.isHigh(w.valid());
    if (dataOffered && simulator.isHigh(w.ready())) {
      WriteData beat = w.payload();
      byte[] bytes = Bytes.fromNumber(simulator.peekBig(beat.data()), beatBytes);
      boolean last = simulator.isHigh(beat.last());
      data.add(new Beat(bytes, simulator.peek(beat.strb()), last));
      beats++;
      completeBursts += last ? 1 : 0;
    }
    while (completeBursts > 0 && !addresses.isEmpty()) {
      finish(addresses.remove());
    }
  }

  private void finish(Burst burst) {
    long response = Response.OKAY;
    boolean last = false;
    for (int i = 0; i < burst.beats(); i++) {
      burst.require(!last, "has its last beat too early");
      Beat beat = data.remove(0);
      last = beat.last();
      try {
        write(burst.address() + (long) i * beatBytes, beat);
      } catch (MemoryImage.BusException failed) {
        response = Response.SLVERR;
      }
    }
    burst.require(last, "has its last beat too late");
    completeBursts--;
    answers.add(burst);
    responses.add(response);
  }

  private void write(long address, Beat beat) {
    byte[] bytes = image.read(address, beatBytes);
    for (int i = 0; i < beatBytes; i++) {
      if ((beat.strobe() >>> i & 1) != 0) {
        bytes[i] = beat.data()[i];
      }
    }
    image.write(address, bytes);
  }

  @Override
  public String progress() {
    return "writes: %d bursts, %d beats, %d addresses and %d beats in work, %d answers due"
        .formatted(bursts, beats, addresses.size(), data.size(), answers.size());
  }
}
