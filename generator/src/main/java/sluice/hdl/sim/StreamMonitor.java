package sluice.hdl.sim;

import java.math.BigInteger;
import sluice.hdl.Stream;

/**
 * Checks the contract of {@link Stream} in every cycle: an offered value stays until it is
 * transferred (rule 2), and nothing is offered during reset (rule 4; from the first clock edge of
 * the reset on). What breaks a rule is an {@code AssertionError} that tells the rule, the cycle and
 * the payloads, in hexadecimal.
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
        throw broken(
            simulator, 4, "valid is high during reset, with the payload " + payload(simulator));
      }
      resetCycles++;
      offered = null;
      return;
    }
    resetCycles = 0;
    if (offered != null && !valid) {
      throw broken(
          simulator,
          2,
          "valid fell before the value %s was taken; the payload is now %s"
              .formatted(offered.toString(16), payload(simulator)));
    }
    BigInteger payload = valid ? simulator.peekPacked(stream.payload()) : null;
    if (offered != null && !offered.equals(payload)) {
      throw broken(
          simulator,
          2,
          "the payload changed from %s to %s before it was taken"
              .formatted(offered.toString(16), payload.toString(16)));
    }
    boolean transferred = valid && simulator.isHigh(stream.ready());
    transfers += transferred ? 1 : 0;
    stalled += valid && !transferred ? 1 : 0;
    offered = transferred ? null : payload;
  }

  /** The payload as it is now, packed, in hexadecimal. */
  private String payload(Simulator simulator) {
    return simulator.peekPacked(stream.payload()).toString(16);
  }

  private AssertionError broken(Simulator simulator, int rule, String what) {
    return new AssertionError(
        "%s breaks rule %d of streams in cycle %d: %s"
            .formatted(name, rule, simulator.cycle(), what));
  }
}
