package sluice.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import sluice.cosim.DecodeRequest;
import sluice.cosim.JobOutcome;
import sluice.golden.CalibrationFile;
import sluice.tensor.HalfMatrix;
import sluice.tensor.IntMatrix;
import sluice.tensor.NpyFile;

/** The options that say where results go. */
final class DecodeOutputs {

  /** What fills the rows of jobs that selected fewer tokens than others. */
  private static final int PADDING = -1;

  @Option(names = "--out", paramLabel = "FILE", description = "Outputs, of the shape of q.")
  private Path out;

  @Option(
      names = "--selected",
      paramLabel = "FILE",
      description = "Selected tokens, int32 [jobs, most selected], padded with -1.")
  private Path selected;

  @Option(names = "--stats", paramLabel = "FILE", description = "Statistics (JSON).")
  private Path stats;

  @Option(
      names = "--save-calibration",
      paramLabel = "FILE",
      description = "Where to write the calibration that is used.")
  private Path calibration;

  /** Says which files there will be, so that a wrong place is refused before all work. */
  void announce(OutputFiles files) {
    files
        .announce("--out", out)
        .announce("--selected", selected)
        .announce("--stats", stats)
        .announce("--save-calibration", calibration);
  }

  /**
   * Writes the files.
   *
   * @param configuration its name
   * @param engine its name
   */
  void write(
      OutputFiles files,
      String configuration,
      String engine,
      DecodeRequest request,
      List<JobOutcome> outcomes)
      throws IOException {
    files.write(out, file -> NpyFile.write(file, outputs(outcomes)));
    files.write(selected, file -> NpyFile.write(file, selections(outcomes)));
    files.write(
        stats,
        file -> Files.writeString(file, statistics(configuration, engine, request, outcomes)));
    files.write(calibration, file -> CalibrationFile.write(file, request.calibration()));
  }

  private static HalfMatrix outputs(List<JobOutcome> outcomes) {
    List<short[]> rows = new ArrayList<>();
    outcomes.forEach(outcome -> rows.addAll(List.of(outcome.outputs())));
    return HalfMatrix.ofRows(rows.toArray(short[][]::new));
  }

  private static IntMatrix selections(List<JobOutcome> outcomes) {
    return IntMatrix.padded(outcomes.stream().map(JobOutcome::selected).toList(), PADDING);
  }

  private static String statistics(
      String configuration, String engine, DecodeRequest request, List<JobOutcome> outcomes)
      throws IOException {
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
    all.put("configuration", configuration);
    all.put("engine", engine);
    all.put("tokens", request.keys().rows());
    all.put("jobs", jobs);
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    return mapper.writeValueAsString(all) + "\n";
  }
}
