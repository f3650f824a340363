package sluice.hdl.verilog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.docs.sample.Correlator;
import sluice.hdl.Module;

/** A circuit with a black box beside the Verilog of that box. */
class BlackBoxIT {
  /** The box, written by hand. */
  private static final String VENDOR_MAC =
      """
      module VENDOR_MAC #(
        parameter WIDTH = 4,
        parameter [2*WIDTH-1:0] START = 0,
        parameter STYLE = "small"
      ) (
        input  wire CLK,
        input  wire RST,
        input  wire signed [WIDTH-1:0] A,
        input  wire signed [WIDTH-1:0] B,
        output wire signed [2*WIDTH-1:0] P,
        output reg  signed [2*WIDTH-1:0] S
      );
        assign P = STYLE == "fast" ? A * B : 0;
        always @(posedge CLK) S <= RST ? START : S + P;
      endmodule
      """;

  @TempDir Path folder;
  private Module circuit;
  private EmittedVerilog verilog;

  @BeforeEach
  void emit() {
    circuit = new Correlator(8);
    verilog = new EmittedVerilog(circuit, folder);
    verilog.add("VENDOR_MAC.v", VENDOR_MAC);
  }

  @Test
  void toolsHaveNothingToSay() {
    assertThat(verilog.lint()).isEmpty();
    assertThat(verilog.compile()).isEmpty();
    assertThat(verilog.check()).isEmpty();
  }

  @Test
  void theVerilogDoesWhatTheModelDoes() {
    Replay replay = new Replay(circuit, 300, 11);
    verilog.add("testbench.v", replay.testbench(verilog));
    verilog.write("vectors.hex", replay.vectors());
    assertThat(verilog.runOnFiles("iverilog", "-g2005", "-s", "testbench", "-o", "simulation"))
        .isEmpty();
    assertThat(verilog.run("vvp", "-n", "simulation")).matches("29\\d compared, \\d unknown\n");
  }
}
