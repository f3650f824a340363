package sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import sluice.config.Presets;
import sluice.cosim.SimulationException;

class GenerateCommandTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void emitsTheChosenConfiguration() throws IOException {
    Path rtl = folder.resolve("rtl");

    int exitCode = run(writesConfig(), "--config", "tiny", "--out", rtl.toString());

    assertThat(exitCode).isZero();
    assertThat(rtl.resolve("config")).hasContent(Presets.get("tiny") + " sync-low off");
    assertThat(out).hasToString(rtl + ": 1 files of configuration tiny\n");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void appliesOverrides() throws IOException {
    run(
        writesConfig(),
        "--config=tiny",
        "--set=channels=2,kvHeads=4",
        "--set=queryBits=5",
        "--out=" + folder.resolve("rtl"));

    assertThat(folder.resolve("rtl/config"))
        .content()
        .contains("channels=2,", "kvHeads=4", "queryBits=5");
  }

  @Test
  void emptyOptionsMeanTheDefaults() throws IOException {
    run(
        writesConfig(),
        "--config=",
        "--set=",
        "--reset=",
        "--locators=",
        "--out=" + folder.resolve("rtl"));

    assertThat(folder.resolve("rtl/config")).hasContent(Presets.get("edge") + " sync-low off");
  }

  @Test
  void passesTheResetStyleOn() throws IOException {
    run(writesConfig(), "--reset=async-high", "--out=" + folder.resolve("rtl"));

    assertThat(folder.resolve("rtl/config")).content().endsWith(" async-high off");
  }

  @Test
  void passesOnWhereLinesOfJavaAreTold() throws IOException {
    run(writesConfig(), "--locators=comments", "--out=" + folder.resolve("rtl"));

    assertThat(folder.resolve("rtl/config")).content().endsWith(" sync-low comments");
  }

  @Test
  void anUnknownPlaceForLocatorsIsRefused() {
    int exitCode = run(writesConfig(), "--locators=on", "--out=" + folder.resolve("rtl"));

    assertThat(exitCode).isEqualTo(2);
    assertThat(err).hasToString("error: --locators: on; allowed: off, comments, map\n");
  }

  @Test
  void anUnknownResetStyleIsRefused() {
    int exitCode = run(writesConfig(), "--reset=none", "--out=" + folder.resolve("rtl"));

    assertThat(exitCode).isEqualTo(2);
    assertThat(err)
        .hasToString("error: --reset: none; allowed: sync-low, sync-high, async-low, async-high\n");
    assertThat(folder.resolve("rtl")).doesNotExist();
  }

  @Test
  void aWrongConfigurationIsRefusedAndNothingWritten() {
    int exitCode = run(writesConfig(), "--set=channels=3", "--out=" + folder.resolve("rtl"));

    assertThat(exitCode).isEqualTo(2);
    assertThat(err).hasToString("error: channels is 3; allowed is 1, 2, 4, 8, 16 or 32\n");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anUnknownOptionIsRefused() {
    int exitCode = run(writesConfig(), "--cofnig=tiny");

    assertThat(exitCode).isEqualTo(2);
    assertThat(err).hasToString("error: Unknown option: '--cofnig=tiny' (see 'generate --help')\n");
  }

  @Test
  void aFailureToWriteIsReportedInOneLine() {
    int exitCode =
        run(
            (config, reset, locators, directory) -> {
              throw new IOException("no space left on device");
            },
            "--out=" + folder.resolve("rtl"));

    assertThat(exitCode).isEqualTo(1);
    assertThat(err).hasToString("error: no space left on device\n");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFailedSimulationSaysWhatItSaid() {
    int exitCode =
        run(
            (config, reset, locators, directory) -> {
              throw new SimulationException("the simulation failed:\ncycle 7: hang");
            },
            "--out=" + folder.resolve("rtl"));

    assertThat(exitCode).isEqualTo(1);
    assertThat(err).hasToString("error: the simulation failed:\ncycle 7: hang\n");
  }

  @Test
  void aFileSystemsRefusalSaysWhatAndWhere() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    int exitCode = run(writesConfig(), "--out=" + file.resolve("rtl"));

    assertThat(exitCode).isEqualTo(1);
    assertThat(err).hasToString("error: file already exists: " + file + "\n");
  }

  @Test
  void aBugShowsWhereItHappened() {
    int exitCode =
        run(
            (config, reset, locators, directory) -> {
              throw new IllegalStateException("impossible");
            },
            "--out=" + folder.resolve("rtl"));

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("error: internal error, please report it with the lines below\n")
        .contains("java.lang.IllegalStateException: impossible", "at sluice.cli");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void helpExplainsEveryOption() {
    int exitCode = run(writesConfig(), "--help");

    assertThat(exitCode).isZero();
    assertThat(out.toString()).contains("--config", "--out", "--set", "--help", "Examples:");
  }

  private static GenerateCommand.Emitter writesConfig() {
    return (config, reset, locators, directory) ->
        Files.writeString(
            directory.resolve("config"), config + " " + reset.label() + " " + locators.label());
  }

  private int run(GenerateCommand.Emitter emitter, String... arguments) {
    return Sluice.configured(new CommandLine(new GenerateCommand(emitter)))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
