package sluice.hdl.verilog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.hdl.fuzz.RandomDesign;
import sluice.hdl.netlist.Design;
import sluice.hdl.pass.Pass;

/** The Verilog of random designs after all passes is silent under lint. */
class RandomDesignLintIT {
  private static final int DESIGNS = 40;

  /** Another number gives other designs. */
  private static final long SEED = Long.getLong("sluice.seed", 1);

  /** A reset that acts at once and not, a memory that two clocks write: as random designs do. */
  private static final Set<String> ON_PURPOSE = Set.of("SYNCASYNCNET", "MULTIDRIVEN");

  @TempDir Path folder;

  static LongStream seeds() {
    return LongStream.range(SEED * DESIGNS, SEED * DESIGNS + DESIGNS);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void lintHasNothingToSay(long seed) {
    Design written = RandomDesign.of(seed);
    for (Pass pass : Pass.standard()) {
      written = pass.apply(written);
    }
    EmittedVerilog verilog = new EmittedVerilog(written, folder);
    assertThat(doubtful(verilog.lint())).isEmpty();
    assertThat(doubtful(verilog.lint("SLUICE_ASSERT"))).isEmpty();
    assertThat(doubtful(verilog.lint("SLUICE_ASSERT", "FORMAL"))).isEmpty();
  }

  /** The kinds of warnings that lint has, but for those of what random designs do on purpose. */
  private static List<String> doubtful(String lint) {
    return Pattern.compile("%(?:Warning-(\\w+)|Error(?!: Exiting due to)).*")
        .matcher(lint)
        .results()
        .filter(found -> found.group(1) == null || !ON_PURPOSE.contains(found.group(1)))
        .map(MatchResult::group)
        .toList();
  }
}
