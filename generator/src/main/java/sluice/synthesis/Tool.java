package sluice.synthesis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A program of others.
 *
 * @param command what it is called, on the path
 * @param debianPackage the Debian package that has it
 */
public record Tool(String command, String debianPackage) {

  /** Synthesis. */
  public static final Tool YOSYS = new Tool("yosys", "yosys");

  /** Static timing. */
  public static final Tool OPENSTA = new Tool("sta", "opensta");

  private static final int LINES_OF_FAILURE = 5;

  /**
   * Runs the program to its end.
   *
   * @param folder its working directory
   * @return all that it wrote
   * @throws IOException if it is not installed, or failed
   */
  public String run(Path folder, String... arguments) throws IOException {
    Path output = Files.createTempFile(folder, command, ".log");
    List<String> line = new ArrayList<>(List.of(command));
    line.addAll(Arrays.asList(arguments));
    Process process = start(line, folder, output);
    try {
      int exitCode = process.waitFor();
      String text = Files.readString(output, StandardCharsets.UTF_8);
      if (exitCode != 0) {
        throw new IOException(
            "%s failed with exit code %d:%n%s".formatted(command, exitCode, end(text)));
      }
      return text;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException(command + " was interrupted", e);
    }
  }

  private Process start(List<String> line, Path folder, Path output) throws IOException {
    try {
      return new ProcessBuilder(line)
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .redirectOutput(output.toFile())
          .start();
    } catch (IOException e) {
      throw new IOException(
          "%s is missing: install the Debian package %s".formatted(command, debianPackage), e);
    }
  }

  private static String end(String text) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    return String.join(
        System.lineSeparator(),
        lines.subList(Math.max(0, lines.size() - LINES_OF_FAILURE), lines.size()));
  }
}
