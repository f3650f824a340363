package sluice.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.Option;
import sluice.bench.ElaborationProcess;

/** {@code bench elaborate}: time and memory from nothing to Verilog. */
final class ElaborateBench implements Bench {
  private static final int DEFAULT_RUNS = 3;
  private static final double NANOSECONDS = 1e9;
  private static final double KIB_IN_MIB = 1024;

  @Option(
      names = "--links",
      split = ",",
      paramLabel = "N",
      description =
          "Modules of the chain, of 2,049 operations each; several numbers give several rows."
              + " Default: 5, 49 and 244: 10 k, 100 k and 500 k operations.")
  private List<Integer> links = new ArrayList<>();

  @Option(
      names = "--equal",
      split = ",",
      paramLabel = "N",
      description =
          "Equal modules of the chain, which become one; several numbers give several rows."
              + " Default: 64: 131 k operations.")
  private List<Integer> equal = new ArrayList<>();

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Runs of each, of which the median in time is shown. Default: 3.")
  private int runs = DEFAULT_RUNS;

  private record Measurement(double seconds, long operations, long bytes, long peakKib) {}

  @Override
  public String name() {
    return "elaborate";
  }

  @Override
  public List<String> description() {
    return List.of(
        "Time and memory of building circuits and writing their Verilog, whole processes.",
        "hello is a queue and a counter. dot-products is a chain of modules, each with 16 lanes of"
            + " 64 products of signed 4-bit numbers and registered trees of adders; constants"
            + " differ from module to module, so that none equals another. equal-dot-products is the"
            + " same with one constant, so that all modules are equal and written once. Every run is a Java"
            + " process of its own, timed from its start to its end; hello runs on a default JVM,"
            + " dot-products with the serial collector and the client compiler, as"
            + " scripts/generate does.");
  }

  @Override
  public List<BenchRow> run() throws IOException {
    if (runs < 1 || Stream.concat(links.stream(), equal.stream()).anyMatch(n -> n < 1)) {
      throw new UserError("--runs, --links and --equal: allowed: 1 or more");
    }
    List<BenchRow> rows = new ArrayList<>();
    rows.add(row("hello", median("hello", List.of())));
    for (int n : links.isEmpty() ? List.of(5, 49, 244) : links) {
      rows.add(row("dot-products", median(Integer.toString(n), GenerateJvm.options())));
    }
    for (int n : equal.isEmpty() ? List.of(64) : equal) {
      rows.add(
          row("equal-dot-products", median(ElaborationProcess.EQUAL + n, GenerateJvm.options())));
    }
    return rows;
  }

  private static BenchRow row(String design, Measurement measured) {
    return new BenchRow()
        .with("design", design)
        .with("operations", measured.operations())
        .with("seconds", measured.seconds())
        .with("peak_rss_mib", measured.peakKib() / KIB_IN_MIB)
        .with("verilog_bytes", measured.bytes());
  }

  private Measurement median(String size, List<String> options) throws IOException {
    List<Measurement> all = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      all.add(measure(size, options));
    }
    all.sort((a, b) -> Double.compare(a.seconds(), b.seconds()));
    return all.get(all.size() / 2);
  }

  private static Measurement measure(String size, List<String> options) throws IOException {
    Path directory = Files.createTempDirectory("sluice-elaborate");
    try {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(options);
      command.addAll(
          List.of(
              "-cp",
              System.getProperty("java.class.path"),
              ElaborationProcess.class.getName(),
              size,
              directory.toString()));
      long start = System.nanoTime();
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int exitCode = process.waitFor();
      double seconds = (System.nanoTime() - start) / NANOSECONDS;
      if (exitCode != 0) {
        throw new IOException("the measured process ended with exit code " + exitCode);
      }
      String[] numbers = output.split(" ");
      return new Measurement(
          seconds,
          Long.parseLong(numbers[0]),
          Long.parseLong(numbers[1]),
          Long.parseLong(numbers[2]));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the measurement was interrupted", e);
    } finally {
      FileUtils.deleteQuietly(directory.toFile());
    }
  }
}
