package sluice.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sluice.config.AcceleratorConfig;
import sluice.config.NamedConfig;
import sluice.cosim.DecodeRequest;
import sluice.cosim.HardwareEngine;
import sluice.cosim.JobOutcome;
import sluice.cosim.MemoryModel;
import sluice.cosim.MemoryTiming;
import sluice.cosim.ProjectFiles;
import sluice.cosim.Testbench;
import sluice.cosim.VerilatedAccelerator;
import sluice.golden.Calibrator;
import sluice.layout.DecodeParameters;

/** Cycles of a decode job by stage. */
final class DecodeBench implements Bench {
  private static final String DEFAULT_CONFIG = "trace";
  private static final int MOST_TOKENS = 4096;

  /** The usual share of tokens that is selected: one in this many. */
  private static final int TOKENS_PER_PICK = 16;

  private static final int POOL = 3;
  private static final String CYCLES = "CYCLES_";
  private static final String BEATS = "BEATS_";

  @Mixin private ConfigOptions configOptions = new ConfigOptions();

  @Option(
      names = "--tokens",
      split = ",",
      paramLabel = "N",
      description =
          "Tokens of the sequence; several numbers give several rows. Default: the context, at"
              + " most 4096.")
  private List<Integer> tokens = new ArrayList<>();

  @Option(
      names = "--budget",
      paramLabel = "K",
      description = "Tokens to select. Default: a sixteenth of the tokens.")
  private Integer budget;

  @Mixin private MemoryOption memory = new MemoryOption();

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Seed of the tensors. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--rebuild",
      description =
          "Builds the simulator from nothing, without a cache of compiled objects. Without it,"
              + " all or most of it may be found, and compile_seconds says little.")
  private boolean rebuild;

  @Override
  public String name() {
    return "decode";
  }

  @Override
  public List<String> description() {
    return List.of(
        "Cycles of one decode job by stage, on the emitted Verilog under Verilator.",
        "Synthetic keys, values and queries lie in ideal memories: each answers after a fixed"
            + " latency, a beat a cycle, unless --memory names others. Key channels have means from N(0, 1) and spreads of"
            + " exp(N(0, 0.5)); queries and values are from N(0, 1). Pooling window 3, no"
            + " sink, no recent window, no skipping. Stages are those of the performance"
            + " counters; beats are summed over the memory channels.");
  }

  @Override
  public List<BenchRow> run() throws IOException {
    NamedConfig named = configOptions.read(DEFAULT_CONFIG);
    AcceleratorConfig config = named.config();
    List<Integer> lengths =
        tokens.isEmpty() ? List.of(Math.min(config.context(), MOST_TOKENS)) : tokens;
    lengths.forEach(length -> check(config, length));
    MemoryModel model = memory.model();
    ProjectFiles project = new ProjectFiles(ProjectFolder.root());
    VerilatedAccelerator accelerator =
        rebuild
            ? VerilatedAccelerator.buildAnew(config, project)
            : VerilatedAccelerator.build(config, project, false);
    HardwareEngine engine =
        new HardwareEngine(
            accelerator,
            Testbench.Options.of(new MemoryTiming(model, seed)),
            /* preloaded= */ true);
    List<BenchRow> rows = new ArrayList<>();
    for (int length : lengths) {
      DecodeRequest request = request(config, length);
      rows.add(row(named, accelerator.times(), request, model, engine.simulate(request)));
    }
    return rows;
  }

  private void check(AcceleratorConfig config, int length) {
    if (length < 1 || length > config.context()) {
      throw new UserError(
          "--tokens: %d; allowed: 1 to context, %d".formatted(length, config.context()));
    }
    if (budget(length) < 0 || budget(length) > config.maxSelected()) {
      throw new UserError(
          "--budget: %d; allowed: 0 to maxSelected, %d"
              .formatted(budget(length), config.maxSelected()));
    }
  }

  private int budget(int length) {
    return budget == null ? Math.max(1, length / TOKENS_PER_PICK) : budget;
  }

  private DecodeRequest request(AcceleratorConfig config, int length) {
    SyntheticTensors tensors =
        SyntheticTensors.of(config.groupQueries(), length, config.headDim(), seed);
    DecodeParameters parameters =
        new DecodeParameters(
            length,
            budget(length),
            0,
            0,
            POOL,
            DecodeParameters.defaultFactor(config.headDim()),
            0);
    return new DecodeRequest(
        config,
        tensors.queries(),
        tensors.keys(),
        tensors.values(),
        new Calibrator(config).calibrate(tensors.keys(), tensors.queries()),
        parameters);
  }

  private BenchRow row(
      NamedConfig named,
      VerilatedAccelerator.BuildTimes times,
      DecodeRequest request,
      MemoryModel model,
      HardwareEngine.Simulation simulation) {
    JobOutcome outcome = simulation.outcomes().get(0);
    BenchRow row =
        new BenchRow()
            .with("configuration", named.name())
            .with("tokens", request.parameters().tokens())
            .with("budget", request.parameters().budget())
            .with("memory", model.text())
            .with("seed", seed);
    for (Map.Entry<String, Long> counter : outcome.counters().entrySet()) {
      row.with(field(counter.getKey()), counter.getValue());
    }
    return row.with("simulated_cycles", simulation.cycles())
        .with("simulation_seconds", simulation.seconds())
        .with("simulated_cycles_per_second", simulation.cycles() / simulation.seconds())
        .with("generate_seconds", times.generateSeconds())
        .with("compile_seconds", times.compileSeconds())
        .with("simulator", !times.compiled() ? "found" : rebuild ? "rebuilt" : "built");
  }

  /** The unit goes to the end: CYCLES_SCAN is scan_cycles. */
  private static String field(String counter) {
    String name = counter;
    for (String unit : List.of(CYCLES, BEATS)) {
      if (counter.startsWith(unit)) {
        name = counter.substring(unit.length()) + "_" + unit.substring(0, unit.length() - 1);
      }
    }
    return name.toLowerCase(Locale.ROOT);
  }
}
