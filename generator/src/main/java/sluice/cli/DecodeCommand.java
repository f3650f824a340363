package sluice.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sluice.config.AcceleratorConfig;
import sluice.config.NamedConfig;
import sluice.cosim.DecodeRequest;
import sluice.cosim.Engine;
import sluice.cosim.GoldenEngine;
import sluice.cosim.JobOutcome;
import sluice.cosim.MemoryTiming;
import sluice.cosim.ProjectFiles;
import sluice.cosim.VerilatedAccelerator;
import sluice.cosim.VerilatorEngine;
import sluice.golden.Calibration;
import sluice.golden.CalibrationFile;
import sluice.golden.Calibrator;
import sluice.golden.JobCheck;
import sluice.layout.DecodeParameters;
import sluice.layout.Status;
import sluice.tensor.HalfMatrix;
import sluice.tensor.IntMatrix;
import sluice.tensor.NpyFile;

/** {@code decode}: attention over one's own tensors. */
@Command(
    name = "decode",
    description = {
      "Decodes queries over a sequence of keys and values, on the golden model or on the emitted"
          + " Verilog under Verilator. Both give the same bits.",
      "Tensors are NumPy files of FP16: q is [queries, d], taken G rows at a time, each group one"
          + " decode job; k and v are [tokens, d]."
    },
    footer = {
      "",
      "Examples:",
      "  decode --q q.npy --k k.npy --v v.npy --budget 128 --out out.npy",
      "  decode --engine verilator --set channels=4 --pool 3 --skip 64 --budget 128 \\",
      "      --q q.npy --k k.npy --v v.npy --out out.npy --selected sel.npy --stats stats.json"
    })
final class DecodeCommand implements Callable<Integer> {
  private static final String DEFAULT_CONFIG = "trace";

  /** What decodes. */
  enum EngineName {
    golden,
    verilator
  }

  @Spec private CommandSpec spec;

  @Mixin private ConfigOptions configOptions = new ConfigOptions();

  @Option(names = "--q", required = true, paramLabel = "FILE", description = "Queries.")
  private Path queries;

  @Option(names = "--k", required = true, paramLabel = "FILE", description = "Keys.")
  private Path keys;

  @Option(names = "--v", required = true, paramLabel = "FILE", description = "Values.")
  private Path values;

  @Option(
      names = "--calibration",
      paramLabel = "FILE",
      description =
          "Heavy channels, weights and thresholds (JSON). Default: made of the keys and queries.")
  private Path calibration;

  @Option(
      names = "--save-calibration",
      paramLabel = "FILE",
      description = "Where to write the calibration that is used.")
  private Path savedCalibration;

  @Option(
      names = "--budget",
      required = true,
      paramLabel = "K",
      description = "Tokens to select beside the forced ones.")
  private long budget;

  @Option(
      names = "--sink",
      defaultValue = "0",
      paramLabel = "S",
      description = "First tokens that are always selected. Default: ${DEFAULT-VALUE}.")
  private long sink;

  @Option(
      names = "--recent",
      defaultValue = "0",
      paramLabel = "R",
      description = "Last tokens that are always selected. Default: ${DEFAULT-VALUE}.")
  private long recent;

  @Option(
      names = "--pool",
      defaultValue = "1",
      paramLabel = "W",
      description = "Pooling window: 1, 3, 5 or 7. Default: ${DEFAULT-VALUE}.")
  private int pool;

  @Option(
      names = "--factor",
      paramLabel = "F",
      description = "Softmax scale times log2(e), rounded to FP32. Default: log2(e) / sqrt(d).")
  private Double factor;

