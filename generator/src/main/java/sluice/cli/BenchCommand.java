package sluice.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench}: the list of benches, each of which is a subcommand. */
@Command(
    name = "bench",
    description = "Measures. Without a name, lists what can be measured.",
    synopsisSubcommandLabel = "[NAME]",
    footer = {"", "Examples:", "  bench decode --preset trace --json results.jsonl"})
final class BenchCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  /** The command with all benches, in the order of the list. */
  static CommandLine commandLine() {
    return commandLine(
        List.of(
            new DecodeBench(),
            new ThroughputBench(),
            new ElaborateBench(),
            new SimulateBench(),
            new AreaBench()));
  }

  /**
   * The command with other benches.
   *
   * @param benches new objects: their options are set by the command line
   */
  static CommandLine commandLine(List<Bench> benches) {
    CommandLine command = new CommandLine(new BenchCommand());
    for (Bench bench : benches) {
      CommandSpec one = CommandSpec.forAnnotatedObject(new Run(bench));
      one.name(bench.name());
      one.usageMessage().description(bench.description().toArray(String[]::new));
      one.addMixin("bench", CommandSpec.forAnnotatedObject(bench));
      command.addSubcommand(bench.name(), one);
    }
    return command;
  }

  @Override
  public Integer call() {
    PrintWriter console = spec.commandLine().getOut();
    spec.subcommands()
        .forEach(
            (name, command) ->
                console.printf(
                    "%-10s %s%n", name, command.getCommandSpec().usageMessage().description()[0]));
    console.flush();
    return 0;
  }

  /** One bench: the options that all have, and what is done with results. */
  @Command
  static final class Run implements Callable<Integer> {
    private final Bench bench;

    @Spec private CommandSpec spec;

    @Option(
        names = "--json",
        paramLabel = "FILE",
        description = "Where to write the results as well: a JSON object a line.")
    private Path json;

    Run(Bench bench) {
      this.bench = bench;
    }

    @Override
    public Integer call() throws IOException {
      try (OutputFiles files = new OutputFiles()) {
        files.announce("--json", json);
        List<BenchRow> rows = bench.run();
        files.write(json, file -> Files.writeString(file, JsonLines.of(fields(rows))));
        files.commit();
        PrintWriter console = spec.commandLine().getOut();
        console.print(bench.table(rows));
        console.flush();
      }
      return 0;
    }

    private List<Map<String, Object>> fields(List<BenchRow> rows) {
      List<Map<String, Object>> all = new ArrayList<>();
      for (BenchRow row : rows) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("bench", bench.name());
        fields.putAll(row.fields());
        all.add(fields);
      }
      return all;
    }
  }
}
