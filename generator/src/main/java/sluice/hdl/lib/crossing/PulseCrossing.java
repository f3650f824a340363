package sluice.hdl.lib.crossing;

import sluice.hdl.Bool;
import sluice.hdl.ClockDomain;
import sluice.hdl.Module;

/**
 * Brings pulses from one clock domain to another: each cycle of the source's clock in which {@code
 * in} is high makes one cycle of the target's clock in which {@code out} is high, after the
 * synchronizer's stages and one cycle more at most.
 *
 * <p>Pulses come at least two cycles of the target's clock apart; of two that are closer, both or
 * none may arrive. Where that cannot be said, use a {@link HandshakeCrossing}.
 */
public final class PulseCrossing extends Module {
  /** The domain that pulses come from. */
  public final ClockDomain source = clockDomain("source");

  /** The domain that pulses go to. */
  public final ClockDomain target = clockDomain("target");

  /** High for a cycle of the source's clock for each pulse. */
  public final Bool in = source.input(Bool.of());

  /** High for a cycle of the target's clock for each pulse. */
  public final Bool out = target.output(Bool.of());

  /**
   * @param stages of the synchronizer, at least 2
   */
  public PulseCrossing(int stages) {
    super("pulse_crossing" + stages);
    Synchronizer.requireStages("PulseCrossing", stages);
    describe(
        "Pulses from one clock to another, through a toggle and "
            + stages
            + " stages. Pulses are two cycles of the target's clock apart.");
    Bool toggle = source.register(Bool.of()).reset(false);
    toggle.set(toggle.xor(in));
    Synchronizer<Bool> synchronizer = target.instance(new Synchronizer<>(Bool.of(), stages));
    synchronizer.in.set(toggle);
    Bool seen = target.register(Bool.of()).reset(false);
    seen.set(synchronizer.out);
    out.set(synchronizer.out.xor(seen));
  }
}
