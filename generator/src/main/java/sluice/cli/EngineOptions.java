package sluice.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sluice.accel.Accelerator;
import sluice.config.AcceleratorConfig;
import sluice.cosim.Engine;
import sluice.cosim.GoldenEngine;
import sluice.cosim.HardwareEngine;
import sluice.cosim.MemoryTiming;
import sluice.cosim.ProjectFiles;
import sluice.cosim.Testbench;
import sluice.cosim.VerilatedAccelerator;
import sluice.cosim.jvm.SimulatedAccelerator;

/** The options that say what decodes. */
final class EngineOptions {
  /** What decodes. */
  private enum EngineName {
    golden,
    jvm,
    verilator
  }

  @Option(
      names = "--engine",
      defaultValue = "golden",
      paramLabel = "NAME",
      description =
          "${COMPLETION-CANDIDATES}: the golden model; the accelerator in the JVM simulator, which"
              + " needs no other tool; its emitted Verilog under Verilator. jvm and verilator take"
              + " the same cycles. Default: ${DEFAULT-VALUE}.")
  private EngineName engine;

  @Option(
      names = "--preloaded",
      description =
          "With jvm and verilator: keys and values lie in memory from the start, in place of being"
              + " appended by the accelerator.")
  private boolean preloaded;

  @Mixin private MemoryOption memory = new MemoryOption();

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "With jvm and verilator: seed of everything random. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Waveforms: with verilator FST, with jvm VCD.")
  private Path trace;

  /** The engine's name. */
  String name() {
    return engine.name();
  }

  /**
   * Makes the engine; for Verilator, builds the simulator.
   *
   * @throws UserError if the options do not go together
   */
  Engine engine(AcceleratorConfig config) throws IOException {
    if (engine == EngineName.golden) {
      if (preloaded || trace != null) {
        throw new UserError("--preloaded and --trace: allowed with --engine jvm or verilator");
      }
      return new GoldenEngine();
    }
    Testbench.Options options = new Testbench.Options(timing(), trace);
    return new HardwareEngine(testbench(config), options, preloaded);
  }

  private Testbench testbench(AcceleratorConfig config) throws IOException {
    if (engine == EngineName.jvm) {
      return new SimulatedAccelerator(config, new Accelerator(config));
    }
    ProjectFiles project = new ProjectFiles(ProjectFolder.root());
    return VerilatedAccelerator.build(config, project, trace != null);
  }

  private MemoryTiming timing() throws IOException {
    if (seed < 0) {
      throw new UserError("--seed: " + seed + "; allowed: 0 or more");
    }
    return new MemoryTiming(memory.model(), seed);
  }
}
