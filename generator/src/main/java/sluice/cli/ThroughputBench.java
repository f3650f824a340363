package sluice.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import sluice.accel.Accelerator;
import sluice.config.AcceleratorConfig;
import sluice.config.ConfigReader;
import sluice.config.NamedConfig;
import sluice.cosim.MemoryModel;
import sluice.cosim.MemoryTiming;
import sluice.cosim.ProjectFiles;
import sluice.cosim.Testbench;
import sluice.cosim.ThroughputTrial;
import sluice.cosim.VerilatedAccelerator;
import sluice.cosim.jvm.SimulatedAccelerator;
import sluice.golden.Calibrator;
import sluice.layout.DecodeParameters;

/** How much of the memories' bandwidth decoding uses, and how fast it is beside dense attention. */
final class ThroughputBench implements Bench {
  private static final int POOL = 3;
  private static final double PERCENT = 100;

  @Option(
      names = "--preset",
      split = ",",
      defaultValue = "reference,u280",
      paramLabel = "NAME",
      description = "Configurations: presets or files. Default: ${DEFAULT-VALUE}.")
  private List<String> presets;

  @Option(
      names = "--tokens",
      split = ",",
      defaultValue = "65536",
      paramLabel = "N",
      description = "Tokens of the sequence. Default: ${DEFAULT-VALUE}.")
  private List<Integer> tokens;

  @Option(
      names = "--kept",
      split = ",",
      defaultValue = "5.8,9.4",
      paramLabel = "PERCENT",
      description = "Share of the tokens that is selected. Default: ${DEFAULT-VALUE}.")
  private List<Double> kept;

  @Option(
      names = "--memory",
      split = ",",
      defaultValue = "ideal:100,hbm2",
      paramLabel = "MODEL",
      description = "Memories, as of decode. Default: ${DEFAULT-VALUE}.")
  private List<String> memories;

  @Option(
      names = "--heads",
      split = ",",
      defaultValue = "32",
      paramLabel = "N",
      description =
          "KV heads that are decoded, in jobs of kvHeads at most. Default: ${DEFAULT-VALUE}.")
  private List<Integer> heads;

  @Option(
      names = "--dense-heads",
      defaultValue = "1",
      paramLabel = "N",
      description =
          "Heads on which dense attention is measured; its cycles are scaled to all of them."
              + " 0: not measured. Default: ${DEFAULT-VALUE}.")
  private int denseHeads;

  @Option(
      names = "--engine",
      defaultValue = "verilator",
      paramLabel = "NAME",
      description = "${COMPLETION-CANDIDATES}: what simulates. Default: ${DEFAULT-VALUE}.")
  private EngineName engine;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Seed of the tensors. Default: ${DEFAULT-VALUE}.")
  private long seed;

  private enum EngineName {
    jvm,
    verilator
  }

  @Override
  public String name() {
    return "throughput";
  }

  @Override
  public List<String> description() {
    return List.of(
        "Use of the memories' bandwidth, and speed over dense attention.",
        "Heads are decoded over a sequence of synthetic tensors, as of bench decode, that lies in"
            + " the memories; a row for each combination of the options. Results are compared with"
            + " the golden model's to the byte, and the counters of beats with what the memories"
            + " gave. Cycles are those of all jobs, rung at once. Useful beats are those that"
            + " the jobs need of all channels: key records of all tokens, keys and values of the"
            + " selected ones; utilisation is their share of cycles times channels. Dense attention"
            + " is a dense job of the same accelerator, with a larger maxSelected where its score"
            + " buffers are too small. Extra cycles are a head's, beyond one for each row of tokens:"
            + " of the scan; of threshold and filter; all stages share the memory.");
  }

  @Override
  public List<BenchRow> run() throws IOException {
    List<MemoryModel> models = new ArrayList<>();
    for (String memory : memories) {
      models.add(MemoryOption.model(memory));
    }
    List<NamedConfig> configs = new ArrayList<>();
    for (String preset : presets) {
      configs.add(ConfigReader.read(preset, List.of()));
    }
    for (NamedConfig named : configs) {
      check(named.config());
    }
    List<BenchRow> rows = new ArrayList<>();
    for (NamedConfig named : configs) {
      for (int length : tokens) {
        rows.addAll(rows(named, length, models));
      }
    }
    return rows;
  }

  private void check(AcceleratorConfig config) {
    for (int length : tokens) {
      if (length < 1 || length > config.context()) {
        throw new UserError(
            "--tokens: %d; allowed: 1 to context, %d".formatted(length, config.context()));
      }
      for (double percent : kept) {
        if (!(percent > 0) || budget(length, percent) > config.maxSelected()) {
          throw new UserError(
              "--kept: %s, %d tokens; allowed: more than 0, and maxSelected, %d, at most"
                  .formatted(percent, budget(length, percent), config.maxSelected()));
        }
      }
    }
    if (denseHeads < 0 || heads.stream().anyMatch(count -> count < 1)) {
      throw new UserError("--heads: allowed: 1 or more; --dense-heads: 0 or more");
    }
  }

