package sluice.hdl.sim;

import java.math.BigInteger;
import sluice.hdl.Stream;

/**
 * Checks the contract of {@link Stream} in every cycle: an offered value stays until it is
 * transferred (rule 2), and nothing is offered during reset (rule 4; from the first clock edge of
 * the reset on). What breaks a rule is an {@code AssertionError} that tells the rule, the cycle and
 * the payloads, in hexadecimal, and shows the last cycles of the stream.
 */
public final class StreamMonitor implements Activity {
  private final Stream<?> stream;
  private final String name;
  private final Packing packing;
  private final StreamHistory history;
  private BigInteger offered;
  private long resetCycles;
  private long transfers;
  private long stalled;
  private long starved;
  private long waiting;
  private long longestStall;
  private long first = -1;
  private long last = -1;

  StreamMonitor(Stream<?> stream, String name, StreamHistory history) {
    this.stream = stream;
    this.name = name;
    this.packing = Packing.of(stream.payload());
    this.history = history;
  }

  /** Cycles in which a value was transferred. */
  public long transfers() {
    return transfers;
  }

  /** Cycles in which a value was offered and not taken. */
  public long stalled() {
    return stalled;
  }

  /** What happened so far. */
  public StreamStatistics statistics() {
    return new StreamStatistics(transfers, stalled, starved, longestStall, first, last);
  }

  /** The last cycles, as text. */
  String recent() {
    return history.text();
  }

  @Override
  public void sample(Simulator simulator) {
    boolean valid = simulator.isHigh(stream.valid());
    boolean ready = simulator.isHigh(stream.ready());
    BigInteger payload = valid ? simulator.peekPacked(stream.payload()) : null;
    history.add(simulator.cycle(), valid, ready, payload);
    if (simulator.inReset()) {
      if (valid && resetCycles > 0) {
        throw broken(
            simulator,
            4,
            "valid is high during reset, with the payload " + packing.describe(payload));
      }
      resetCycles++;
      offered = null;
      return;
    }
    resetCycles = 0;
    if (offered != null && !valid) {
      BigInteger now = simulator.peekPacked(stream.payload());
      throw broken(
          simulator,
          2,
          "valid fell before the value %s was taken; the payload is now %s"
              .formatted(packing.describe(offered), packing.describe(now)));
    }
    if (offered != null && !offered.equals(payload)) {
      throw broken(
          simulator,
          2,
          "the payload changed from %s to %s before it was taken"
              .formatted(packing.describe(offered), packing.describe(payload)));
    }
    count(simulator.cycle(), valid, ready);
    offered = valid && !ready ? payload : null;
  }

  private void count(long cycle, boolean valid, boolean ready) {
    if (valid && ready) {
      first = transfers == 0 ? cycle : first;
      last = cycle;
      transfers++;
    } else if (valid) {
      stalled++;
    } else if (ready) {
      starved++;
    }
    waiting = valid && !ready ? waiting + 1 : 0;
    longestStall = Math.max(longestStall, waiting);
  }

  private AssertionError broken(Simulator simulator, int rule, String what) {
    return new AssertionError(
        "%s breaks rule %d of streams in cycle %d: %s\n%s"
            .formatted(name, rule, simulator.cycle(), what, recent()));
  }
}
