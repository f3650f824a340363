package sluice.hdl.sim;

import java.math.BigInteger;
import sluice.hdl.Stream;

/**
 * Checks the contract of {@link Stream} in every cycle: an offered value stays until it is
 * transferred, and nothing is offered during reset (from the first clock edge of the reset on).
 */
public final class StreamMonitor implements Activity {
  private final Stream<?> stream;
  private final String name;
  private BigInteger offered;
  private long resetCycles;
  private long transfers;
  private long stalled;

  StreamMonitor(Stream<?> stream, String name) {
    this.stream = stream;
    this.name = name;
  }

  /** Cycles in which a value was transferred. */
  public long transfers() {
    return transfers;
  }

  /** Cycles in which a value was offered and not taken. */
  public long stalled() {
    return stalled;
  }

  @Override
  public void sample(Simulator simulator) {
    boolean valid = simulator.isHigh(stream.valid());
    if (simulator.inReset()) {
      if (valid && resetCycles > 0) {
        throw broken(simulator, "is valid during reset");
      }
      resetCycles++;
      offered = null;
      return;
    }
    resetCycles = 0;
    if (offered != null && !valid) {
      throw broken(simulator, "took an offered value back");
    }
    BigInteger payload = valid ? simulator.peekPacked(stream.payload()) : null;
    if (offered != null && !offered.equals(payload)) {
      throw broken(
          simulator,
          "changed an offered value from " + offered.toString(16) + " to " + payload.toString(16));
    }
    boolean transferred = valid && simulator.isHigh(stream.ready());
    transfers += transferred ? 1 : 0;
    stalled += valid && !transferred ? 1 : 0;
    offered = transferred ? null : payload;
  }

  private AssertionError broken(Simulator simulator, String what) {
    return new AssertionError(name + " " + what + " in cycle " + simulator.cycle());
  }
}
