package sluice.hdl.sim;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import sluice.hdl.netlist.Node;

/**
 * Writes the waveforms of a simulation as a value change dump, which every waveform viewer reads.
 * Modules are scopes. A cycle takes 10 ns; it begins with the rising edge of {@code clock}, and all
 * signals have their settled values from there on. Signals that are always equal share a code. The
 * file is complete after every cycle, so that a test that fails leaves it readable; equal runs give
 * equal bytes.
 */
final class VcdTrace implements Activity {
  private static final int CYCLE = 10;
  private static final String CLOCK = "!";
  private static final String RESET = "\"";
  private static final int RESERVED_CODES = 2;

  /** What is written under one code; the bits it had last, null before the first. */
  private static final class Variable {
    final Node node;
    final String code;
    BigInteger last;

    Variable(Node node, String code) {
      this.node = node;
      this.code = code;
    }
  }

  private final Path file;
  private final BufferedWriter out;
  private final List<Variable> variables = new ArrayList<>();
  private boolean first = true;
  private boolean wasInReset;

  /**
   * @param top name of the outermost scope
   * @param signals by hierarchical name, a module's together and before those of its children
   */
  VcdTrace(Path file, String top, Map<String, Node> signals, Hierarchy hierarchy) {
    this.file = file;
    try {
      out = Files.newBufferedWriter(file);
      header(top, signals, hierarchy);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void header(String top, Map<String, Node> signals, Hierarchy hierarchy)
      throws IOException {
    Map<Node, String> codes = new IdentityHashMap<>();
    out.write("$version Sluice $end\n$timescale 1 ns $end\n");
    out.write("$scope module " + top + " $end\n");
    out.write("$var wire 1 " + CLOCK + " clock $end\n$var wire 1 " + RESET + " aresetn $end\n");
    List<String> open = List.of();
    for (Map.Entry<String, Node> signal : signals.entrySet()) {
      int dot = signal.getKey().indexOf('.');
      List<String> path =
          dot < 0 ? List.of() : List.of(signal.getKey().substring(0, dot).split("/"));
      changeScope(open, path);
      open = path;
      Node node = signal.getValue();
      String code = codes.get(hierarchy.origin(node));
      if (code == null) {
        code = code(RESERVED_CODES + variables.size());
        codes.put(hierarchy.origin(node), code);
        variables.add(new Variable(node, code));
      }
      String range = node.width() == 1 ? "" : " [" + (node.width() - 1) + ":0]";
      String name = signal.getKey().substring(dot + 1);
      out.write("$var wire " + node.width() + " " + code + " " + name + range + " $end\n");
    }
    changeScope(open, List.of());
    out.write("$upscope $end\n$enddefinitions $end\n");
  }

  private void changeScope(List<String> open, List<String> path) throws IOException {
    int common = 0;
    while (common < Math.min(open.size(), path.size())
        && open.get(common).equals(path.get(common))) {
      common++;
    }
    for (int i = open.size(); i > common; i--) {
      out.write("$upscope $end\n");
    }
    for (String module : path.subList(common, path.size())) {
      out.write("$scope module " + module + " $end\n");
    }
  }

  /** A short identifier of printable characters, the least significant digit first. */
  private static String code(int number) {
    StringBuilder code = new StringBuilder();
    int rest = number;
    do {
      code.append((char) ('!' + rest % 94));
      rest = rest / 94 - 1;
    } while (rest >= 0);
    return code.toString();
  }

  @Override
  public void sample(Simulator simulator) {
    try {
      long time = simulator.cycle() * CYCLE;
      out.write("#" + time + "\n");
      out.write(first ? "$dumpvars\n1" + CLOCK + "\n" : "1" + CLOCK + "\n");
      if (first || wasInReset != simulator.inReset()) {
        wasInReset = simulator.inReset();
        out.write((wasInReset ? "0" : "1") + RESET + "\n");
      }
      for (Variable variable : variables) {
        write(variable, simulator.bits(variable.node));
      }
      out.write(first ? "$end\n" : "");
      out.write("#" + (time + CYCLE / 2) + "\n0" + CLOCK + "\n");
      out.flush();
      first = false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Variable variable, BigInteger bits) throws IOException {
    if (bits.equals(variable.last)) {
      return;
    }
    variable.last = bits;
    if (variable.node.width() == 1) {
      out.write(bits + variable.code + "\n");
    } else {
      out.write("b" + bits.toString(2) + " " + variable.code + "\n");
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
