package sluice.hdl.verilog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.netlist.Design;

/** A circuit written as Verilog files, and other tools run on them. */
public final class EmittedVerilog {
  private final Path folder;
  private final List<String> files = new ArrayList<>();
  private final String top;

  /** Writes a circuit into a folder. */
  public EmittedVerilog(Module circuit, Path folder) {
    this(Elaborator.elaborate(circuit), folder);
  }

  EmittedVerilog(Design design, Path folder) {
    this.folder = folder;
    Map<String, String> texts = new VerilogWriter("").write(design);
    texts.forEach(this::add);
    String last = files.get(files.size() - 1);
    this.top = last.substring(0, last.length() - 2);
  }

  /** Adds a Verilog file. */
  public void add(String name, String text) {
    write(name, text);
    files.add(name);
  }

  /** Writes a file beside the Verilog. */
  public void write(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of the top module. */
  public String top() {
    return top;
  }

  /** Everything that a command prints; starts with its exit code if that is not 0. */
  public String run(String... command) {
    return run(List.of(command));
  }

  /** Everything that a command with the Verilog files as its last arguments prints. */
  String runOnFiles(String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(files);
    return run(all);
  }

  private String run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      return code == 0 ? output : "exit code " + code + "\n" + output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What Verilator's lint says. */
  String lint(String... defines) {
    return runOnFiles(
            command(defines, "-D", "verilator", "--lint-only", "-Wall", "--top-module", top))
        .replaceAll("(?m)^- .*\n", "");
  }

  /** What Icarus Verilog says. */
  String compile(String... defines) {
    return runOnFiles(
        command(defines, "-D", "iverilog", "-g2005", "-Wall", "-s", top, "-o", "compiled"));
  }

  /** What Yosys says, if it finds a fault or a latch. */
  String check() {
    return yosys("read_verilog");
  }

  /** What Yosys says to the files with their properties, read for formal verification. */
  String checkFormal() {
    return yosys("read -formal -DSLUICE_ASSERT");
  }

  private String yosys(String read) {
    return run(
        "yosys",
        "-q",
        "-p",
        read
            + " "
            + String.join(" ", files)
            + "; hierarchy -check -top "
            + top
            + "; proc; check -assert; select -assert-none t:$dlatch");
  }

  private static String[] command(String[] defines, String option, String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    for (String define : defines) {
      words.add(option + define);
    }
    return words.toArray(String[]::new);
  }

  /** The files in order, for a command of one's own. */
  public List<String> files() {
    return files;
  }
}
