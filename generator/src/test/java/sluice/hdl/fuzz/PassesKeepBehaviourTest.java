package sluice.hdl.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random designs do the same with passes as without: without the tools that {@link FuzzIT} needs.
 */
class PassesKeepBehaviourTest {
  private static final int DESIGNS = 100;
  private static final int CYCLES = 24;

  /** Another number gives other designs. */
  private static final long SEED = Long.getLong("sluice.seed", 1);

  private static List<Plan> plans;

  @BeforeAll
  static void simulateWithoutPasses() {
    long first = SEED * DESIGNS;
    System.out.println("seeds " + first + " to " + (first + DESIGNS - 1));
    plans = new ArrayList<>();
    for (long seed = first; seed < first + DESIGNS; seed++) {
      plans.add(Plan.of(seed, CYCLES));
    }
  }

  static List<Variant> variants() {
    return Variant.all();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void theOutputsAndTheCoveredCyclesAreTheSame(Variant variant) {
    for (Plan plan : plans) {
      assertThat(Oracle.inJvm(plan.trial(), plan.expected(), variant))
          .as("seed %d", plan.seed())
          .isNull();
    }
  }
}
