package sluice.hdl.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.hdl.verilog.ResetStyle;

/** Faults of the Verilog writer are found, each by few designs. */
class SeededFaultsIT {
  /** Designs that find every fault. */
  private static final int DESIGNS = 80;

  private static final int CHUNK = 10;
  private static final int CYCLES = 40;
  private static final int TRIES = 300;

  private static List<Plan> plans;

  @TempDir Path folder;

  @BeforeAll
  static void buildDesigns() {
    plans = new ArrayList<>();
    for (long seed = 1; seed <= DESIGNS; seed++) {
      plans.add(Plan.of(seed, CYCLES));
    }
  }

  /** The first design that shows a fault, or null. */
  private Plan found(Fault fault) {
    for (int from = 0; from < DESIGNS; from += CHUNK) {
      List<Plan> changed = new ArrayList<>();
      List<Bench> benches = new ArrayList<>();
      for (Plan plan : plans.subList(from, from + CHUNK)) {
        Bench bench = plan.bench('a', Variant.STANDARD);
        if (!bench.withTexts(fault).texts().equals(bench.texts())) {
          changed.add(plan);
          benches.add(bench.withTexts(fault));
        }
      }
      if (benches.isEmpty()) {
        continue;
      }
      List<Difference> differences = ExternalSimulator.ICARUS.run(benches, folder);
      assertThat(differences).filteredOn(Objects::nonNull).noneMatch(Difference::isRefusal);
      for (int i = 0; i < changed.size(); i++) {
        if (differences.get(i) != null) {
          return changed.get(i);
        }
      }
    }
    return null;
  }

  @ParameterizedTest
  @EnumSource
  void isFound(Fault fault) {
    Plan plan = found(fault);
    assertThat(plan).as("no design of %d shows it", DESIGNS).isNotNull();
    System.out.println(fault + " is found by design " + plan.seed());
  }

  @ParameterizedTest
  @EnumSource(names = {"UNSIGNED_SHIFT", "SLICE_OFF_BY_ONE", "SWAPPED_CHOICES"})
  void isShrunkToAFewLines(Fault fault) {
    Plan plan = found(fault);
    ResetStyle style = plan.style();
    Oracle oracle =
        Oracle.verilog(ExternalSimulator.ICARUS, Variant.STANDARD, style, fault, folder);
    Shrinker.Shrunk shrunk = new Shrinker(oracle, TRIES).shrink(plan.trial());
    assertThat(shrunk.trial().size()).isLessThan(plan.trial().size() / 4);
    assertThat(FailureReport.of(shrunk, Variant.STANDARD, style)).startsWith("Icarus Verilog");
  }
}
