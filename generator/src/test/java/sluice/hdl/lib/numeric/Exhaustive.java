package sluice.hdl.lib.numeric;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import sluice.handoff.RtlPackage;
import sluice.hdl.Elaborator;

/**
 * Arithmetic as emitted Verilog under Verilator, against references in C++ or the golden model, for
 * all operands; the command behind {@code scripts/exhaustive}.
 */
@Command(
    name = "exhaustive",
    description = {
      "Compares operations on words of at most 32 bits (two halves, a single, an integer), as emitted"
          + " Verilog under Verilator, with references in verilator-tb/exhaustive (values and all"
          + " flags), or with the golden model.",
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
      description = "so many random blocks of 16 words, in place of all words")
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
    return run(operation, List.of("0", Long.toString(OperationLanes.blocks(operation))));
  }

  /** Compares random blocks of words, or all if there are no more; 0 if there is no difference. */
  static int sampled(WordOperation operation, long blocks, long seed) throws IOException {
    if (OperationLanes.blocks(operation) <= blocks) {
      return all(operation);
    }
    return run(operation, List.of("0", Long.toString(blocks), Long.toString(seed)));
  }

  private static int run(WordOperation operation, List<String> range) throws IOException {
    Path program = build(operation);
    IntStream golden = operation.golden();
    String reference =
        golden == null
            ? operation.word()
            : written(golden, program.resolveSibling(operation.word() + ".golden"));
    List<String> command = new ArrayList<>(List.of(program.toString(), reference));
    command.add(Integer.toString(operation.bits()));
    command.addAll(range);
    return finish(new ProcessBuilder(command).inheritIO().start());
  }

  /** Writes values, 32 bits each with the lowest byte first; returns the file. */
  private static String written(IntStream values, Path file) throws IOException {
    int[] all = values.toArray();
    ByteBuffer bytes = ByteBuffer.allocate(4 * all.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(all);
    return Files.write(file, bytes.array()).toString();
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
