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

  /**
   * A port that both modules have.
   *
   * @param port its name there
   * @param wire its name in the miter
   * @param lag cycles by which the first module has it later
   */
  private record Signal(String port, String wire, int width, int lag) {}

  private final List<Signal> inputs = new ArrayList<>();
  private final List<Signal> outputs = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  /**
   * @param circuit has the ports
   * @param tied inputs that only the first of the modules has, and that are high
   * @param lag how much later the first module is
   * @param cut registers that are inputs and outputs of both
   */
  Miter(Module circuit, Set<String> tied, Lag lag, List<CutRegister> cut) {
    for (Port port : Elaborator.elaborate(circuit).top().ports()) {
      String name = port.name();
      int width = port.node().width();
      if (port.direction() == Port.Direction.OUTPUT) {
        outputs.add(new Signal(name, name, width, lag.outputs()));
      } else if (!tied.contains(name)) {
        int late = lag.lateInputs().contains(name) ? lag.state() : 0;
        inputs.add(new Signal(name, name, width, late));
      }
    }
    for (CutRegister register : cut) {
      String wire = "cut" + inputs.size();
      inputs.add(new Signal(register.held(), wire, register.width(), lag.state()));
      outputs.add(new Signal(register.taken(), wire, register.width(), lag.state()));
    }
  }

  /** Two combinational modules. */
  static String combinational(Module circuit, String left, String right) {
    Miter miter = new Miter(circuit, Set.of(), Lag.of(0), List.of());
    miter.begin(Set.of());
    miter.instance("left", left, false, "");
    miter.instance("right", right, false, "");
    miter.text.append("  assign differs = %s;\nendmodule\n".formatted(miter.difference()));
    return miter.text.toString();
  }

  /**
   * A circuit and one that is earlier. What they give is compared from a cycle on, whatever the
   * registers hold in the first one.
   *
   * @param cycles from the first one to that
   * @param highFirst inputs that are high in the first cycle
   * @param further connections of the circuit, each with a comma in front
   * @param ofEarlier those of the other
   */
  String sequential(
      String circuit,
      String earlier,
      int cycles,
      Set<String> highFirst,
      String further,
      String ofEarlier) {
    begin(highFirst);
    text.append("  always @(posedge clock) if (age != %d) age <= age + 1;\n".formatted(cycles));
    instance("left", circuit, true, ", .clock(clock)" + further);
    instance("right", earlier, false, ofEarlier);
    text.append(
        "  assign differs = age == %d && (%s);\nendmodule\n".formatted(cycles, difference()));
    return text.toString();
  }

  /**
   * A circuit that works on operands of a stream for some cycles, and its function. It is offered
   * operands in the first cycle; if it takes them, it has to offer the function's results so many
   * cycles later, and none before.
   */
  String serial(String circuit, String function, int latency) {
    begin(Set.of());
    text.append(
        """
          reg working = 0;
          wire taken;
          wire done;
          always @(posedge clock) begin
            age <= age + 1;
            if (age == 0) working <= taken;
          end
        """);
    instance(
        "left",
        circuit,
        true,
        ", .clock(clock), .aresetn(1'b1), .operands_valid(age == 0), .operands_ready(taken),"
            + " .results_valid(done), .results_ready(1'b0)");
    instance("right", function, false, "");
    text.append(
        "  assign differs = working && (done != (age >= %d) || age == %d && (%s));\nendmodule\n"
            .formatted(latency, latency, difference()));
    return text.toString();
  }

  private void begin(Set<String> highFirst) {
    int bits = inputs.stream().mapToInt(Signal::width).sum();
    text.append(
        "module %s (input wire clock, input wire [%d:0] bits, output wire differs);\n"
            .formatted(NAME, bits - 1));
    text.append("  reg [31:0] age = 0;\n");
    int widest = inputs.stream().mapToInt(Signal::width).max().orElseThrow();
    for (Signal input : inputs) {
      text.append("  wire [%d:0] %s;\n".formatted(input.width() - 1, input.wire()));
    }
    int next = 0;
    for (int bit = widest - 1; bit >= 0; bit--) {
      for (Signal input : inputs) {
        if (bit < input.width()) {
          String high = highFirst.contains(input.port()) ? " || age == 0" : "";
          text.append("  assign %s[%d] = bits[%d]%s;\n".formatted(input.wire(), bit, next++, high));
        }
      }
    }
  }

  /** A module, whose outputs are named as the instance and the port. */
  private void instance(String name, String module, boolean late, String further) {
    List<String> connections = new ArrayList<>();
    for (Signal input : inputs) {
      String given = late ? later(input.wire(), input.width(), input.lag()) : input.wire();
      connections.add(".%s(%s)".formatted(input.port(), given));
    }
    for (Signal output : outputs) {
      String wire = name + "_" + output.wire();
      text.append("  wire [%d:0] %s;\n".formatted(output.width() - 1, wire));
      connections.add(".%s(%s)".formatted(output.port(), wire));
    }
    text.append(
        "  %s %s_unit (%s%s);\n".formatted(module, name, String.join(", ", connections), further));
  }

  private String difference() {
    List<String> differences = new ArrayList<>();
    for (Signal output : outputs) {
      String right = later("right_" + output.wire(), output.width(), output.lag());
      differences.add("left_%s != %s".formatted(output.wire(), right));
    }
    return String.join(" || ", differences);
  }

  /** What a value was some cycles ago. */
  private String later(String value, int width, int cycles) {
    String last = value;
    for (int i = 1; i <= cycles; i++) {
      String next = "%s_%d".formatted(value, i);
      text.append("  reg [%d:0] %s;\n".formatted(width - 1, next));
      text.append("  always @(posedge clock) %s <= %s;\n".formatted(next, last));
      last = next;
    }
    return last;
  }
}