  @Option(
      names = "--skip",
      defaultValue = "0",
      paramLabel = "P",
      description =
          "Weights below P / 65536 count as 0, and their values are not read."
              + " Default: ${DEFAULT-VALUE}.")
  private long skip;

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
      description = "With verilator: ideal or random memories. Default: ${DEFAULT-VALUE}.")
  private String memory;

  @Option(
      names = "--latency",
      paramLabel = "CYCLES",
      description = "With verilator: latency of the memories; of random ones MIN:MAX.")
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

  @Option(names = "--out", paramLabel = "FILE", description = "Outputs, of the shape of q.")
  private Path out;

  @Option(
      names = "--selected",
      paramLabel = "FILE",
      description = "Selected tokens, int32 [jobs, most selected], padded with -1.")
  private Path selected;

  @Option(names = "--stats", paramLabel = "FILE", description = "Statistics (JSON).")
  private Path stats;

  @Override
  public Integer call() throws IOException {
    NamedConfig named = configOptions.read(DEFAULT_CONFIG);
    DecodeRequest request = request(named.config());
    List<JobOutcome> outcomes = engine(named.config()).decode(request);
    write(named, request, outcomes);
    PrintWriter console = spec.commandLine().getOut();
    console.printf(
        "%d jobs over %d tokens on %s (%s)%n",
        outcomes.size(), request.keys().rows(), engine, named.name());
    console.flush();
    return 0;
  }

  private DecodeRequest request(AcceleratorConfig config) throws IOException {
    HalfMatrix q = matrix("--q", queries, config);
    HalfMatrix k = matrix("--k", keys, config);
    HalfMatrix v = matrix("--v", values, config);
    if (q.rows() == 0 || q.rows() % config.groupQueries() != 0) {
      throw new UserError(
          "--q: "
              + q.rows()
              + " rows; allowed: a multiple of groupQueries, "
              + config.groupQueries());
    }
    if (k.rows() != v.rows()) {
      throw new UserError("--v: " + v.rows() + " rows; allowed: as many as --k, " + k.rows());
    }
    DecodeParameters parameters =
        new DecodeParameters(k.rows(), budget, sink, recent, pool, factorBits(config), skip);
    check(config, parameters);
    Calibration used =
        calibration == null
            ? new Calibrator(config).calibrate(k, q)
            : CalibrationFile.read(calibration, config);
    if (savedCalibration != null) {
      CalibrationFile.write(savedCalibration, used);
    }
    return new DecodeRequest(config, q, k, v, used, parameters);
  }

  private static HalfMatrix matrix(String option, Path file, AcceleratorConfig config)
      throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new UserError(option + ": " + file + " is no file");
    }
    HalfMatrix matrix = NpyFile.readHalves(file);
    if (matrix.columns() != config.headDim()) {
      throw new UserError(
          option
              + ": "
              + file
              + " has "
              + matrix.columns()
              + " columns; allowed: headDim, "
              + config.headDim());
    }
    return matrix;
  }

  private int factorBits(AcceleratorConfig config) {
    return factor == null
        ? DecodeParameters.defaultFactor(config.headDim())
        : Float.floatToIntBits(factor.floatValue());
  }

  private void check(AcceleratorConfig config, DecodeParameters parameters) {
    if (budget < 0 || sink < 0 || recent < 0 || skip < 0) {
      throw new UserError("--budget, --sink, --recent and --skip: allowed: 0 or more");
    }
    Status status = new JobCheck(config).parameters(parameters);
    switch (status) {
      case OK -> {}
      case EMPTY -> throw new UserError("--k: no tokens; allowed: 1 to " + config.context());
      case CONTEXT ->
          throw new UserError(
              "--k: "
                  + parameters.tokens()
                  + " tokens; allowed: 1 to context, "
                  + config.context());
      case CAPACITY ->
          throw new UserError(
              "--sink + --recent + --budget: "
                  + (sink + recent + budget)
                  + "; allowed: 0 to maxSelected, "
                  + config.maxSelected());
      case WINDOW -> throw new UserError("--pool: " + pool + "; allowed: 1, 3, 5 or 7");
      case FACTOR ->
          throw new UserError("--factor: " + factor + "; allowed: 2^-31 to less than 2^16");
      case SKIP -> throw new UserError("--skip: " + skip + "; allowed: 0 to 65536");
      default -> throw new IllegalStateException(status.toString());
    }
  }

  private Engine engine(AcceleratorConfig config) throws IOException {
    if (engine == EngineName.golden) {
      if (preloaded || trace != null) {
        throw new UserError("--preloaded and --trace: allowed with --engine verilator");
      }
      return new GoldenEngine();
    }
    MemoryTiming timing =
        switch (memory) {
          case "ideal" -> new MemoryTiming("ideal", latency == null ? "16" : latency, seed);
          case "random" -> new MemoryTiming("random", latency == null ? "1:100" : latency, seed);
          default -> throw new UserError("--memory: " + memory + "; allowed: ideal or random");
        };
    VerilatedAccelerator accelerator =
        VerilatedAccelerator.build(config, new ProjectFiles(ProjectFolder.root()), trace != null);
    return new VerilatorEngine(
        accelerator, new VerilatedAccelerator.Options(timing, trace, true), preloaded);
  }

  private void write(NamedConfig named, DecodeRequest request, List<JobOutcome> outcomes)
      throws IOException {
    if (out != null) {
      List<short[]> rows = new ArrayList<>();
      outcomes.forEach(outcome -> rows.addAll(List.of(outcome.outputs())));
      NpyFile.write(out, HalfMatrix.ofRows(rows.toArray(short[][]::new)));
    }
    if (selected != null) {
      NpyFile.write(
          selected, IntMatrix.padded(outcomes.stream().map(JobOutcome::selected).toList(), -1));
    }
    if (stats != null) {
      List<Map<String, Object>> jobs = new ArrayList<>();
      for (JobOutcome outcome : outcomes) {
        Map<String, Object> job = new LinkedHashMap<>();
        job.put("status", outcome.status().name());
        job.put("tokens_selected", outcome.selected().length);
        job.put("values_skipped", outcome.skipped());
        job.put("counters", outcome.counters());
        jobs.add(job);
      }
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("configuration", named.name());
      all.put("engine", engine.name());
      all.put("tokens", request.keys().rows());
      all.put("jobs", jobs);
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(stats.toFile(), all);
    }
  }
}
