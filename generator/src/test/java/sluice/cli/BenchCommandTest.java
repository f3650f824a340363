package sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Option;

class BenchCommandTest {

  @TempDir Path folder;

  /** Squares numbers. */
  private static final class Squares implements Bench {
    @Option(names = "--upto", defaultValue = "2")
    private int upto;

    @Override
    public String name() {
      return "squares";
    }

    @Override
    public List<String> description() {
      return List.of("Squares of numbers.", "A second line.");
    }

    @Override
    public List<BenchRow> run() throws IOException {
      if (upto == 0) {
        throw new UserError("--upto: 0; allowed: 1 or more");
      }
      if (upto < 0) {
        throw new IOException("no power");
      }
      return IntStream.rangeClosed(1, upto)
          .mapToObj(
              n -> new BenchRow().with("name", "no" + n).with("area_m2", n * n).with("odd", n == 1))
          .toList();
    }
  }

  private static CommandRun bench(String... arguments) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    int exitCode =
        Sluice.configured(BenchCommand.commandLine(List.of(new Squares())))
            .setOut(new PrintWriter(output))
            .setErr(new PrintWriter(errors))
            .execute(arguments);
    return new CommandRun(exitCode, output.toString(), errors.toString());
  }

  @Test
  void withoutANameTheBenchesAreListed() {
    assertThat(bench()).isEqualTo(new CommandRun(0, "squares    Squares of numbers.\n", ""));
    assertThat(CommandRun.of("bench").output()).startsWith("decode     Cycles of one decode job");
  }

  @Test
  void resultsAreATableAndJsonLines() {
    Path json = folder.resolve("results.jsonl");
    assertThat(bench("squares", "--json", json.toString()))
        .isEqualTo(
            new CommandRun(
                0,
                """
                name  area_m2  odd
                no1         1  yes
                no2         4  no
                """,
                ""));
    assertThat(json)
        .hasContent(
            """
            {"bench":"squares","name":"no1","area_m2":1,"odd":true}
            {"bench":"squares","name":"no2","area_m2":4,"odd":false}
            """);
  }

  @Test
  void aFailureLeavesNoFile() {
    String json = folder.resolve("results.jsonl").toString();
    assertThat(bench("squares", "--upto", "-1", "--json", json))
        .isEqualTo(new CommandRun(1, "", "error: no power\n"));
    assertThat(bench("squares", "--upto", "0", "--json", json))
        .isEqualTo(new CommandRun(2, "", "error: --upto: 0; allowed: 1 or more\n"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void badArgumentsAreRefused() {
    assertThat(bench("cubes"))
        .isEqualTo(
            new CommandRun(
                2, "", "error: Unmatched argument at index 0: 'cubes' (see 'bench --help')\n"));
    assertThat(bench("squares", "--up").errors()).startsWith("error: Unknown option: '--up'");
    Path nowhere = folder.resolve("no/results.jsonl");
    assertThat(bench("squares", "--json", nowhere.toString()))
        .isEqualTo(
            new CommandRun(
                2, "", "error: --json: there is no folder " + nowhere.getParent() + "\n"));
  }

  @Test
  void helpSaysWhatIsMeasuredAndHow() {
    assertThat(bench("squares", "--help").output())
        .contains("Squares of numbers.", "A second line.", "--upto", "--json", "--help");
    assertThat(CommandRun.of("bench", "decode", "--help").output())
        .contains("N(0, 1)", "--tokens", "--preset", "--json");
  }

  @Test
  void timingRefusesModulesThatThereAreNot() {
    CommandRun run = CommandRun.of("timing", "--config", "tiny", "--module", "slice");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errors())
        .startsWith("error: --module: slice; allowed: ")
        .contains(", channel_slice, ");
    assertThat(CommandRun.of("timing", "--period", "0").errors())
        .isEqualTo("error: --period: 0.0; allowed: more than 0\n");
    assertThat(CommandRun.of("timing", "--memory-delay", "-1").errors())
        .isEqualTo("error: --memory-delay: -1.0; allowed: 0 or more\n");
    assertThat(CommandRun.of("timing", "--paths", "0").errors())
        .isEqualTo("error: --paths: 0; allowed: 1 or more\n");
  }

  @Test
  void areaRefusesUnitsThatItDoesNotKnow() {
    CommandRun run = CommandRun.of("bench", "area", "--unit", "fp16-add,fp17-add");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errors())
        .startsWith("error: --unit: fp17-add; allowed: fp16-add, fp16-multiply, ")
        .endsWith(", dot-lane\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--tokens 0 | --tokens: 0; allowed: 1 to context, 1024",
        "--tokens 16,1025 | --tokens: 1025; allowed: 1 to context, 1024",
        "--budget 257 | --budget: 257; allowed: 0 to maxSelected, 256",
        "--memory ideal:1:2"
            + " | --memory: ideal:1:2; allowed: ideal:LATENCY, of 0 to 1000000 cycles",
        "--set channels=3 | channels is 3; allowed is 1, 2, 4, 8, 16 or 32",
      })
  void decodeRefusesWhatIsNotPossible(String options, String message) {
    String line = "bench decode --preset tiny " + options;
    assertThat(CommandRun.of(line.split(" ")))
        .isEqualTo(new CommandRun(2, "", "error: " + message + "\n"));
  }
}
