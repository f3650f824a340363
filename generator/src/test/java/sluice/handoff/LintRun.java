package sluice.handoff;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code scripts/lint} printed, and its exit code. */
record LintRun(int exitCode, String output) {
  private static final Path SCRIPT =
      Path.of(System.getProperty("sluice.root"), "scripts", "lint").toAbsolutePath();

  static LintRun of(Object... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new LintRun(process.waitFor(), output);
  }
}
