package sluice.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sluice.accel.Accelerator;
import sluice.config.NamedConfig;
import sluice.hdl.Elaborator;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Netlist;
import sluice.synthesis.CellLibrary;
import sluice.synthesis.timing.DesignTiming;
import sluice.synthesis.timing.Endpoint;
import sluice.synthesis.timing.RegisterPath;
import sluice.synthesis.timing.TimingAssumptions;
import sluice.synthesis.timing.TimingReport;

/** {@code timing}: the worst paths of a module of the accelerator, by lines of Java. */
@Command(
    name = "timing",
    description = {
      "Static timing of a module of the accelerator: the worst paths, by registers and the lines of"
          + " Java that declare them.",
      "Yosys flattens the module and maps it to the cells of osu018, OpenSTA times it. Memories with"
          + " synchronous reads are boxes with the times given; wires have no length. All bits,"
          + " words and copies of a register count as one end, with the worst of their paths; ends is"
          + " how many of them are late. Needs Yosys, OpenSTA and qflow-tech-osu018 (Debian's"
          + " names). A slice of the reference configuration takes some minutes."
    },
    footer = {
      "",
      "Examples:",
      "  timing --config reference --set arithmetic=gates --json timing.jsonl",
      "  timing --config reference --module exact_dot --period 5"
    })
final class TimingCommand implements Callable<Integer> {
  private static final String DEFAULT_CONFIG = "reference";
  private static final String PORT = "port";

  @Spec private CommandSpec spec;

  @Mixin private ConfigOptions configOptions = new ConfigOptions();

  @Option(
      names = "--module",
      defaultValue = "channel_slice",
      paramLabel = "NAME",
      description = "Which module, without prefix. Default: ${DEFAULT-VALUE}.")
  private String module;

  @Option(
      names = "--period",
      defaultValue = "4.6",
      paramLabel = "NS",
      description = "Period of the clock. Default: ${DEFAULT-VALUE}, about 1 ns at 45 nm.")
  private double period;

  @Option(
      names = "--port-delay",
      defaultValue = "1.0",
      paramLabel = "NS",
      description =
          "How long after the clock's edge inputs arrive, and before it outputs are due."
              + " Default: ${DEFAULT-VALUE}.")
  private double portDelay;

  @Option(
      names = "--memory-delay",
      defaultValue = "1.0",
      paramLabel = "NS",
      description = "From the clock's edge to a memory's data. Default: ${DEFAULT-VALUE}.")
  private double memoryDelay;

  @Option(
      names = "--memory-setup",
      defaultValue = "0.25",
      paramLabel = "NS",
      description = "Setup time of a memory's inputs. Default: ${DEFAULT-VALUE}.")
  private double memorySetup;

  @Option(
      names = "--paths",
      defaultValue = "10",
      paramLabel = "N",
      description = "How many paths to tell, the worst first. Default: ${DEFAULT-VALUE}.")
  private int paths;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Where to write these paths as well: a JSON object a line.")
  private Path json;

  @Override
  public Integer call() throws IOException {
    check("--period", period, period > 0, "more than 0");
    check("--port-delay", portDelay, portDelay >= 0, "0 or more");
    check("--memory-delay", memoryDelay, memoryDelay >= 0, "0 or more");
    check("--memory-setup", memorySetup, memorySetup >= 0, "0 or more");
    check("--paths", paths, paths >= 1, "1 or more");
    NamedConfig chosen = configOptions.read(DEFAULT_CONFIG);
    Design whole = Elaborator.elaborate(new Accelerator(chosen.config()));
    Design design = Design.of(module(whole));
    try (OutputFiles files = new OutputFiles()) {
      files.announce("--json", json);
      TimingReport report =
          new DesignTiming(
                  CellLibrary.OSU018,
                  new TimingAssumptions(period, portDelay, memoryDelay, memorySetup))
              .measure(design);
      List<BenchRow> rows = rows(report, paths);
      files.write(
          json,
          file ->
              Files.writeString(file, JsonLines.of(rows.stream().map(BenchRow::fields).toList())));
      files.commit();
      PrintWriter console = spec.commandLine().getOut();
      console.print(text(chosen.name(), report));
      console.flush();
    }
    return 0;
  }

  private static void check(String option, Number value, boolean holds, String allowed) {
    if (!holds) {
      throw new UserError("%s: %s; allowed: %s".formatted(option, value, allowed));
    }
  }

  private Netlist module(Design whole) {
    return whole.modules().stream()
        .filter(netlist -> netlist.name().equals(module))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "--module: %s; allowed: %s"
                        .formatted(
                            module,
                            whole.modules().stream()
                                .map(Netlist::name)
                                .sorted()
                                .collect(Collectors.joining(", ")))));
  }

  /** The worst paths as fields. */
  static List<BenchRow> rows(TimingReport report, int most) {
    List<BenchRow> rows = new ArrayList<>();
    report.paths().stream()
        .limit(most)
        .forEach(
            path ->
                rows.add(
                    new BenchRow()
                        .with("slack_ns", path.slack())
                        .with("ends", path.violating())
                        .with("start", path.start().name())
                        .with("start_line", path.start().javaLine())
                        .with("end", path.end().name())
                        .with("end_line", path.end().javaLine())));
    return rows;
  }

  private String text(String config, TimingReport report) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s of %s at %s ns: worst slack %.2f ns, %d registers late; %,d flops, area %,.0f without memories%n"
            .formatted(
                module,
                config,
                period,
                report.worstSlack(),
                report.violations().size(),
                report.flops(),
                report.area()));
    report.paths().stream().limit(paths).forEach(path -> text.append(text(path)));
    return text.toString();
  }

  /** A path in two lines: slack and start, end. */
  static String text(RegisterPath path) {
    return "%7.2f  %s%n         -> %s%s%n"
        .formatted(
            path.slack(),
            text(path.start()),
            text(path.end()),
            path.violating() > 1 ? ", " + path.violating() + " ends late" : "");
  }

  private static String text(Endpoint endpoint) {
    return endpoint.name()
        + " ("
        + (endpoint.javaLine().isEmpty() ? PORT : endpoint.javaLine())
        + ")";
  }
}
