package sluice.hdl.lib.numeric;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import sluice.handoff.RtlPackage;
import sluice.hdl.Elaborator;

/**
 * Floating-point operations as emitted Verilog under Verilator, against a reference in C++, for all
 * of their operands; the command behind {@code scripts/exhaustive}.
 */
@Command(
    name = "exhaustive",
    description = {
      "Compares operations on words of 32 bits (two halves, a single, an integer), as emitted Verilog"
          + " under Verilator, with references in verilator-tb/exhaustive: values and all flags.",
      "Exits with 0 if all agree, and 1 otherwise."
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
public final class Exhaustive implements Callable<Integer> {

  @Option(
      names = "--operation",
      description = "one of ${COMPLETION-CANDIDATES}; may be repeated (default: all)")
  private Set<WordOperation> operations = EnumSet.allOf(WordOperation.class);

  @Option(
      names = "--sample",
      defaultValue = "0",
      description = "so many random blocks of 16 words, in place of all 2^32 words")
  private long sample;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "of the sample (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(names = "--help", usageHelp = true, description = "shows this")
  private boolean help;

  /** Runs the command. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Exhaustive()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    int worst = 0;
    for (WordOperation operation : operations) {
      long start = System.nanoTime();
      int code = sample > 0 ? sampled(operation, sample, seed) : all(operation);
      System.out.printf("%.0f seconds%n", (System.nanoTime() - start) * 1e-9);
      worst = Math.max(worst, code);
    }
    return worst;
  }

  /** Compares all words; returns 0 if there is no difference. */
  private static int all(WordOperation operation) throws IOException {
    return run(operation, List.of("0", Long.toString(OperationLanes.BLOCKS)));
  }

  /** Compares random blocks of words; returns 0 if there is no difference. */
  static int sampled(WordOperation operation, long blocks, long seed) throws IOException {
    return run(operation, List.of("0", Long.toString(blocks), Long.toString(seed)));
  }

  private static int run(WordOperation operation, List<String> range) throws IOException {
    List<String> command = new ArrayList<>(List.of(build(operation).toString(), operation.word()));
    command.addAll(range);
    return finish(new ProcessBuilder(command).inheritIO().start());
  }

  private static Path build(WordOperation operation) throws IOException {
    Path root = Path.of(System.getProperty("sluice.root", ".."));
    Path work = root.resolve("generator/target/cosim/exhaustive").resolve(operation.word());
    Path rtl = work.resolve("rtl");
    if (Files.exists(rtl)) {
      FileUtils.deleteDirectory(rtl.toFile());
    }
    Files.createDirectories(rtl);
    RtlPackage.write(Elaborator.elaborate(new OperationLanes(operation)), rtl);
    Process build =
        new ProcessBuilder(
                root.resolve("verilator-tb/build").toString(),
                "exhaustive",
                rtl.toString(),
                work.toString(),
                "--module",
                "sluice_" + operation.word() + "_lanes")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String path = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (finish(build) != 0) {
      throw new IOException("the simulator was not built");
    }
    return Path.of(path);
  }

  private static int finish(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted", e));
    }
  }
}
