package sluice.hdl.lib.crossing;

import sluice.hdl.Bool;
import sluice.hdl.ClockDomain;
import sluice.hdl.Module;

/**
 * Makes a reset that is released in step with a clock out of one that comes and goes at any time.
 * The part is placed in the domain that has the raw reset; {@code inReset} is high as soon as that
 * is active, without an edge of the clock, and goes low as many edges after its end as there are
 * stages. Registers with asynchronous reset are used for that, whatever the design's reset style.
 *
 * <p>What is to be reset goes into a domain that has the result as its reset:
 *
 * <pre>{@code
 * ResetSynchronizer synchronizer = instance(new ResetSynchronizer(2));
 * ClockDomain core = clockDomain().withReset("core", synchronizer.inReset);
 * }</pre>
 */
public final class ResetSynchronizer extends Module {
  /** High while what is to be reset is in reset; a register. */
  public final Bool inReset;

  /**
   * @param stages registers in a row, at least 2
   */
  public ResetSynchronizer(int stages) {
    super("reset_synchronizer" + stages);
    Synchronizer.requireStages("ResetSynchronizer", stages);
    describe(
        "Reset that begins at once and ends "
            + stages
            + " edges of the clock after the one that comes in.");
    inReset = output(Bool.of());

    ClockDomain raw = clockDomain().asynchronouslyReset();
    Bool last = Bool.literal(false);
    for (int i = 0; i < stages; i++) {
      last = raw.synchronizerStage(last).reset(true).named("stage" + i);
    }
    inReset.set(last);
  }
}
