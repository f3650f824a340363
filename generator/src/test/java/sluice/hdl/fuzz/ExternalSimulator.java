package sluice.hdl.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Simulators of Verilog that run many benches at once. */
enum ExternalSimulator {
  ICARUS("Icarus Verilog") {
    @Override
    String run(Path folder) {
      String compiled =
          command(
              folder, Map.of(), "iverilog", "-g2005", "-s", "batch", "-o", "batch.vvp", "batch.v");
      return compiled.isEmpty() ? command(folder, Map.of(), "vvp", "-n", "batch.vvp") : compiled;
    }
  },
  VERILATOR("Verilator") {
    @Override
    String run(Path folder) {
      String built = command(folder, Map.of("OBJCACHE", "ccache"), VERILATE.toArray(String[]::new));
      if (built.startsWith(FAILED)) {
        return built;
      }
      String[] options = {"+verilator+rand+reset+2", "+verilator+seed+" + SEED};
      return command(folder, Map.of(), "obj/batch", options[0], options[1])
          .replaceAll("(?m)^- .*\n", "");
    }
  };

  private static final String FAILED = "failed: ";
  private static final String DONE = "done\n";
  private static final int SEED = 7;

  /**
   * What Verilator 5 says of right Verilog that it does not take: designs of these are left out.
   */
  private static final List<String> OWN_FAULTS =
      List.of(
          // The parity of a choice, one side of which is a bit with zeros before it.
          "Internal Error: .*Reduction over single bit value should have been folded");

  private static final int LONGEST_MESSAGE = 2000;

  /** Code that is compiled quickly matters more than code that runs quickly. */
  private static final List<String> VERILATE =
      List.of(
          "verilator",
          "--binary",
          "--timing",
          "-Wno-fatal",
          "-Wno-lint",
          "-Wno-style",
          // Verilator 5.006 folds some reductions of single bits by exclusive or wrongly.
          "-fno-const-bit-op-tree",
          "--x-initial",
          "unique",
          "--x-assign",
          "unique",
          "--output-split",
          "1000000000",
          "--top-module",
          "batch",
          "--Mdir",
          "obj",
          "-o",
          "batch",
          "-CFLAGS",
          "-O0",
          "-MAKEFLAGS",
          "OPT_FAST=-O0 OPT_SLOW=-O0 OPT_GLOBAL=-O1",
          "batch.v");

  private final String label;

  ExternalSimulator(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** What a simulator prints that compiles and runs {@code batch.v}. */
  abstract String run(Path folder);

  /**
   * Runs benches with one schedule of clocks. Where the simulator does not take them, it is tried
   * with fewer.
   *
   * @param folder for the files
   * @return what differs for each bench, null for nothing
   */
  List<Difference> run(List<Bench> benches, Path folder) {
    write(benches, folder);
    String output = run(folder);
    Difference[] differences = new Difference[benches.size()];
    if (output.endsWith(DONE)) {
      for (int i = 0; i < differences.length; i++) {
        Matcher told =
            Pattern.compile("(?m)^" + benches.get(i).id() + " (\\d+) (.*)$").matcher(output);
        if (told.find()) {
          int cycle = Integer.parseInt(told.group(1));
          differences[i] = benches.get(i).difference(label, cycle, told.group(2));
        }
      }
    } else if (differences.length == 1 && isOwnFault(output)) {
      System.out.println(benches.get(0).id() + " is left out: a known fault of " + label);
    } else if (differences.length == 1) {
      String message = output.substring(0, Math.min(output.length(), LONGEST_MESSAGE));
      differences[0] = Difference.refusal(label + ", " + benches.get(0).variant(), message);
    } else {
      int half = differences.length / 2;
      List<Difference> all = new ArrayList<>(run(benches.subList(0, half), folder));
      all.addAll(run(benches.subList(half, differences.length), folder));
      return all;
    }
    return Arrays.asList(differences);
  }

  private static boolean isOwnFault(String output) {
    return OWN_FAULTS.stream().anyMatch(fault -> Pattern.compile(fault).matcher(output).find());
  }

  private static void write(List<Bench> benches, Path folder) {
    try {
      Files.createDirectories(folder);
      StringBuilder text = new StringBuilder("`timescale 1ns/1ns\n");
      for (Bench bench : benches) {
        bench.texts().forEach(text::append);
        text.append(bench.text());
        Files.writeString(folder.resolve(bench.id() + ".hex"), bench.vectors());
      }
      Files.writeString(folder.resolve("batch.v"), text.append(driver(benches)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The top: the clocks of all benches, which have the same schedule. */
  private static String driver(List<Bench> benches) {
    List<Stimulus.Cycle> cycles = benches.get(0).stimulus().cycles();
    StringBuilder out = new StringBuilder("module batch;\n");
    for (String clock : Stimulus.CLOCKS) {
      out.append("  reg ").append(clock).append(" = 0;\n");
    }
    out.append("  reg apply = 0, check = 0;\n  reg [31:0] cycle = 0;\n");
    int bits = Stimulus.CLOCKS.size();
    out.append("  reg [%d:0] rising [0:%d];\n".formatted(bits - 1, cycles.size() - 1));
    for (Bench bench : benches) {
      out.append("  ").append(bench.module()).append(' ').append(bench.id()).append("_i (");
      List<String> connections = new ArrayList<>();
      Stimulus.CLOCKS.forEach(clock -> connections.add(".%s(%s)".formatted(clock, clock)));
      out.append(String.join(", ", connections));
      out.append(", .apply(apply), .check(check), .cycle(cycle));\n");
    }
    out.append("  initial begin\n");
    for (int i = 0; i < cycles.size(); i++) {
      out.append("    rising[%d] = %d;\n".formatted(i, cycles.get(i).rising()));
    }
    out.append("    repeat (%d) begin\n      #1 apply = 1;\n".formatted(cycles.size()));
    out.append("      #1 check = 1;\n      #1 begin\n");
    for (int i = 0; i < bits; i++) {
      String clock = Stimulus.CLOCKS.get(i);
      out.append("        %s = rising[cycle][%d];\n".formatted(clock, i));
    }
    out.append("      end\n      #1 begin\n        apply = 0;\n        check = 0;\n");
    Stimulus.CLOCKS.forEach(clock -> out.append("        ").append(clock).append(" = 0;\n"));
    out.append("      end\n      cycle = cycle + 1;\n    end\n");
    return out.append("    $display(\"done\");\n    $finish;\n  end\nendmodule\n").toString();
  }

  /** All that a command prints, with its exit code before it if that is not 0. */
  private static String command(Path folder, Map<String, String> environment, String... words) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      return code == 0 ? output : FAILED + words[0] + " exits with " + code + "\n" + output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
