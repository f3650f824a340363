package sluice.hdl.sim;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import sluice.hdl.Stream;

/**
 * Sends values into a stream. Between values it may stall at random; the payload is random while
 * {@code valid} is low.
 */
public final class StreamDriver implements Activity {
  private final Stream<?> stream;
  private final String name;
  private final Packing packing;
  private final Deque<BigInteger> waiting = new ArrayDeque<>();
  private final List<Long> transferCycles = new ArrayList<>();

  /** Of the payload while nothing is offered. */
  private final Random noise = new Random(1);

  private StallPattern stalls = StallPattern.none();
  private boolean offering;

  StreamDriver(Stream<?> stream, String name) {
    this.stream = stream;
    this.name = name;
    this.packing = Packing.of(stream.payload());
  }

  /** Lets the driver wait in some cycles before it offers its next value. */
  public StreamDriver stalls(double probability, long seed) {
    return stalls(StallPattern.random(probability, seed));
  }

  /** Lets the driver wait before it offers its next value. */
  public StreamDriver stalls(StallPattern pattern) {
    this.stalls = pattern;
    return this;
  }

  /** Sends a packed value after those before. */
  public StreamDriver send(BigInteger packed) {
    if (packed.signum() < 0 || packed.bitLength() > packing.width()) {
      throw new IllegalArgumentException(
          packed + " does not fit into " + packing.width() + " bits");
    }
    waiting.add(packed);
    return this;
  }

  /** Sends a value, given as one number for each signal of the payload. */
  public StreamDriver send(long... signals) {
    return send(packing.pack(signals));
  }

  /** Sends packed values. */
  public StreamDriver sendAll(List<BigInteger> packed) {
    packed.forEach(this::send);
    return this;
  }

  /** Whether all values are transferred. */
  public boolean isDone() {
    return waiting.isEmpty();
  }

  /** Values transferred so far. */
  public long sent() {
    return transferCycles.size();
  }

  /** The cycle in which each value was transferred. */
  public List<Long> transferCycles() {
    return Collections.unmodifiableList(transferCycles);
  }

  @Override
  public void drive(Simulator simulator) {
    if (simulator.inReset()) {
      offering = false;
    } else if (!offering && !waiting.isEmpty()) {
      offering = !stalls.next();
    }
    simulator.poke(stream.valid(), offering);
    simulator.pokePacked(
        stream.payload(), offering ? waiting.peek() : new BigInteger(packing.width(), noise));
  }

  @Override
  public void sample(Simulator simulator) {
    if (offering && simulator.isHigh(stream.ready())) {
      waiting.remove();
      offering = false;
      transferCycles.add(simulator.cycle());
    }
  }

  @Override
  public String progress() {
    return name + ": " + sent() + " sent, " + waiting.size() + " waiting";
  }
}
