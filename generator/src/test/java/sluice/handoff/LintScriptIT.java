package sluice.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.config.TestConfigs;

/** {@code scripts/lint}: what it lets pass and what not. */
class LintScriptIT {
  private static final Path SCRIPT =
      Path.of(System.getProperty("sluice.root"), "scripts", "lint").toAbsolutePath();

  /** What a command printed, and its exit code. */
  private record Result(int exitCode, String output) {}

  @TempDir static Path accelerator;

  @TempDir Path folder;

  @BeforeAll
  static void generate() throws IOException {
    RtlPackage.write(TestConfigs.tiny(), accelerator);
  }

  private static Result lint(Object... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  private Path circuit(String body) throws IOException {
    Files.writeString(
        folder.resolve("thing.v"),
        "module thing (input wire a, input wire b, output reg c);\n" + body + "\nendmodule\n");
    Files.writeString(folder.resolve("filelist.f"), "thing.v\n");
    return folder;
  }

  @Test
  void aGeneratedAcceleratorIsClean() throws Exception {
    int files = Files.readAllLines(accelerator.resolve("filelist.f")).size();
    assertThat(lint("--yosys", accelerator))
        .isEqualTo(
            new Result(
                0, accelerator + ": clean (" + files + " files, verilator iverilog yosys)\n"));
  }

  @Test
  void aWarningIsAFailure() throws Exception {
    Result result = lint("--top", "thing", circuit("  always @* c = a;"));
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output()).contains("UNUSED", "verilator has something to say");
  }

  @Test
  void aLatchIsAFailureAlsoForYosys() throws Exception {
    Result result = lint("--yosys", "--top", "thing", circuit("  always @* if (a) c = b;"));
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output()).contains("yosys has something to say");
  }

  @Test
  void oneBadFolderDoesNotHideTheOthers() throws Exception {
    Result result = lint(folder, accelerator);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output())
        .startsWith(folder + ": there is no filelist.f\n")
        .contains(accelerator + ": clean");
  }

  @Test
  void withoutFoldersItSaysHowItIsUsed() throws Exception {
    Result result = lint();
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output()).contains("usage: scripts/lint");
  }
}
