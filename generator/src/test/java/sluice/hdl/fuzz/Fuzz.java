package sluice.hdl.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares random designs in all simulators; the command behind {@code scripts/fuzz}. */
@Command(
    name = "fuzz",
    description = {
      "Compares random designs in the JVM simulator, interpreted and compiled, in Icarus Verilog and"
          + " in Verilator, with passes and without. A design that differs is shrunk and printed.",
      "Exits with 0 if all agree, and 1 otherwise."
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
public final class Fuzz implements Callable<Integer> {
  /** Designs that are shrunk at most: the first of a fault tells as much as the tenth. */
  private static final int SHRUNK = 3;

  @Option(
      names = "--designs",
      defaultValue = "100",
      description = "how many (default: ${DEFAULT-VALUE})")
  private int designs;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "of the first design; the others follow it (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--batch",
      defaultValue = "100",
      description = "designs in one run of a simulator (default: ${DEFAULT-VALUE})")
  private int batch;

  @Option(
      names = "--cycles",
      defaultValue = "60",
      description = "of each design, after the warm-up (default: ${DEFAULT-VALUE})")
  private int cycles;

  @Option(
      names = "--simulator",
      description = "of Verilog: ${COMPLETION-CANDIDATES} (default: both)")
  private Set<ExternalSimulator> simulators = EnumSet.allOf(ExternalSimulator.class);

  @Option(
      names = "--tries",
      defaultValue = "1500",
      description = "designs to look at to make one smaller (default: ${DEFAULT-VALUE})")
  private int tries;

  @Option(names = "--help", usageHelp = true, description = "shows this")
  private boolean help;

  /** Runs the command. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Fuzz()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Path folder = Files.createTempDirectory("sluice-fuzz");
    long start = System.nanoTime();
    long last = seed + designs - 1;
    System.out.printf(
        Locale.ROOT, "seeds %d to %d, in %s%n", seed, last, simulators.stream().sorted().toList());
    Campaign campaign = new Campaign(cycles, simulators, UnaryOperator.identity(), folder);
    List<Campaign.Finding> findings = new ArrayList<>();
    for (long first = seed; first <= last; first += batch) {
      int size = (int) Math.min(batch, last - first + 1);
      List<Campaign.Finding> found = campaign.run(first, size);
      found.forEach(f -> System.out.println("seed " + f.seed() + ": " + f.difference()));
      findings.addAll(found);
      System.out.printf(
          Locale.ROOT,
          "%d of %d designs, %d differences, %d s%n",
          first + size - seed,
          designs,
          findings.size(),
          (System.nanoTime() - start) / 1_000_000_000L);
    }
    findings.stream().limit(SHRUNK).forEach(this::report);
    System.out.printf(
        Locale.ROOT,
        "%s: seeds %d to %d, %d differences%n",
        findings.isEmpty() ? "ok" : "FAILED",
        seed,
        last,
        findings.size());
    if (findings.isEmpty()) {
      FileUtils.deleteDirectory(folder.toFile());
    } else {
      System.out.println("files of the last batch are in " + folder);
    }
    return findings.isEmpty() ? 0 : 1;
  }

  private void report(Campaign.Finding finding) {
    System.out.printf("%nseed %d, reset %s%n", finding.seed(), finding.style().label());
    Trial trial = Plan.of(finding.seed(), cycles).trial();
    if (finding.oracle().difference(trial) == null) {
      System.out.println(finding.difference());
      System.out.println("not shrunk: by itself it does what it should");
      return;
    }
    Shrinker.Shrunk shrunk = new Shrinker(finding.oracle(), tries).shrink(trial);
    System.out.println(FailureReport.of(shrunk, finding.variant(), finding.style()));
  }
}
