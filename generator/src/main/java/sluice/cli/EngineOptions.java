package sluice.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import sluice.config.AcceleratorConfig;
import sluice.cosim.Engine;
import sluice.cosim.GoldenEngine;
import sluice.cosim.MemoryTiming;
import sluice.cosim.ProjectFiles;
import sluice.cosim.VerilatedAccelerator;
import sluice.cosim.VerilatorEngine;

/** The options that say what decodes. */
final class EngineOptions {

  /** What decodes. */
  private enum EngineName {
    golden,
    verilator
  }

  /** How the testbench's memories behave. */
  private enum MemoryModel {
    ideal("16", "\\d+", "a number, as in 16"),
    random("1:100", "\\d+:\\d+", "MIN:MAX, as in 1:100");

    final String usualLatency;
    final String latencies;
    final String allowed;

    MemoryModel(String usualLatency, String latencies, String allowed) {
      this.usualLatency = usualLatency;
      this.latencies = latencies;
      this.allowed = allowed;
    }
  }

  @Option(
      names = "--engine",
      defaultValue = "golden",
      paramLabel = "NAME",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private EngineName engine;

  @Option(
      names = "--preloaded",
      description =
          "With verilator: keys and values lie in memory from the start, in place of being"
              + " appended by the accelerator.")
  private boolean preloaded;

  @Option(
      names = "--memory",
      defaultValue = "ideal",
      paramLabel = "MODEL",
      description =
          "With verilator: memories are ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private MemoryModel memory;

  @Option(
      names = "--latency",
      paramLabel = "CYCLES",
      description =
          "With verilator: latency of the memories. Default: 16; of random ones MIN:MAX, 1:100.")
  private String latency;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "With verilator: seed of everything random. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--trace",
      paramLabel = "FILE.fst",
      description = "With verilator: write waveforms.")
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
        throw new UserError("--preloaded and --trace: allowed with --engine verilator");
      }
      return new GoldenEngine();
    }
    String cycles = latency == null ? memory.usualLatency : latency;
    if (!cycles.matches(memory.latencies)) {
      throw new UserError(
          "--latency: %s; allowed with --memory %s: %s"
              .formatted(cycles, memory.name(), memory.allowed));
    }
    if (seed < 0) {
      throw new UserError("--seed: " + seed + "; allowed: 0 or more");
    }
    MemoryTiming timing = new MemoryTiming(memory.name(), cycles, seed);
    VerilatedAccelerator accelerator =
        VerilatedAccelerator.build(config, new ProjectFiles(ProjectFolder.root()), trace != null);
    return new VerilatorEngine(
        accelerator, new VerilatedAccelerator.Options(timing, trace, true), preloaded);
  }
}
