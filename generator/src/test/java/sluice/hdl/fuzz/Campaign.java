package sluice.hdl.fuzz;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import sluice.hdl.verilog.ResetStyle;

/**
 * Compares random designs in all simulators, many at once.
 *
 * <p>The JVM simulator, interpreted and without passes, says what a design should do. It is
 * compared with both engines after all {@linkplain Variant#all() variants} of passes, and with the
 * Verilog after the standard passes and after one other variant, in Icarus Verilog after two.
 *
 * @param cycles of each design, after the warm-up
 * @param simulators of Verilog to compare with
 * @param texts what is done to the Verilog of each module before
 * @param folder for files
 */
record Campaign(
    int cycles, Set<ExternalSimulator> simulators, UnaryOperator<String> texts, Path folder) {

  /** Runs of a simulator side by side. */
  private static final int PORTIONS = Runtime.getRuntime().availableProcessors();

  Campaign {
    simulators = Set.copyOf(simulators);
  }

  /**
   * A design that does not do what it should.
   *
   * @param oracle says so again
   */
  record Finding(
      long seed, Variant variant, ResetStyle style, Difference difference, Oracle oracle) {}

  /** All that is found among the designs of consecutive seeds. */
  List<Finding> run(long firstSeed, int designs) {
    List<Plan> plans =
        LongStream.range(firstSeed, firstSeed + designs)
            .parallel()
            .mapToObj(seed -> Plan.of(seed, cycles))
            .toList();
    List<Finding> findings = new ArrayList<>();
    List<Plan> known = new ArrayList<>();
    for (Plan plan : plans) {
      if (plan.expected() != null) {
        known.add(plan);
      } else {
        String message = "what it does depends on the state at the start";
        Difference difference = Difference.refusal("JVM simulator", message);
        findings.add(new Finding(plan.seed(), Variant.NONE, plan.style(), difference, t -> null));
      }
    }
    known.parallelStream().map(Campaign::inJvm).toList().forEach(findings::addAll);
    ExecutorService cores = Executors.newFixedThreadPool(PORTIONS);
    try {
      List<Future<List<Finding>>> runs = new ArrayList<>();
      for (ExternalSimulator simulator : simulators) {
        for (int i = 0; i < PORTIONS; i++) {
          int number = i;
          int from = known.size() * i / PORTIONS;
          List<Plan> portion = known.subList(from, known.size() * (i + 1) / PORTIONS);
          runs.add(cores.submit(() -> inVerilog(simulator, portion, number)));
        }
      }
      for (Future<List<Finding>> run : runs) {
        findings.addAll(run.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      cores.shutdownNow();
    }
    return findings;
  }

  private static List<Finding> inJvm(Plan plan) {
    List<Finding> findings = new ArrayList<>();
    for (Variant variant : Variant.all()) {
      Difference difference = Oracle.inJvm(plan.trial(), plan.expected(), variant);
      if (difference != null) {
        Oracle oracle = Oracle.jvm(variant);
        findings.add(new Finding(plan.seed(), variant, plan.style(), difference, oracle));
      }
    }
    return findings;
  }

  /** The variants that are written of a design. */
  private static List<Variant> variants(ExternalSimulator simulator, long seed) {
    List<Variant> others = new ArrayList<>(Variant.SINGLE);
    Variant single = others.get(Math.floorMod(seed, others.size()));
    if (simulator == ExternalSimulator.ICARUS) {
      return List.of(Variant.STANDARD, Variant.NONE, single);
    }
    others.add(Variant.NONE);
    return List.of(Variant.STANDARD, others.get(Math.floorMod(seed, others.size())));
  }

  private List<Finding> inVerilog(ExternalSimulator simulator, List<Plan> plans, int number) {
    Path own = folder.resolve(simulator.name() + number);
    Function<Variant, Function<ResetStyle, Oracle>> oracle =
        variant -> style -> Oracle.verilog(simulator, variant, style, texts, own.resolve("single"));
    List<Finding> findings = new ArrayList<>();
    List<Finding> tried = new ArrayList<>();
    List<Bench> benches = new ArrayList<>();
    for (Plan plan : plans) {
      List<Variant> variants = variants(simulator, plan.seed());
      for (int i = 0; i < variants.size(); i++) {
        Variant variant = variants.get(i);
        Oracle again = oracle.apply(variant).apply(plan.style());
        try {
          benches.add(plan.bench("abc".charAt(i), variant).withTexts(texts));
          tried.add(new Finding(plan.seed(), variant, plan.style(), null, again));
        } catch (RuntimeException e) {
          Difference difference =
              Difference.refusal("the Verilog writer, " + variant, e.toString());
          findings.add(new Finding(plan.seed(), variant, plan.style(), difference, again));
        }
      }
    }
    if (benches.isEmpty()) {
      return findings;
    }
    List<Difference> differences = simulator.run(benches, own);
    for (int i = 0; i < tried.size(); i++) {
      if (differences.get(i) != null) {
        Finding finding = tried.get(i);
        findings.add(
            new Finding(
                finding.seed(),
                finding.variant(),
                finding.style(),
                differences.get(i),
                finding.oracle()));
      }
    }
    return findings;
  }
}
