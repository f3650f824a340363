package sluice.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import picocli.CommandLine.Option;
import sluice.config.AcceleratorConfig;
import sluice.cosim.DecodeRequest;
import sluice.golden.Calibration;
import sluice.golden.CalibrationFile;
import sluice.golden.Calibrator;
import sluice.golden.JobCheck;
import sluice.layout.DecodeParameters;
import sluice.layout.Status;
import sluice.tensor.HalfMatrix;
import sluice.tensor.NpyFile;
import sluice.tensor.NpyFormatException;

/** The options that say what is decoded: tensors, calibration and parameters of the jobs. */
final class DecodeInputs {

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
      names = "--dense",
      description =
          "Reads every token and predicts nothing; --budget, --sink, --recent and --pool have no"
              + " meaning.")
  private boolean dense;

  @Option(
      names = "--budget",
      paramLabel = "K",
      description = "Tokens to select beside the forced ones; needed without --dense.")
  private Long budgetOption;

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

  /**
   * Reads and checks everything.
   *
   * @throws UserError if a file is not what it should be, or the accelerator would refuse the jobs
   */
  DecodeRequest read(AcceleratorConfig config) throws IOException {
    HalfMatrix q = matrix("--q", queries, config);
    HalfMatrix k = matrix("--k", keys, config);
    HalfMatrix v = matrix("--v", values, config);
    if (q.rows() == 0 || q.rows() % config.groupQueries() != 0) {
      throw new UserError(
          "--q: %d rows; allowed: a multiple of groupQueries, %d"
              .formatted(q.rows(), config.groupQueries()));
    }
    if (k.rows() != v.rows()) {
      throw new UserError(
          "--v: %d rows; allowed: as many as --k, %d".formatted(v.rows(), k.rows()));
    }
    DecodeParameters parameters = parameters(config, k.rows());
    return new DecodeRequest(config, q, k, v, calibration(config, q, k), parameters);
  }

  private static HalfMatrix matrix(String option, Path file, AcceleratorConfig config)
      throws IOException {
    checkFile(option, file);
    HalfMatrix matrix;
    try {
      matrix = NpyFile.readHalves(file);
    } catch (NpyFormatException e) {
      throw new UserError(option + ": " + e.getMessage());
    }
    if (matrix.columns() != config.headDim()) {
      throw new UserError(
          "%s: %s has %d columns; allowed: headDim, %d"
              .formatted(option, file, matrix.columns(), config.headDim()));
    }
    return matrix;
  }

  private static void checkFile(String option, Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserError(option + ": " + file + " is no file");
    }
  }

  private Calibration calibration(AcceleratorConfig config, HalfMatrix q, HalfMatrix k)
      throws IOException {
    if (calibration == null) {
      return new Calibrator(config).calibrate(k, q);
    }
    checkFile("--calibration", calibration);
    try {
      return CalibrationFile.read(calibration, config);
    } catch (IllegalArgumentException e) {
      throw new UserError("--calibration: " + e.getMessage());
    }
  }

  private DecodeParameters parameters(AcceleratorConfig config, int tokens) {
    if (budgetOption == null && !dense) {
      throw new UserError("--budget: missing; allowed: 0 or more, or --dense");
    }
    budget = budgetOption == null ? 0 : budgetOption;
    if (LongStream.of(budget, sink, recent, skip).anyMatch(number -> number < 0)) {
      throw new UserError("--budget, --sink, --recent and --skip: allowed: 0 or more");
    }
    if (LongStream.of(budget, sink, recent).anyMatch(number -> number > config.maxSelected())) {
      throw tooManySelected(config);
    }
    int factorBits =
        factor == null
            ? DecodeParameters.defaultFactor(config.headDim())
            : Float.floatToIntBits(factor.floatValue());
    DecodeParameters parameters =
        dense
            ? DecodeParameters.dense(tokens, factorBits, skip)
            : new DecodeParameters(tokens, budget, sink, recent, pool, factorBits, skip);
    Status status = new JobCheck(config).parameters(parameters);
    switch (status) {
      case OK -> {}
      case EMPTY -> throw new UserError("--k: no tokens; allowed: 1 to " + config.context());
      case CONTEXT ->
          throw new UserError(
              "--k: %d tokens; allowed: 1 to context, %d".formatted(tokens, config.context()));
      case CAPACITY ->
          throw dense
              ? new UserError(
                  "--dense: %d tokens; allowed: 1 to %d in this configuration"
                      .formatted(tokens, config.denseTokens()))
              : tooManySelected(config);
      case WINDOW -> throw new UserError("--pool: " + pool + "; allowed: 1, 3, 5 or 7");
      case FACTOR ->
          throw new UserError("--factor: " + factor + "; allowed: 2^-31 to less than 2^16");
      case SKIP ->
          throw new UserError(
              "--skip: %d; allowed: 0 to %d".formatted(skip, DecodeParameters.MAX_SKIP));
      default -> throw new IllegalStateException(status.toString());
    }
    return parameters;
  }

  private UserError tooManySelected(AcceleratorConfig config) {
    return new UserError(
        "--sink + --recent + --budget: %d + %d + %d; allowed: 0 to maxSelected, %d"
            .formatted(sink, recent, budget, config.maxSelected()));
  }
}
