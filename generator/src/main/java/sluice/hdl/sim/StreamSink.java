package sluice.hdl.sim;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import sluice.hdl.Stream;

/** Takes values from a stream, and may stall it at random. */
public final class StreamSink implements Activity {
  private final Stream<?> stream;
  private final String name;
  private final Packing packing;
  private final List<BigInteger> received = new ArrayList<>();
  private Random random = new Random(2);
  private double stallProbability;

  StreamSink(Stream<?> stream, String name) {
    this.stream = stream;
    this.name = name;
    this.packing = Packing.of(stream.payload());
  }

  /** Lets the sink refuse in some cycles; with probability 1 it takes nothing. */
  public StreamSink stalls(double probability, long seed) {
    this.stallProbability = probability;
    this.random = new Random(seed);
    return this;
  }

  /** The values so far, packed. */
  public List<BigInteger> received() {
    return Collections.unmodifiableList(received);
  }

  /** The values so far, each as one number for each signal of the payload. */
  public List<List<BigInteger>> receivedFields() {
    return received.stream().map(packing::unpack).toList();
  }

  /** Number of values so far. */
  public int count() {
    return received.size();
  }

  @Override
  public void drive(Simulator simulator) {
    simulator.poke(stream.ready(), random.nextDouble() >= stallProbability);
  }

  @Override
  public void sample(Simulator simulator) {
    if (!simulator.inReset()
        && simulator.isHigh(stream.valid())
        && simulator.isHigh(stream.ready())) {
      received.add(simulator.peekPacked(stream.payload()));
    }
  }

  @Override
  public String progress() {
    return name + ": " + received.size() + " received";
  }
}
