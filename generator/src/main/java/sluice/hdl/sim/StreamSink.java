package sluice.hdl.sim;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import sluice.hdl.Stream;

/**
 * Takes values from a stream, and may stall it. Told what to expect, it fails in the cycle in which
 * something else comes; the message has both and the last cycles of the stream.
 */
public final class StreamSink implements Activity {
  private final Stream<?> stream;
  private final String name;
  private final Packing packing;
  private final StreamMonitor monitor;
  private final List<BigInteger> received = new ArrayList<>();
  private final List<Long> transferCycles = new ArrayList<>();
  private final List<BigInteger> expected = new ArrayList<>();
  private StallPattern stalls = StallPattern.none();

  StreamSink(Stream<?> stream, String name, StreamMonitor monitor) {
    this.stream = stream;
    this.name = name;
    this.monitor = monitor;
    this.packing = Packing.of(stream.payload());
  }

  /** Lets the sink refuse in some cycles; with probability 1 it takes nothing. */
  public StreamSink stalls(double probability, long seed) {
    return stalls(StallPattern.random(probability, seed));
  }

  /** Lets the sink refuse in some cycles. */
  public StreamSink stalls(StallPattern pattern) {
    this.stalls = pattern;
    return this;
  }

  /** Expects a packed value after those expected before. */
  public StreamSink expect(BigInteger packed) {
    expected.add(packed);
    return this;
  }

  /** Expects a value, given as one number for each signal of the payload. */
  public StreamSink expect(long... signals) {
    return expect(packing.pack(signals));
  }

  /** Expects packed values. */
  public StreamSink expectAll(List<BigInteger> packed) {
    packed.forEach(this::expect);
    return this;
  }

  /** Whether as many values have come as were expected so far. */
  public boolean isDone() {
    return received.size() >= expected.size();
  }

  /** The values so far, packed. */
  public List<BigInteger> received() {
    return Collections.unmodifiableList(received);
  }

  /** The values so far, each as one number for each signal of the payload. */
  public List<List<BigInteger>> receivedFields() {
    return received.stream().map(packing::unpack).toList();
  }

  /** The cycle in which each value was taken. */
  public List<Long> transferCycles() {
    return Collections.unmodifiableList(transferCycles);
  }

  /** What happened on the stream so far. */
  public StreamStatistics statistics() {
    return monitor.statistics();
  }

  /** Number of values so far. */
  public int count() {
    return received.size();
  }

  @Override
  public void drive(Simulator simulator) {
    simulator.poke(stream.ready(), !stalls.next());
  }

  @Override
  public void sample(Simulator simulator) {
    if (!simulator.inReset()
        && simulator.isHigh(stream.valid())
        && simulator.isHigh(stream.ready())) {
      BigInteger value = simulator.peekPacked(stream.payload());
      check(simulator.cycle(), value);
      received.add(value);
      transferCycles.add(simulator.cycle());
    }
  }

  private void check(long cycle, BigInteger value) {
    if (expected.isEmpty()) {
      return;
    }
    int index = received.size();
    String wrong = null;
    if (index >= expected.size()) {
      wrong = "a value more than the %d expected".formatted(expected.size());
    } else if (!value.equals(expected.get(index))) {
      wrong = "expected was " + packing.describe(expected.get(index));
    }
    if (wrong != null) {
      throw new AssertionError(
          "%s: value %d is %s in cycle %d, %s\n%s"
              .formatted(name, index, packing.describe(value), cycle, wrong, monitor.recent()));
    }
  }

  @Override
  public String progress() {
    String all = expected.isEmpty() ? "" : " of " + expected.size();
    return name + ": " + received.size() + all + " received";
  }
}
