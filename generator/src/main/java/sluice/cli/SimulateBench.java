package sluice.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Option;
import sluice.accel.Accelerator;
import sluice.bench.MacArray;
import sluice.config.AcceleratorConfig;
import sluice.config.Presets;
import sluice.cosim.DecodeRequest;
import sluice.cosim.ProjectFiles;
import sluice.cosim.SpeedTrial;
import sluice.cosim.Stimulus;
import sluice.cosim.jvm.JobRecording;
import sluice.golden.Calibrator;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.check.Policy;
import sluice.hdl.sim.SimulatorOptions;
import sluice.hdl.sim.Undefined;
import sluice.layout.DecodeParameters;

/** Speed of simulation in the JVM, beside that of Verilator. */
final class SimulateBench implements Bench {
  private static final String ACCELERATOR = "accelerator";
  private static final String ARRAY = "mac-array";
  private static final int RESET_CYCLES = 4;
  private static final int ARRAY_CYCLES = 4096;
  private static final int ARRAY_SIDE = 16;

  @Option(
      names = "--preset",
      defaultValue = "reference",
      paramLabel = "NAME",
      description = "Preset of the accelerator. Default: ${DEFAULT-VALUE}.")
  private String preset;

  @Option(
      names = "--design",
      split = ",",
      defaultValue = ACCELERATOR + "," + ARRAY,
      paramLabel = "NAME",
      description = "What is simulated: " + ACCELERATOR + ", " + ARRAY + ". Default: all.")
  private List<String> designs;

  @Option(
      names = "--tokens",
      defaultValue = "16384",
      paramLabel = "N",
      description =
          "Tokens of the decode job, a sixteenth of which is selected. Default: ${DEFAULT-VALUE}.")
  private int tokens;

  @Option(
      names = "--passes",
      defaultValue = "40",
      paramLabel = "N",
      description =
          "How often the inputs are applied; the second half counts. Default: ${DEFAULT-VALUE}.")
  private int passes;

  @Override
  public String name() {
    return "simulate";
  }

  @Override
  public List<String> description() {
    return List.of(
        "Cycles a second of the JVM simulator and of Verilator, with the same inputs.",
        "The accelerator runs a decode job of one head: its inputs are recorded from a run in the"
            + " JVM with memories that answer after 16 cycles, from reset to the interrupt. The"
            + " array of 16 x 16 cells that multiply and accumulate bytes has random inputs in"
            + " every cycle. Both engines read the inputs from memory, apply them several times"
            + " over, and put every output of every cycle into a checksum; different checksums"
            + " are an error. Verilator: -O3, one thread, g++ -O2; built anew, without a cache."
            + " Seconds are CPU time of the simulating thread; the median of the second half of"
            + " the passes counts. Ready is the time from the built object to its first cycle,"
            + " in a process of its own.");
  }

  @Override
  public List<BenchRow> run() throws IOException {
    if (passes < 2) {
      throw new UserError("--passes: " + passes + "; allowed: 2 or more");
    }
    List<BenchRow> rows = new ArrayList<>();
    for (String design : designs) {
      rows.add(row(design));
    }
    return rows;
  }

  private BenchRow row(String design) throws IOException {
    Supplier<Module> circuit = () -> circuit(design, preset);
    double ready = ReadyProcess.measure(design, preset);
    Stimulus stimulus = design.equals(ARRAY) ? random(circuit.get()) : job(circuit.get());
    // The array is small, and its passes are short.
    SpeedTrial trial =
        new SpeedTrial(circuit, stimulus, design.equals(ARRAY) ? 10 * passes : passes);
    SpeedTrial.Result jvm =
        trial.simulate(SimulatorOptions.standard().withUndefined(Undefined.ZERO));
    SpeedTrial.Result verilator =
        trial.verilate(new ProjectFiles(ProjectFolder.root()), design + "-" + preset);
    if (!jvm.checksum().equals(verilator.checksum())) {
      throw new IOException(
          "%s: checksum %s in the JVM, %s under Verilator"
              .formatted(design, jvm.checksum(), verilator.checksum()));
    }
    return new BenchRow()
        .with("design", design)
        .with("cycles", stimulus.cycles())
        .with("jvm_cycles_per_s", jvm.cyclesPerSecond())
        .with("verilator_cycles_per_s", verilator.cyclesPerSecond())
        .with("ratio", jvm.cyclesPerSecond() / verilator.cyclesPerSecond())
        .with("jvm_ready_s", ready)
        .with("verilator_build_s", verilator.buildSeconds())
        .with("checksum", jvm.checksum());
  }

  /** A design by its name on the command line. */
  static Module circuit(String design, String preset) {
    return switch (design) {
      case ACCELERATOR -> new Accelerator(Presets.get(preset));
      case ARRAY -> new MacArray(ARRAY_SIDE, ARRAY_SIDE);
      default ->
          throw new UserError("--design: " + design + "; allowed: " + ACCELERATOR + ", " + ARRAY);
    };
  }

  private static Stimulus random(Module circuit) {
    return Stimulus.random(
        Elaborator.elaborate(circuit, Policy.quiet()).top(), RESET_CYCLES, ARRAY_CYCLES, 1);
  }

  private Stimulus job(Module circuit) throws IOException {
    AcceleratorConfig config = Presets.get(preset);
    int length = Math.min(tokens, config.context());
    SyntheticTensors tensors =
        SyntheticTensors.of(config.groupQueries(), length, config.headDim(), 1);
    DecodeParameters parameters =
        new DecodeParameters(
            length,
            Math.max(1, length / 16),
            0,
            0,
            3,
            DecodeParameters.defaultFactor(config.headDim()),
            0);
    return JobRecording.of(
        circuit,
        new DecodeRequest(
            config,
            tensors.queries(),
            tensors.keys(),
            tensors.values(),
            new Calibrator(config).calibrate(tensors.keys(), tensors.queries()),
            parameters));
  }
}
