package sluice.hdl.fuzz;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Port;
import sluice.hdl.verilog.ResetStyle;
import sluice.hdl.verilog.VerilogWriter;

/**
 * A design as Verilog, in a bench that repeats what it was driven with and compares its outputs.
 *
 * @param id what the names of its modules begin with
 * @param variant what the design went through, for messages
 * @param design as it was written
 * @param texts of its modules, the top last
 * @param style how it is reset
 * @param expected what it should do
 */
record Bench(
    String id,
    String variant,
    Design design,
    List<String> texts,
    ResetStyle style,
    Stimulus stimulus,
    JvmRun expected) {

  /** A design as it is written now. */
  static Bench of(
      String id,
      String variant,
      Design design,
      ResetStyle style,
      Stimulus stimulus,
      JvmRun expected) {
    Map<String, String> files = new VerilogWriter(id + "_", style).write(design);
    return new Bench(id, variant, design, List.copyOf(files.values()), style, stimulus, expected);
  }

  /** The same bench with other texts of its modules. */
  Bench withTexts(UnaryOperator<String> change) {
    List<String> other = texts.stream().map(change).toList();
    return new Bench(id, variant, design, other, style, stimulus, expected);
  }

  /** The name of the module that is the bench. */
  String module() {
    return id + "_bench";
  }

  private List<Port> ports(Port.Direction direction) {
    return design.top().ports().stream().filter(port -> port.direction() == direction).toList();
  }

  private static int width(List<Port> ports) {
    return ports.stream().mapToInt(port -> port.node().width()).sum();
  }

  /** Resets, inputs and expected outputs of each cycle, for {@code $readmemh}. */
  String vectors() {
    boolean activeLow = style == ResetStyle.SYNC_LOW || style == ResetStyle.ASYNC_LOW;
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < stimulus.cycles().size(); i++) {
      Stimulus.Cycle cycle = stimulus.cycles().get(i);
      BigInteger vector = BigInteger.ZERO;
      for (String clock : Stimulus.CLOCKS) {
        boolean high = cycle.resets().get(clock) != activeLow;
        vector = vector.shiftLeft(1).or(high ? BigInteger.ONE : BigInteger.ZERO);
      }
      for (Port port : ports(Port.Direction.INPUT)) {
        vector = vector.shiftLeft(port.node().width()).or(cycle.input(port));
      }
      List<Port> outputs = ports(Port.Direction.OUTPUT);
      for (int j = 0; j < outputs.size(); j++) {
        BigInteger bits = expected.outputs().get(i).get(j);
        vector = vector.shiftLeft(outputs.get(j).node().width()).or(bits);
      }
      out.append(vector.toString(16)).append('\n');
    }
    return out.toString();
  }

  /**
   * The module: takes vectors at the rise of {@code apply}, and compares at that of {@code check},
   * where it tells the first cycle in which outputs differ, and all of them in binary.
   */
  String text() {
    List<Port> inputs = ports(Port.Direction.INPUT);
    List<Port> outputs = ports(Port.Direction.OUTPUT);
    int shown = width(outputs);
    int width = Stimulus.CLOCKS.size() + width(inputs) + shown;
    List<String> connections = new ArrayList<>();
    int low = width;
    for (String clock : Stimulus.CLOCKS) {
      low--;
      for (Clock own : Stimulus.clocksOf(design)) {
        if (own.port().equals(clock)) {
          connect(own, clock, low, connections);
        }
      }
    }
    for (Port port : inputs) {
      low -= port.node().width();
      int high = low + port.node().width() - 1;
      connections.add(".%s(v[%d:%d])".formatted(port.name(), high, low));
    }
    StringBuilder out = new StringBuilder("module " + module() + " (\n");
    out.append("  input wire ").append(String.join(", ", Stimulus.CLOCKS));
    out.append(", apply, check,\n  input wire [31:0] cycle\n);\n");
    out.append("  reg [%d:0] vectors [0:%d];\n".formatted(width - 1, stimulus.cycles().size() - 1));
    out.append("  reg [%d:0] v;\n  reg failed = 0;\n".formatted(width - 1));
    out.append("  wire [%d:0] actual;\n".formatted(shown - 1));
    for (Port port : outputs) {
      low -= port.node().width();
      int high = low + port.node().width() - 1;
      connections.add(".%s(actual[%d:%d])".formatted(port.name(), high, low));
    }
    out.append("  ").append(top()).append(" dut (\n    ");
    out.append(String.join(",\n    ", connections)).append("\n  );\n");
    out.append("  initial $readmemh(\"").append(id).append(".hex\", vectors);\n");
    out.append("  always @(posedge apply) v = vectors[cycle];\n");
    out.append("  always @(posedge check) begin\n    if (!failed && cycle >= ");
    out.append(Stimulus.WARM_UP);
    out.append(" && actual !== v[%d:0]) begin\n      failed = 1;\n".formatted(shown - 1));
    out.append("      $display(\"%s %%0d %%b\", cycle, actual);\n".formatted(id));
    return out.append("    end\n  end\nendmodule\n").toString();
  }

  private void connect(Clock own, String clock, int bit, List<String> connections) {
    if (VerilogWriter.hasClock(design.top(), own)) {
      connections.add(".%s(%s)".formatted(own.port(), clock));
    }
    if (VerilogWriter.hasReset(design.top(), own)) {
      String name = own.name().isEmpty() ? "" : own.name() + "_";
      connections.add(".%s%s(v[%d])".formatted(name, style.port(), bit));
    }
  }

  private String top() {
    return id + "_" + design.top().name();
  }

  /** What differs in a cycle, by the bits that the module told of. */
  Difference difference(String tool, int cycle, String actual) {
    String where = tool + ", " + variant;
    List<Port> outputs = ports(Port.Direction.OUTPUT);
    int start = 0;
    for (int i = 0; i < outputs.size(); i++) {
      int width = outputs.get(i).node().width();
      String wanted = Difference.binary(expected.outputs().get(cycle).get(i), width);
      String got = actual.substring(start, start + width);
      if (!wanted.equals(got)) {
        return new Difference(where, cycle, outputs.get(i).name(), wanted, got);
      }
      start += width;
    }
    throw new IllegalStateException(tool + " tells of a difference of " + id + " that is none");
  }
}
