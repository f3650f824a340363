package sluice.hdl.verilog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
    assertThat(verilog.lint()).isEmpty();
    assertThat(verilog.lint("SLUICE_ASSERT")).isEmpty();
    assertThat(verilog.lint("SLUICE_ASSERT", "FORMAL")).isEmpty();
  }
}
