package sluice.hdl.verilog;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Port;
import sluice.hdl.sim.Simulator;

/**
 * Random inputs on a circuit in the JVM simulator, and a Verilog testbench that repeats them on the
 * emitted files and compares every output in every cycle.
 */
final class Replay {
  private final Netlist top;
  private final List<Port> ports;
  private final List<String> vectors = new ArrayList<>();
  private final int width;

  /**
   * @param circuit a new object of the circuit under test
   * @param cycles cycles after two in reset
   */
  Replay(Module circuit, int cycles, long seed) {
    this(Elaborator.elaborate(circuit), Simulator.of(circuit), cycles, seed);
  }

  /**
   * @param written what the testbench is for
   * @param simulator of the same circuit, at its start
   * @param cycles cycles after two in reset
   */
  Replay(Design written, Simulator simulator, int cycles, long seed) {
    top = written.top();
    ports = top.ports();
    width = ports.stream().mapToInt(port -> port.node().width()).sum();
    Random random = new Random(seed);
    for (int cycle = 0; cycle < cycles; cycle++) {
      simulator.setReset(cycle < 2);
      for (Port port : ports) {
        if (port.direction() == Port.Direction.INPUT) {
          simulator.poke(port.name(), random(port.node().width(), random));
        }
      }
      BigInteger vector = BigInteger.ZERO;
      for (Port port : ports) {
        BigInteger bits = simulator.peekBig(port.name());
        vector = vector.shiftLeft(port.node().width()).or(bits);
      }
      vectors.add(vector.toString(16));
      simulator.step();
    }
  }

  private static BigInteger random(int width, Random random) {
    BigInteger all = BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE);
    return switch (random.nextInt(6)) {
      case 0 -> BigInteger.valueOf(random.nextInt(20)).and(all);
      case 1 -> all.shiftRight(random.nextInt(width));
      case 2 -> BigInteger.ONE.shiftLeft(random.nextInt(width));
      default -> new BigInteger(width, random);
    };
  }

  /** The inputs and outputs of each cycle, for {@code $readmemh}. */
  String vectors() {
    return String.join("\n", vectors) + "\n";
  }

  /**
   * The testbench: prints the outputs that differ, and at the end how many were compared. Bits that
   * are unknown in the Verilog are not compared; the hardware leaves them undefined. Nothing is
   * compared before the first edge in reset: a {@code case} on an unknown register takes its
   * default in the Verilog.
   */
  String testbench(EmittedVerilog verilog) {
    StringBuilder out = new StringBuilder("`timescale 1ns/1ns\nmodule testbench;\n");
    int count = vectors.size();
    out.append("reg [%d:0] vectors [0:%d];\n".formatted(width - 1, count - 1));
    out.append("reg [%d:0] v;\nreg clock = 0;\nreg aresetn = 0;\n".formatted(width - 1));
    out.append("integer i, compared = 0, unknown = 0;\n");
    List<String> connections = new ArrayList<>();
    if (VerilogWriter.hasClock(top)) {
      connections.add(".clock(clock)");
    }
    if (VerilogWriter.hasReset(top)) {
      connections.add(".aresetn(aresetn)");
    }
    StringBuilder checks = new StringBuilder();
    int low = width;
    for (Port port : ports) {
      low -= port.node().width();
      String range = "[%d:%d]".formatted(low + port.node().width() - 1, low);
      if (port.direction() == Port.Direction.INPUT) {
        connections.add(".%s(v%s)".formatted(port.name(), range));
      } else {
        String actual = port.name() + "_";
        out.append("wire [%d:0] %s;\n".formatted(port.node().width() - 1, actual));
        connections.add(".%s(%s)".formatted(port.name(), actual));
        checks.append(
            "if (^%s === 1'bx) unknown = unknown + 1; else begin\n".formatted(actual)
                + "  compared = compared + 1;\n"
                + "  if (%s !== v%s) $display(\"cycle %%0d: %s is %%h, not %%h\", i, %s, v%s);\n"
                    .formatted(actual, range, port.name(), actual, range)
                + "end\n");
      }
    }
    out.append(verilog.top()).append(" dut (").append(String.join(", ", connections));
    out.append(");\ninitial begin\n  $readmemh(\"vectors.hex\", vectors);\n");
    out.append("  for (i = 0; i < %d; i = i + 1) begin\n".formatted(count));
    out.append("    aresetn = i >= 2;\n    v = vectors[i];\n    #5;\n    if (i > 0) begin\n");
    out.append(checks).append("    end\n");
    out.append("    clock = 1;\n    #5;\n    clock = 0;\n  end\n");
    out.append("  $display(\"%0d compared, %0d unknown\", compared, unknown);\nend\nendmodule\n");
    return out.toString();
  }
}
