package sluice.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
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
  private static final int MOST_LATENCY = 1_000_000;
  private static final int MOST_DIGITS = 9;

  /** What decodes. */
  private enum EngineName {
    golden,
    jvm,
    verilator
  }

  /** How the testbench's memories behave. */
  private enum MemoryModel {
    ideal(MemoryTiming.Model.IDEAL, "16", "\\d+", "a number, as in 16"),
    random(MemoryTiming.Model.RANDOM, "1:100", "\\d+:\\d+", "MIN:MAX, as in 1:100");

    final MemoryTiming.Model model;
    final String usualLatency;
    final String latencies;
    final String allowed;

    MemoryModel(MemoryTiming.Model model, String usualLatency, String latencies, String allowed) {
      this.model = model;
      this.usualLatency = usualLatency;
      this.latencies = latencies;
      this.allowed = allowed;
    }
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

  @Option(
      names = "--memory",
      defaultValue = "ideal",
      paramLabel = "MODEL",
      description =
          "With jvm and verilator: memories are ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private MemoryModel memory;

  @Option(
      names = "--latency",
      paramLabel = "CYCLES",
      description =
          "With jvm and verilator: latency of the memories. Default: 16; of random ones MIN:MAX,"
              + " 1:100.")
  private String latency;

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

  private MemoryTiming timing() {
    if (seed < 0) {
      throw new UserError("--seed: " + seed + "; allowed: 0 or more");
    }
    String cycles = latency == null ? memory.usualLatency : latency;
    if (!cycles.matches(memory.latencies)) {
      throw latencyError(cycles);
    }
    int[] bounds = Stream.of(cycles.split(":")).mapToInt(EngineOptions::cycles).toArray();
    int least = bounds[0];
    int most = bounds[bounds.length - 1];
    if (least > most || most > MOST_LATENCY) {
      throw latencyError(cycles);
    }
    return new MemoryTiming(memory.model, least, most, seed);
  }

  /** A number of digits only; what is too large stays so. */
  private static int cycles(String digits) {
    String number = digits.replaceFirst("^0+(?=.)", "");
    return number.length() > MOST_DIGITS ? Integer.MAX_VALUE : Integer.parseInt(number);
  }

  private UserError latencyError(String cycles) {
    return new UserError(
        "--latency: %s; allowed with --memory %s: %s, up to %d"
            .formatted(cycles, memory.name(), memory.allowed, MOST_LATENCY));
  }
}
