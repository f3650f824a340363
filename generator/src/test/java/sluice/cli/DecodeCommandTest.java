package sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.golden.Half;
import sluice.layout.DecodeParameters;
import sluice.tensor.HalfMatrix;
import sluice.tensor.IntMatrix;
import sluice.tensor.NpyFile;

/** {@code decode} on the golden model, preset tiny: d = 16, h = 8, 1,024 tokens, 256 selected. */
class DecodeCommandTest {
  private static final int D = 16;
  private static final int TOKENS = 60;

  @TempDir Path folder;

  @BeforeEach
  void tensors() throws IOException {
    Random random = new Random(5);
    write("q", normal(random, 8));
    write("k", normal(random, TOKENS));
    write("v", normal(random, TOKENS));
  }

  private static HalfMatrix normal(Random random, int rows) {
    return normal(random, rows, D);
  }

  private static HalfMatrix normal(Random random, int rows, int columns) {
    short[] bits = new short[rows * columns];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Half.ofDouble(random.nextGaussian());
    }
    return new HalfMatrix(rows, columns, bits);
  }

  private void write(String name, HalfMatrix matrix) throws IOException {
    NpyFile.write(path(name + ".npy"), matrix);
  }

  private Path path(String file) {
    return folder.resolve(file);
  }

  /** Runs decode on the three tensors, with all results. */
  private CommandRun decode(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("decode", "--preset", "tiny", "--q", path("q.npy").toString(), "--k"));
    arguments.addAll(List.of(path("k.npy").toString(), "--v", path("v.npy").toString()));
    arguments.addAll(List.of("--out", path("out.npy").toString()));
    arguments.addAll(List.of("--selected", path("sel.npy").toString()));
    arguments.addAll(List.of("--stats", path("stats.json").toString()));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private void assertRefused(CommandRun run, String message) {
    assertThat(run).isEqualTo(new CommandRun(2, "", "error: " + message + "\n"));
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("q.npy", "k.npy", "v.npy");
  }

  @Test
  void outputsHaveTheShapeOfTheQueries() throws IOException {
    CommandRun run = decode("--budget", "10");
    assertThat(run).isEqualTo(new CommandRun(0, "8 jobs over 60 tokens on golden (tiny)\n", ""));
    HalfMatrix out = NpyFile.readHalves(path("out.npy"));
    assertThat(out.rows()).isEqualTo(8);
    assertThat(out.columns()).isEqualTo(D);
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("q.npy", "k.npy", "v.npy", "out.npy", "sel.npy", "stats.json");
  }

  @Test
  void ofOneTokenTheValueIsTheOutput() throws IOException {
    HalfMatrix value = normal(new Random(1), 1);
    write("k", normal(new Random(2), 1));
    write("v", value);
    decode("--budget", "3");
    HalfMatrix out = NpyFile.readHalves(path("out.npy"));
    for (int query = 0; query < 8; query++) {
      assertThat(out.row(query)).isEqualTo(value.row(0));
    }
  }

  @Test
  void aDenseDecodeSelectsEveryToken() throws IOException {
    CommandRun run = decode("--dense");
    assertThat(run).isEqualTo(new CommandRun(0, "8 jobs over 60 tokens on golden (tiny)\n", ""));
    IntMatrix selected = NpyFile.readInts(path("sel.npy"));
    assertThat(selected.rows()).isEqualTo(8);
    assertThat(selected.columns()).isEqualTo(TOKENS);
    HalfMatrix dense = NpyFile.readHalves(path("out.npy"));
    decode("--budget", Integer.toString(TOKENS));
    assertThat(NpyFile.readHalves(path("out.npy"))).isEqualTo(dense);
    // What a dense decode does not look at is not refused.
    decode("--dense", "--pool", "2", "--sink", "1000", "--budget", "1000");
    assertThat(NpyFile.readHalves(path("out.npy"))).isEqualTo(dense);
  }

  @Test
  void aDenseDecodeOfMoreTokensThanFitIsRefused() throws IOException {
    write("k", normal(new Random(1), 257));
    write("v", normal(new Random(1), 257));
    assertRefused(
        decode("--dense"), "--dense: 257 tokens; allowed: 1 to 256 in this configuration");
  }

  @Test
  void selectionsAreARowAJob() throws IOException {
    decode("--budget", "10", "--sink", "2", "--recent", "3");
    IntMatrix selected = NpyFile.readInts(path("sel.npy"));
    assertThat(selected.rows()).isEqualTo(8);
    assertThat(selected.columns()).isEqualTo(15);
    for (int job = 0; job < 8; job++) {
      int[] tokens = Arrays.copyOfRange(selected.values(), job * 15, (job + 1) * 15);
      assertThat(tokens).isSorted().doesNotHaveDuplicates().startsWith(0, 1).endsWith(57, 58, 59);
    }
  }

  @Test
  void aGroupOfQueriesIsOneJob() throws IOException {
    CommandRun run = decode("--budget", "10", "--set", "groupQueries=4");
    assertThat(run.output()).isEqualTo("2 jobs over 60 tokens on golden (tiny)\n");
    assertThat(NpyFile.readHalves(path("out.npy")).rows()).isEqualTo(8);
    assertThat(NpyFile.readInts(path("sel.npy")).rows()).isEqualTo(2);
    assertThat(new ObjectMapper().readTree(path("stats.json").toFile()).get("jobs")).hasSize(2);
  }

  @Test
  void theFactorIsThatOfTheHeadDimension() throws IOException {
    decode("--budget", "10");
    byte[] usual = Files.readAllBytes(path("out.npy"));
    float factor = Float.intBitsToFloat(DecodeParameters.defaultFactor(D));
    assertThat(factor).isEqualTo((float) (1 / Math.log(2) / Math.sqrt(D)));
    decode("--budget", "10", "--factor", Float.toString(factor));
    assertThat(path("out.npy")).hasBinaryContent(usual);
    decode("--budget", "10", "--factor", "1.5");
    assertThat(Files.readAllBytes(path("out.npy"))).isNotEqualTo(usual);
  }

  @Test
  void aSavedCalibrationGivesTheSameAgain() throws IOException {
    String calibration = path("calibration.json").toString();
    String again = path("again.json").toString();
    decode("--budget", "10", "--save-calibration", calibration);
    byte[] out = Files.readAllBytes(path("out.npy"));
    byte[] selected = Files.readAllBytes(path("sel.npy"));
    decode("--budget", "10", "--calibration", calibration);
    assertThat(path("out.npy")).hasBinaryContent(out);
    assertThat(path("sel.npy")).hasBinaryContent(selected);
    // One made of other queries would be another.
    write("q", normal(new Random(9), 8));
    decode("--budget", "10", "--save-calibration", again);
    assertThat(Files.readString(path("again.json")))
        .isNotEqualTo(Files.readString(path("calibration.json")));
    decode("--budget", "10", "--calibration", calibration, "--save-calibration", again);
    assertThat(path("again.json")).hasSameBinaryContentAs(path("calibration.json"));
  }

  @Test
  void statisticsSayWhatEveryJobDid() throws IOException {
    decode("--budget", "10", "--skip", "65536");
    JsonNode stats = new ObjectMapper().readTree(path("stats.json").toFile());
    assertThat(stats.get("configuration").asText()).isEqualTo("tiny");
    assertThat(stats.get("engine").asText()).isEqualTo("golden");
    assertThat(stats.get("tokens").asInt()).isEqualTo(TOKENS);
    assertThat(stats.get("jobs")).hasSize(8);
    for (JsonNode job : stats.get("jobs")) {
      assertThat(job.get("status").asText()).isEqualTo("OK");
      assertThat(job.get("tokens_selected").asInt()).isEqualTo(10);
      assertThat(job.get("values_skipped").asInt()).isBetween(1, 9);
      assertThat(job.get("counters")).isEmpty();
    }
  }

  @Test
  void aNanInAQueryIsReported() throws IOException {
    HalfMatrix q = normal(new Random(4), 2);
    q.bits()[D + 3] = Half.NAN;
    write("q", q);
    assertThat(decode("--budget", "10").exitCode()).isZero();
    JsonNode jobs = new ObjectMapper().readTree(path("stats.json").toFile()).get("jobs");
    assertThat(jobs.get(0).get("status").asText()).isEqualTo("OK");
    assertThat(jobs.get(1).get("status").asText()).isEqualTo("INVALID_OPERAND");
    assertThat(NpyFile.readHalves(path("out.npy")).row(1)).containsOnly(Half.NAN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--pool 2 | --pool: 2; allowed: 1, 3, 5 or 7",
        "--skip 65537 | --skip: 65537; allowed: 0 to 65536",
        "--factor 0 | --factor: 0.0; allowed: 2^-31 to less than 2^16",
        "--factor -1 | --factor: -1.0; allowed: 2^-31 to less than 2^16",
        "--factor NaN | --factor: NaN; allowed: 2^-31 to less than 2^16",
        "--sink -1 | --budget, --sink, --recent and --skip: allowed: 0 or more",
        "--sink 247 | --sink + --recent + --budget: 247 + 0 + 10; allowed: 0 to maxSelected, 256",
        "--recent 9223372036854775807"
            + " | --sink + --recent + --budget: 0 + 9223372036854775807 + 10; allowed: 0 to"
            + " maxSelected, 256",
        "--preloaded | --preloaded and --trace: allowed with --engine jvm or verilator",
        "--engine jvm --memory hbm3"
            + " | --memory: hbm3; allowed: ideal, random, hbm2, ddr4, or a file that describes DRAM",
        "--engine jvm --memory ideal:soon"
            + " | --memory: ideal:soon; allowed: ideal, random, hbm2, ddr4, or a file that describes"
            + " DRAM",
        "--engine verilator --memory random:5"
            + " | --memory: random:5; allowed: random:MIN:MAX, latencies of 0 to 1000000 cycles",
        "--engine verilator --memory random:5:4"
            + " | --memory: random:5:4; allowed: random:MIN:MAX, latencies of 0 to 1000000 cycles",
        "--engine verilator --memory hbm2:0 | --memory: hbm2:0; allowed: hbm2:MHZ, of 1 to 100000",
        "--engine verilator --seed -3 | --seed: -3; allowed: 0 or more",
        "--set groupQueries=3 | --q: 8 rows; allowed: a multiple of groupQueries, 3",
        "--set channels=3 | channels is 3; allowed is 1, 2, 4, 8, 16 or 32",
      })
  void parametersThatAreNotPossibleAreRefused(String options, String message) {
    List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
    arguments.addAll(List.of("--budget", "10"));
    assertRefused(decode(arguments.toArray(String[]::new)), message);
  }

  @Test
  void tensorsOfTheWrongShapeAreRefused() throws IOException {
    write("k", normal(new Random(1), TOKENS, 8));
    assertRefused(
        decode("--budget", "10"),
        "--k: %s has 8 columns; allowed: headDim, 16".formatted(path("k.npy")));
    write("k", normal(new Random(1), TOKENS - 1));
    assertRefused(decode("--budget", "10"), "--v: 60 rows; allowed: as many as --k, 59");
    write("k", normal(new Random(1), 1025));
    write("v", normal(new Random(1), 1025));
    assertRefused(decode("--budget", "10"), "--k: 1025 tokens; allowed: 1 to context, 1024");
    write("k", normal(new Random(1), 0));
    write("v", normal(new Random(1), 0));
    assertRefused(decode("--budget", "10"), "--k: no tokens; allowed: 1 to 1024");
    write("q", normal(new Random(1), 0));
    assertRefused(decode("--budget", "10"), "--q: 0 rows; allowed: a multiple of groupQueries, 1");
  }

  @Test
  void filesOfAnotherTypeAreRefused() throws IOException {
    NpyFile.write(path("v.npy"), new IntMatrix(TOKENS, D, new int[TOKENS * D]));
    assertRefused(
        decode("--budget", "10"),
        "--v: %s: elements are '<i4'; '<f2' (FP16) is needed".formatted(path("v.npy")));
    Files.writeString(path("q.npy"), "no tensor");
    CommandRun run = decode("--budget", "10");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errors()).startsWith("error: --q: " + path("q.npy") + ": ").hasLineCount(1);
    Files.delete(path("q.npy"));
    assertThat(decode("--budget", "10"))
        .isEqualTo(new CommandRun(2, "", "error: --q: " + path("q.npy") + " is no file\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"heavy\": [0]} | weights: missing; allowed: a list",
        "{\"heavy\": [0], \"weights\": [1], \"thresholds\": [[0, 1, 2]]}"
            + " | heavy: 1 channels; allowed: 8 (heavyChannels)",
      })
  void aCalibrationThatDoesNotFitIsRefused(String text, String message) throws IOException {
    Path other = Files.createTempFile("calibration", ".json");
    try {
      Files.writeString(other, text);
      assertRefused(
          decode("--budget", "10", "--calibration", other.toString()),
          "--calibration: " + other + ": " + message);
    } finally {
      Files.delete(other);
    }
  }

  @Test
  void aPlaceThatCannotBeWrittenIsRefusedBeforeTheWork() {
    assertRefused(
        decode("--budget", "10", "--save-calibration", path("no/c.json").toString()),
        "--save-calibration: there is no folder " + path("no"));
    assertRefused(
        decode("--budget", "10", "--save-calibration", path("out.npy").toString()),
        "--out and --save-calibration name the same file, " + path("out.npy"));
  }

  @Test
  void optionsThatAreMissingOrUnknownAreRefused() {
    assertRefused(decode(), "--budget: missing; allowed: 0 or more, or --dense");
    assertThat(decode("--budget", "10", "--engine", "icarus").errors())
        .contains("Invalid value for option '--engine': expected one of [golden, jvm, verilator]");
    assertThat(decode("--budget", "ten").exitCode()).isEqualTo(2);
  }
}
