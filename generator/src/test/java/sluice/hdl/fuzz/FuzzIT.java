package sluice.hdl.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A part of what {@code scripts/fuzz} does, in every build. */
class FuzzIT {
  private static final int BATCH = 100;
  private static final int BATCHES = 2;
  private static final int CYCLES = 60;

  /** Another number gives other designs. */
  private static final long SEED = Long.getLong("sluice.seed", 1);

  @TempDir Path folder;

  @Test
  void allSimulatorsAgreeWithPassesAndWithout() {
    long first = SEED * BATCH * BATCHES;
    System.out.println("seeds " + first + " to " + (first + BATCH * BATCHES - 1));
    EnumSet<ExternalSimulator> both = EnumSet.allOf(ExternalSimulator.class);
    Campaign campaign = new Campaign(CYCLES, both, UnaryOperator.identity(), folder);
    for (int i = 0; i < BATCHES; i++) {
      assertThat(campaign.run(first + i * BATCH, BATCH))
          .as("scripts/fuzz --seed %d --designs %d shrinks these", first, BATCH * BATCHES)
          .extracting(finding -> "seed " + finding.seed() + ": " + finding.difference())
          .isEmpty();
    }
  }
}
