package sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ElaborateBenchTest {

  private static ElaborateBench bench(String... options) {
    ElaborateBench bench = new ElaborateBench();
    CommandLine command = BenchCommand.commandLine(List.of(bench));
    command.setOut(new PrintWriter(new StringWriter()));
    command.parseArgs(
        Stream.concat(Stream.of("elaborate"), Stream.of(options)).toArray(String[]::new));
    return bench;
  }

  @Test
  void measuresAWholeProcess() throws IOException {
    List<BenchRow> rows = bench("--links", "1", "--equal", "2", "--runs", "1").run();
    assertThat(rows).hasSize(3);
    assertThat(rows.get(0).fields()).containsEntry("design", "hello");
    assertThat(rows.get(1).fields())
        .containsEntry("design", "dot-products")
        .containsEntry("operations", 2049L)
        .containsKeys("seconds", "peak_rss_mib");
    assertThat((long) rows.get(1).fields().get("verilog_bytes")).isGreaterThan(100_000);
    assertThat(rows.get(2).fields())
        .containsEntry("design", "equal-dot-products")
        .containsEntry("operations", 2L * 2049);
    // The second module is written once; the top connects both.
    long once = (long) rows.get(1).fields().get("verilog_bytes");
    assertThat((long) rows.get(2).fields().get("verilog_bytes")).isLessThan(once * 3 / 2);
  }

  @Test
  void refusesNoRuns() {
    assertThatThrownBy(() -> bench("--runs", "0").run())
        .isInstanceOf(UserError.class)
        .hasMessage("--runs, --links and --equal: allowed: 1 or more");
  }

  @Test
  void runsOnTheSameJvmOptionsAsGenerating() throws IOException {
    Path root = Path.of(System.getProperty("sluice.root"));
    String script = Files.readString(root.resolve("scripts/generate"));
    String pom = Files.readString(root.resolve("generator/pom.xml"));
    for (String option : GenerateJvm.OPTIONS) {
      assertThat(script).contains(option);
      assertThat(pom).contains("<argument>" + option + "</argument>");
    }
    assertThat(script).contains(GenerateJvm.LARGE_PAGES);
    assertThat(GenerateJvm.options()).containsAll(GenerateJvm.OPTIONS);
  }
}