  private static int budget(int length, double percent) {
    return (int) Math.max(1, Math.round(length * percent / PERCENT));
  }

  /** The rows of a sequence: dense attention is the same for each share that is kept. */
  private List<BenchRow> rows(NamedConfig named, int length, List<MemoryModel> models)
      throws IOException {
    AcceleratorConfig config = named.config();
    int mostHeads = Math.max(denseHeads, heads.stream().mapToInt(count -> count).max().orElse(1));
    SyntheticTensors tensors =
        SyntheticTensors.of(mostHeads * config.groupQueries(), length, config.headDim(), seed);
    ThroughputTrial.Sequence sequence =
        new ThroughputTrial.Sequence(
            tensors.keys(),
            tensors.values(),
            new Calibrator(config).calibrate(tensors.keys(), tensors.queries()));
    List<Long> dense = dense(config, tensors, sequence, models);
    Testbench testbench = testbench(config);
    List<BenchRow> rows = new ArrayList<>();
    for (double percent : kept) {
      for (int count : heads) {
        ThroughputTrial trial =
            trial(
                config, tensors, sequence, count, sparse(config, length, budget(length, percent)));
        for (int i = 0; i < models.size(); i++) {
          MemoryModel model = models.get(i);
          ThroughputTrial.Measurement measured =
              trial.run(testbench, new MemoryTiming(model, seed));
          BenchRow row =
              new BenchRow()
                  .with("preset", named.name())
                  .with("tokens", length)
                  .with("kept", percent / PERCENT)
                  .with("memory", model.text());
          add(
              row,
              config,
              trial,
              measured,
              denseHeads == 0 ? 0 : dense.get(i) * count / denseHeads);
          rows.add(row);
        }
      }
    }
    return rows;
  }

  /** Cycles of dense attention of {@code denseHeads} heads under each memory. */
  private List<Long> dense(
      AcceleratorConfig config,
      SyntheticTensors tensors,
      ThroughputTrial.Sequence sequence,
      List<MemoryModel> models)
      throws IOException {
    if (denseHeads == 0) {
      return List.of();
    }
    int length = sequence.keys().rows();
    AcceleratorConfig able =
        length <= config.denseTokens() ? config : config.withMaxSelected(config.context());
    DecodeParameters parameters =
        DecodeParameters.dense(length, DecodeParameters.defaultFactor(config.headDim()), 0);
    ThroughputTrial trial = trial(able, tensors, sequence, denseHeads, parameters);
    Testbench testbench = testbench(able);
    List<Long> cycles = new ArrayList<>();
    for (MemoryModel model : models) {
      cycles.add(trial.run(testbench, new MemoryTiming(model, seed)).cycles());
    }
    return cycles;
  }

  private static ThroughputTrial trial(
      AcceleratorConfig config,
      SyntheticTensors tensors,
      ThroughputTrial.Sequence sequence,
      int heads,
      DecodeParameters parameters) {
    return new ThroughputTrial(
        config, sequence, tensors.queries().rows(0, heads * config.groupQueries()), parameters);
  }

  /** A sparse step, without forced tokens. */
  private static DecodeParameters sparse(AcceleratorConfig config, int tokens, int budget) {
    int factor = DecodeParameters.defaultFactor(config.headDim());
    return new DecodeParameters(tokens, budget, 0, 0, POOL, factor, 0);
  }

  private Testbench testbench(AcceleratorConfig config) throws IOException {
    return engine == EngineName.jvm
        ? new SimulatedAccelerator(config, new Accelerator(config))
        : VerilatedAccelerator.build(config, new ProjectFiles(ProjectFolder.root()), false);
  }

  private static void add(
      BenchRow row,
      AcceleratorConfig config,
      ThroughputTrial trial,
      ThroughputTrial.Measurement measured,
      long denseCycles) {
    double cycles = measured.cycles();
    row.with("heads", trial.heads())
        .with("cycles", measured.cycles())
        .with("useful_beats", measured.usefulBeats())
        .with("utilisation", measured.usefulBeats() / (cycles * config.channels()));
    if (denseCycles == 0) {
      row.with("dense_cycles", "-").with("speed_over_dense", "-");
    } else {
      row.with("dense_cycles", denseCycles).with("speed_over_dense", denseCycles / cycles);
    }
    row.with("scan_extra_cycles", extra(trial, measured.counter("CYCLES_SCAN")))
        .with(
            "filter_extra_cycles",
            extra(trial, measured.counter("CYCLES_THRESHOLD") + measured.counter("CYCLES_FILTER")));
  }

  /** Cycles of a head beyond one for each row. */
  private static double extra(ThroughputTrial trial, long cycles) {
    return (double) cycles / trial.heads() - trial.rows();
  }
}
