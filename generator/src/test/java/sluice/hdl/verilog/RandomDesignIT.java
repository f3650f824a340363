package sluice.hdl.verilog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.RandomDesign;
import sluice.hdl.pass.ConstantFolding;
import sluice.hdl.pass.DeadLogic;
import sluice.hdl.pass.Pass;
import sluice.hdl.sim.Simulator;

/**
 * Random designs after all passes, as Verilog in Icarus Verilog, do what they do before any pass in
 * the JVM simulator. They have no memories, whose contents would be unknown in the one only.
 */
class RandomDesignIT {
  private static final int DESIGNS = 40;
  private static final int CYCLES = 60;

  /** Another number gives other designs. */
  private static final long SEED = Long.getLong("sluice.seed", 1);

  @TempDir Path folder;

  static LongStream seeds() {
    return LongStream.range(SEED * DESIGNS, SEED * DESIGNS + DESIGNS);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theVerilogDoesTheSame(long seed) {
    compare(seed, Pass.standard());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void soItDoesWithAliasesAndDuplicates(long seed) {
    compare(seed, List.of(new ConstantFolding(), new DeadLogic()));
  }

  private void compare(long seed, List<Pass> passes) {
    Design written = RandomDesign.of(seed, false);
    for (Pass pass : passes) {
      written = pass.apply(written);
    }
    EmittedVerilog verilog = new EmittedVerilog(written, folder);
    Simulator simulator = Simulator.of(RandomDesign.of(seed, false), seed);
    Replay replay = new Replay(written, simulator, CYCLES, seed);
    verilog.add("testbench.v", replay.testbench(verilog));
    verilog.write("vectors.hex", replay.vectors());
    assertThat(verilog.runOnFiles("iverilog", "-g2005", "-s", "testbench", "-o", "simulation"))
        .isEmpty();
    assertThat(verilog.run("vvp", "-n", "simulation")).matches("\\d+ compared, \\d+ unknown\n");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void lintHasNothingToSay(long seed) {
    Design written = RandomDesign.of(seed, true);
    for (Pass pass : Pass.standard()) {
      written = pass.apply(written);
    }
    EmittedVerilog verilog = new EmittedVerilog(written, folder);
    assertThat(verilog.lint()).isEmpty();
    assertThat(verilog.lint("SLUICE_ASSERT")).isEmpty();
    assertThat(verilog.lint("SLUICE_ASSERT", "FORMAL")).isEmpty();
  }
}
