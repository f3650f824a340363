package sluice.hdl.sim;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sluice.hdl.netlist.Node;

/**
 * Writes the waveforms of a simulation as a value change dump, which every waveform viewer reads.
 * Modules are scopes. From one instant at which clocks rise to the next it is 10 ns, or what their
 * periods say; between them the clocks fall, and all signals have their settled values from an
 * instant on. Signals that are always equal share a code. The file is complete after every instant,
 * so that a test that fails leaves it readable; equal runs give equal bytes.
 */
final class VcdTrace {
  private static final long CYCLE = 10_000;

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

  private final BufferedWriter out;
  private final List<Variable> variables = new ArrayList<>();
  private final Map<Clocks.Line, String> clockCodes = new LinkedHashMap<>();
  private final Map<Clocks.Line, String> resetCodes = new LinkedHashMap<>();
  private final Map<Clocks.Line, Boolean> lastResets = new IdentityHashMap<>();
  private List<Clocks.Line> risen = List.of();
  private int codes;
  private long time;
  private boolean first = true;

  /**
   * @param clocks those of the top module
   * @param signals by hierarchical name, a module's together and before those of its children
   */
  VcdTrace(Path file, Hierarchy hierarchy, List<Clocks.Line> clocks, Map<String, Node> signals) {
    try {
      out = Files.newBufferedWriter(file);
      header(hierarchy, clocks, signals);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void header(Hierarchy hierarchy, List<Clocks.Line> clocks, Map<String, Node> signals)
      throws IOException {
    out.write("$version Sluice $end\n$timescale 1 ps $end\n");
    out.write("$scope module " + hierarchy.topName() + " $end\n");
    for (Clocks.Line line : clocks) {
      clockCodes.put(line, nextCode());
      declare(1, clockCodes.get(line), line.clock.port());
      if (line.clock.hasReset()) {
        String name = line.clock.name();
        resetCodes.put(line, nextCode());
        declare(1, resetCodes.get(line), name.isEmpty() ? "aresetn" : name + "_aresetn");
      }
    }
    Map<Node, String> known = new IdentityHashMap<>();
    List<String> open = List.of();
    for (Map.Entry<String, Node> signal : signals.entrySet()) {
      int dot = signal.getKey().indexOf('.');
      List<String> path =
          dot < 0 ? List.of() : List.of(signal.getKey().substring(0, dot).split("/"));
      changeScope(open, path);
      open = path;
      Node node = signal.getValue();
      String code = known.get(hierarchy.origin(node));
      if (code == null) {
        code = nextCode();
        known.put(hierarchy.origin(node), code);
        variables.add(new Variable(node, code));
      }
      String range = node.width() == 1 ? "" : " [" + (node.width() - 1) + ":0]";
      declare(node.width(), code, signal.getKey().substring(dot + 1) + range);
    }
    changeScope(open, List.of());
    out.write("$upscope $end\n$enddefinitions $end\n");
  }

  private void declare(int width, String code, String name) throws IOException {
    out.write("$var wire " + width + " " + code + " " + name + " $end\n");
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
  private String nextCode() {
    StringBuilder code = new StringBuilder();
    int rest = codes++;
    do {
      code.append((char) ('!' + rest % 94));
      rest = rest / 94 - 1;
    } while (rest >= 0);
    return code.toString();
  }

  /** Takes the settled values before the next instant: they hold since the last. */
  void sample(Circuit circuit) {
    try {
      out.write("#" + time + "\n" + (first ? "$dumpvars\n" : ""));
      for (Map.Entry<Clocks.Line, String> clock : clockCodes.entrySet()) {
        if (first || risen.contains(clock.getKey())) {
          out.write((first ? "0" : "1") + clock.getValue() + "\n");
        }
      }
      for (Map.Entry<Clocks.Line, String> reset : resetCodes.entrySet()) {
        boolean active = reset.getKey().inReset;
        if (!Boolean.valueOf(active).equals(lastResets.put(reset.getKey(), active))) {
          out.write((active ? "0" : "1") + reset.getValue() + "\n");
        }
      }
      for (Variable variable : variables) {
        write(variable, circuit.bits(variable.node));
      }
      out.write(first ? "$end\n" : "");
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

  /**
   * An instant.
   *
   * @param picoseconds when it is; negative where clocks are stepped by hand
   */
  void rise(long picoseconds, List<Clocks.Line> rising) {
    long next = picoseconds < 0 ? time + CYCLE : Math.max(picoseconds, time + 2);
    try {
      if (!risen.isEmpty()) {
        out.write("#" + (time + (next - time) / 2) + "\n");
        for (Clocks.Line line : risen) {
          out.write("0" + clockCodes.get(line) + "\n");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    time = next;
    risen = List.copyOf(rising);
  }

  /** Writes the last edge, after which nothing is known. */
  void close() {
    try (out) {
      if (!risen.isEmpty()) {
        out.write("#" + time + "\n");
        for (Clocks.Line line : risen) {
          out.write("1" + clockCodes.get(line) + "\n");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
