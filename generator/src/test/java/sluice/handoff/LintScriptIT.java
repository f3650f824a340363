package sluice.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.config.TestConfigs;

/** {@code scripts/lint}: what it lets pass and what not. */
class LintScriptIT {
  @TempDir static Path accelerator;

  @TempDir Path folder;

  @BeforeAll
  static void generate() throws IOException {
    RtlPackage.write(TestConfigs.tiny(), accelerator);
  }

  private Path circuit(String body) throws IOException {
    Files.writeString(
        folder.resolve("thing.v"),
        "module thing (input wire a, input wire b, output reg c);\n" + body + "\nendmodule\n");
    Files.writeString(folder.resolve("filelist.f"), "thing.v\n");
    return folder;
  }

  @Test
  void aWarningIsAFailure() throws Exception {
    LintRun result = LintRun.of("--top", "thing", circuit("  always @* c = a;"));
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output()).contains("UNUSED", "verilator has something to say");
  }

  @Test
  void aLatchIsAFailureAlsoForYosys() throws Exception {
    LintRun result = LintRun.of("--yosys", "--top", "thing", circuit("  always @* if (a) c = b;"));
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output()).contains("yosys has something to say");
  }

  @Test
  void oneBadFolderDoesNotHideTheOthers() throws Exception {
    LintRun result = LintRun.of(folder, accelerator);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output())
        .startsWith(folder + ": there is no filelist.f\n")
        .contains(accelerator + ": clean");
  }

  @Test
  void withoutFoldersItSaysHowItIsUsed() throws Exception {
    LintRun result = LintRun.of();
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output()).contains("usage: scripts/lint");
  }
}
