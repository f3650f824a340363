package sluice.hdl.lib.axi;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import sluice.golden.MemoryImage;
import sluice.hdl.Stream;
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.Packing;
import sluice.hdl.sim.Simulator;

/** The reading half of an {@link AxiMemory}. */
public final class AxiReadPort implements Activity {
  private final Stream<AxiAddress> ar;
  private final Stream<ReadData> r;
  private final MemoryImage image;
  private final AxiTiming timing;
  private final Random random;
  private final Packing packing;
  private final int beatBytes;
  private final Deque<Burst> bursts = new ArrayDeque<>();
  private BigInteger offered;
  private int beatsOfBurst;
  private long bursting;
  private long beats;
  private int mostOutstanding;

  private AxiReadPort(
      Stream<AxiAddress> ar, Stream<ReadData> r, MemoryImage image, AxiTiming timing) {
    this.ar = ar;
    this.r = r;
    this.image = image;
    this.timing = timing;
    this.random = new Random(timing.seed());
    this.packing = Packing.of(r.payload());
    this.beatBytes = r.payload().data().width() / 8;
  }

  /** Puts a memory at the read channels of the simulated circuit. */
  public static AxiReadPort attach(
      Simulator simulator,
      Stream<AxiAddress> ar,
      Stream<ReadData> r,
      MemoryImage image,
      AxiTiming timing) {
    simulator.monitor(ar);
    return simulator.attach(new AxiReadPort(ar, r, image, timing));
  }

  /** Bursts taken so far. */
  public long bursts() {
    return bursting;
  }

  /** Beats answered so far. */
  public long beats() {
    return beats;
  }

  /** Most bursts outstanding at once so far. */
  public int mostOutstanding() {
    return mostOutstanding;
  }

  @Override
  public void drive(Simulator simulator) {
    if (simulator.inReset()) {
      bursts.clear();
      beatsOfBurst = 0;
      offered = null;
    }
    Burst burst = bursts.peek();
    if (offered == null && burst != null && burst.due() <= simulator.cycle() && chance()) {
      offered = beat(burst);
    }
    simulator.poke(r.valid(), offered != null);
    simulator.pokePacked(
        r.payload(), offered == null ? new BigInteger(packing.width(), random) : offered);
    simulator.poke(ar.ready(), chance());
  }

  private boolean chance() {
    return random.nextDouble() >= timing.stall();
  }

  private BigInteger beat(Burst burst) {
    BigInteger data = new BigInteger(8 * beatBytes, random);
    long response = Response.SLVERR;
    try {
      byte[] bytes = image.read(burst.address() + (long) beatsOfBurst * beatBytes, beatBytes);
      data = Bytes.toNumber(bytes);
      response = Response.OKAY;
    } catch (MemoryImage.BusException failed) {
      // What comes with an error is no data.
    }
    long last = beatsOfBurst == burst.beats() - 1 ? 1 : 0;
    return packing.pack(
        BigInteger.valueOf(burst.id()),
        data,
        BigInteger.valueOf(response),
        BigInteger.valueOf(last));
  }

  @Override
  public void sample(Simulator simulator) {
    if (simulator.inReset()) {
      return;
    }
    if (offered != null && simulator.isHigh(r.ready())) {
      offered = null;
      beats++;
      beatsOfBurst++;
      if (beatsOfBurst == bursts.element().beats()) {
        beatsOfBurst = 0;
        bursts.remove();
      }
    }
    if (simulator.isHigh(ar.valid()) && simulator.isHigh(ar.ready())) {
      long due = simulator.cycle() + 1 + random.nextInt(timing.latency() + 1);
      bursts.add(Burst.of(simulator, ar.payload(), beatBytes, due));
      bursting++;
      mostOutstanding = Math.max(mostOutstanding, bursts.size());
    }
  }

  @Override
  public String progress() {
    return "reads: %d bursts, %d beats, %d outstanding".formatted(bursting, beats, bursts.size());
  }
}
