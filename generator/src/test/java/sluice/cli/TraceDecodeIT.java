package sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tensors of a real transformer, 2,048 tokens and 8 queries, decoded on the golden model and on the
 * accelerator, in the JVM simulator and as emitted Verilog under Verilator: the files are equal to
 * the byte, and the accelerator's counters are. The accelerator itself appends keys and values.
 */
class TraceDecodeIT {
  private static final int QUERIES = 8;

  @TempDir Path folder;

  private static Path trace(String name) throws Exception {
    return Path.of(TraceDecodeIT.class.getResource("/traces/" + name).toURI());
  }

  /** Where a run leaves its results. */
  private record Results(Path out, Path selected, Path stats) {

    JsonNode jobs() throws IOException {
      return new ObjectMapper().readTree(stats.toFile()).get("jobs");
    }
  }

  private Results decode(String run, String trace, String options) throws Exception {
    Path results = Files.createDirectory(folder.resolve(run));
    Path tensors = trace(trace);
    List<String> arguments = new ArrayList<>(List.of("decode", "--preset=trace"));
    for (String tensor : List.of("q", "k", "v")) {
      arguments.addAll(List.of("--" + tensor, tensors.resolve(tensor + ".npy").toString()));
    }
    arguments.addAll(List.of("--budget=192", "--sink=4", "--recent=32"));
    arguments.addAll(List.of(options.split(" ")));
    Results files =
        new Results(
            results.resolve("out.npy"), results.resolve("sel.npy"), results.resolve("stats.json"));
    arguments.addAll(List.of("--out", files.out.toString()));
    arguments.addAll(List.of("--selected", files.selected.toString()));
    arguments.addAll(List.of("--stats", files.stats.toString()));
    CommandRun done = CommandRun.of(arguments.toArray(String[]::new));
    assertThat(done.errors()).isEmpty();
    assertThat(done.exitCode()).isZero();
    return files;
  }

  private static void assertSame(Results left, Results right) throws IOException {
    assertThat(left.out).hasSameBinaryContentAs(right.out);
    assertThat(left.selected).hasSameBinaryContentAs(right.selected);
    assertThat(left.jobs()).hasSize(QUERIES);
    for (int job = 0; job < QUERIES; job++) {
      for (String field : List.of("status", "tokens_selected", "values_skipped")) {
        assertThat(left.jobs().get(job).get(field))
            .as("%s of job %d", field, job)
            .isEqualTo(right.jobs().get(job).get(field));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "minilm-l0h2-n2048, --set channels=1 --pool 1 --skip 0",
    "minilm-l3h1-n2048, --set channels=1 --pool 3 --skip 64",
    "minilm-l0h2-n2048, --set channels=2 --set keyBits=4 --pool 3 --skip 64",
    "minilm-l3h1-n2048, --set channels=2 --set keyBits=4 --pool 1 --skip 0",
    "minilm-l0h2-n2048, --set channels=4 --pool 3 --skip 0",
    "minilm-l3h1-n2048, --set channels=4 --pool 1 --skip 64 --memory random --seed 3",
  })
  void theAcceleratorGivesTheGoldenModelsBytes(String trace, String options) throws Exception {
    Results golden = decode("golden", trace, options);
    Results verilator = decode("verilator", trace, options + " --engine verilator");
    assertSame(verilator, golden);
    Results jvm = decode("jvm", trace, options + " --engine jvm");
    assertSame(jvm, golden);
    assertThat(jvm.jobs()).isEqualTo(verilator.jobs());
    for (JsonNode job : verilator.jobs()) {
      JsonNode counters = job.get("counters");
      assertThat(counters.get("TOKENS_SELECTED").asInt()).isEqualTo(4 + 32 + 192);
      assertThat(counters.get("VALUES_SKIPPED")).isEqualTo(job.get("values_skipped"));
    }
  }

  @Test
  void neitherTheNumberOfChannelsNorWhoWroteTheCacheMatters() throws Exception {
    String trace = "minilm-l3h1-n2048";
    String parameters = "--pool 3 --skip 64 --engine verilator --set channels=";
    Results appended = decode("one", trace, parameters + "1");
    assertSame(decode("four", trace, parameters + "4"), appended);
    assertSame(decode("preloaded", trace, parameters + "1 --preloaded"), appended);
    assertSame(decode("preloaded-four", trace, parameters + "4 --preloaded"), appended);
  }
}
