package sluice.hdl.lib.axi;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import sluice.golden.MemoryImage;
import sluice.hdl.Stream;
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.Packing;
import sluice.hdl.sim.Simulator;

/**
 * The reading half of an {@link AxiMemory}. Bursts with different IDs are answered in any order, as
 * far as they are due; with odd seeds their beats alternate.
 */
public final class AxiReadPort implements Activity {
  private final Stream<AxiAddress> ar;
  private final Stream<ReadData> r;
  private final MemoryImage image;
  private final AxiTiming timing;
  private final Random random;
  private final Packing packing;
  private final int beatBytes;
  private final List<Answer> answers = new ArrayList<>();
  private BigInteger offered;

  /** The one whose beat is offered, or was last. */
  private Answer current;

  private long bursting;
  private long beats;
  private int mostOutstanding;

  /** A burst, and how many of its beats were given. */
  private static final class Answer {
    final Burst burst;
    int beats;

    Answer(Burst burst) {
      this.burst = burst;
    }

    boolean isOver() {
      return beats == burst.beats();
    }
  }

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
      answers.clear();
      current = null;
      offered = null;
    }
    if (offered == null && chance()) {
      boolean stays = current != null && !current.isOver() && timing.seed() % 2 == 0;
      current = stays ? current : choose(simulator.cycle());
      offered = current == null ? null : beat(current);
    }
    simulator.poke(r.valid(), offered != null);
    simulator.pokePacked(
        r.payload(), offered == null ? new BigInteger(packing.width(), random) : offered);
    simulator.poke(ar.ready(), chance());
  }

  /** One of those that are due and the oldest of their ID, or null. */
  private Answer choose(long cycle) {
    Set<Long> ids = new HashSet<>();
    List<Answer> candidates = new ArrayList<>();
    for (Answer answer : answers) {
      if (ids.add(answer.burst.id()) && answer.burst.due() <= cycle) {
        candidates.add(answer);
      }
    }
    return candidates.isEmpty() ? null : candidates.get(random.nextInt(candidates.size()));
  }

  private boolean chance() {
    return random.nextDouble() >= timing.stall();
  }

  private BigInteger beat(Answer answer) {
    Burst burst = answer.burst;
    BigInteger data = new BigInteger(8 * beatBytes, random);
    long response = Response.SLVERR;
    try {
      byte[] bytes = image.read(burst.address() + (long) answer.beats * beatBytes, beatBytes);
      data = Bytes.toNumber(bytes);
      response = Response.OKAY;
    } catch (MemoryImage.BusException failed) {
      // What comes with an error is no data.
    }
    long last = answer.beats == burst.beats() - 1 ? 1 : 0;
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
      current.beats++;
      if (current.isOver()) {
        answers.remove(current);
      }
    }
    if (simulator.isHigh(ar.valid()) && simulator.isHigh(ar.ready())) {
      long due = simulator.cycle() + 1 + random.nextInt(timing.latency() + 1);
      answers.add(new Answer(Burst.of(simulator, ar.payload(), beatBytes, due)));
      bursting++;
      mostOutstanding = Math.max(mostOutstanding, answers.size());
    }
  }

  @Override
  public String progress() {
    return "reads: %d bursts, %d beats, %d outstanding".formatted(bursting, beats, answers.size());
  }
}
