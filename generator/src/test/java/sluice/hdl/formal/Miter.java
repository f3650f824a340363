package sluice.hdl.formal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.netlist.Port;

/**
 * Two Verilog modules with the same inputs in one module whose output {@code differs} is high when
 * an output of theirs differs. Bits of the inputs are interleaved, the highest ones first: sums and
 * comparisons have small decision diagrams in that order.
 */
final class Miter {
  /** The name of the module. */
  static final String NAME = "miter";

  private final List<Port> inputs = new ArrayList<>();
  private final List<Port> outputs = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  /**
   * @param circuit has the ports
   * @param tied inputs that only one of the modules has, and that are high
   */
  Miter(Module circuit, Set<String> tied) {
    for (Port port : Elaborator.elaborate(circuit).top().ports()) {
      if (port.direction() == Port.Direction.OUTPUT) {
        outputs.add(port);
      } else if (!tied.contains(port.name())) {
        inputs.add(port);
      }
    }
  }

  /** Two combinational modules. */
  String combinational(String left, String right) {
    begin();
    instance("left", left, "");
    instance("right", right, "");
    text.append("  assign differs = left != right;\nendmodule\n");
    return text.toString();
  }

  /**
   * A pipeline and its function. What they give is compared when the inputs of the first cycle have
   * left the pipeline, whatever the registers hold in that cycle.
   *
   * @param further connections of the pipeline, each with a comma in front
   */
  String pipelined(String pipeline, String function, int latency, String further) {
    begin();
    instance("left", pipeline, ", .clock(clock)" + further);
    instance("right", function, "");
    int width = outputs.stream().mapToInt(port -> port.node().width()).sum();
    text.append("  reg [31:0] age = 0;\n");
    text.append("  always @(posedge clock) if (age != %d) age <= age + 1;\n".formatted(latency));
    String last = "right";
    for (int i = 1; i <= latency; i++) {
      text.append("  reg [%d:0] right_%d;\n".formatted(width - 1, i));
      text.append("  always @(posedge clock) right_%d <= %s;\n".formatted(i, last));
      last = "right_" + i;
    }
    text.append(
        "  assign differs = age == %d && left != %s;\nendmodule\n".formatted(latency, last));
    return text.toString();
  }

  private void begin() {
    int bits = inputs.stream().mapToInt(port -> port.node().width()).sum();
    text.append(
        "module %s (input wire clock, input wire [%d:0] bits, output wire differs);\n"
            .formatted(NAME, bits - 1));
    int widest = inputs.stream().mapToInt(port -> port.node().width()).max().orElseThrow();
    for (Port port : inputs) {
      text.append("  wire [%d:0] %s;\n".formatted(port.node().width() - 1, port.name()));
    }
    int next = 0;
    for (int bit = widest - 1; bit >= 0; bit--) {
      for (Port port : inputs) {
        if (bit < port.node().width()) {
          text.append("  assign %s[%d] = bits[%d];\n".formatted(port.name(), bit, next++));
        }
      }
    }
  }

  /** A module, all outputs of which are one word named as the instance. */
  private void instance(String name, String module, String further) {
    List<String> connections = new ArrayList<>();
    for (Port port : inputs) {
      connections.add(".%s(%s)".formatted(port.name(), port.name()));
    }
    List<String> word = new ArrayList<>();
    for (Port port : outputs) {
      String wire = name + "_" + port.name();
      text.append("  wire [%d:0] %s;\n".formatted(port.node().width() - 1, wire));
      connections.add(".%s(%s)".formatted(port.name(), wire));
      word.add(wire);
    }
    int width = outputs.stream().mapToInt(port -> port.node().width()).sum();
    text.append("  wire [%d:0] %s = {%s};\n".formatted(width - 1, name, String.join(", ", word)));
    text.append(
        "  %s %s_unit (%s%s);\n".formatted(module, name, String.join(", ", connections), further));
  }
}
