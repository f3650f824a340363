package sluice.cosim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One run of an external program.
 *
 * @param exitCode its exit code
 * @param output what it wrote to standard output
 * @param errors what it wrote to standard error
 */
record ToolRun(int exitCode, String output, String errors) {

  static ToolRun of(List<String> command, Path scratch) throws IOException {
    return of(command, scratch, Map.of());
  }

  /**
   * Runs a program to its end.
   *
   * @param scratch a folder for temporary files
   * @param environment variables beside those of this process
   */
  static ToolRun of(List<String> command, Path scratch, Map<String, String> environment)
      throws IOException {
    Path output = Files.createTempFile(scratch, "output", ".txt");
    Path errors = Files.createTempFile(scratch, "errors", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      int exitCode = process.waitFor();
      return new ToolRun(
          exitCode,
          Files.readString(output, StandardCharsets.UTF_8),
          Files.readString(errors, StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException(command.get(0) + " was interrupted", e);
    } finally {
      Files.deleteIfExists(output);
      Files.deleteIfExists(errors);
    }
  }
}
