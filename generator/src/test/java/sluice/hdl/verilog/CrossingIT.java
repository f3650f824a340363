package sluice.hdl.verilog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.lib.crossing.AsyncQueue;
import sluice.hdl.lib.crossing.HandshakeCrossing;

/** The emitted Verilog of streams between clocks, in Icarus Verilog with two clocks. */
class CrossingIT {
  private static final int WORDS = 500;

  @TempDir Path folder;

  /**
   * Numbers from 1 on go in at one clock and have to come out in order at the other; both ends
   * stall at random. Prints {@code ok} when all have come, and nothing came after them.
   *
   * @param from prefix of the ports of the clock at the input
   * @param to prefix of the ports of the clock at the output
   */
  private static String testbench(
      String top, String from, String to, double fromHalf, double toHalf, int stalls) {
    return """
        `timescale 1ns/1ps
        module testbench;
          reg from_clock = 0, to_clock = 0, aresetn = 0;
          reg in_valid = 0, out_ready = 0;
          reg [15:0] in_data = 0, sent = 0, received = 0;
          wire in_ready, out_valid;
          wire [15:0] out_data;
          integer seed = 1;
          always #%FROM_HALF% from_clock = ~from_clock;
          always #%TO_HALF% to_clock = ~to_clock;
          %TOP% dut (
            .%FROM%_clock(from_clock), .%FROM%_aresetn(aresetn),
            .%TO%_clock(to_clock), .%TO%_aresetn(aresetn),
            .in_valid(in_valid), .in_ready(in_ready), .in_data(in_data),
            .out_valid(out_valid), .out_ready(out_ready), .out_data(out_data)
          );
          always @(posedge from_clock) if (aresetn) begin
            if (in_valid && in_ready || !in_valid) begin
              if (sent != %WORDS% && $dist_uniform(seed, 0, 99) >= %STALLS%) begin
                in_valid <= 1;
                in_data <= sent + 1;
                sent <= sent + 1;
              end else begin
                in_valid <= 0;
                in_data <= 16'hdead;
              end
            end
          end
          always @(posedge to_clock) if (aresetn) begin
            if (out_valid === 1'bx) $display("out_valid is unknown");
            if (out_valid && out_ready) begin
              if (out_data !== received + 16'd1)
                $display("%0d after %0d", out_data, received);
              received <= received + 1;
            end
            out_ready <= $dist_uniform(seed, 0, 99) >= %STALLS%;
          end
          initial begin
            #(20 * (%FROM_HALF% + %TO_HALF%)) aresetn = 1;
            wait (received == %WORDS%);
            #(50 * (%FROM_HALF% + %TO_HALF%));
            if (received == %WORDS%) $display("ok");
            $finish;
          end
          initial #(%WORDS% * 400 * (%FROM_HALF% + %TO_HALF%)) begin
            $display("only %0d of %0d", received, sent);
            $finish;
          end
        endmodule
        """
        .replace("%TOP%", top)
        .replace("%FROM%", from)
        .replace("%TO%", to)
        .replace("%FROM_HALF%", Double.toString(fromHalf))
        .replace("%TO_HALF%", Double.toString(toHalf))
        .replace("%STALLS%", Integer.toString(stalls))
        .replace("%WORDS%", Integer.toString(WORDS));
  }

  private String simulate(
      Module circuit, String from, String to, double fromHalf, double toHalf, int stalls) {
    EmittedVerilog verilog = new EmittedVerilog(circuit, folder);
    verilog.add("testbench.v", testbench(verilog.top(), from, to, fromHalf, toHalf, stalls));
    assertThat(verilog.runOnFiles("iverilog", "-g2005", "-s", "testbench", "-o", "simulation"))
        .isEmpty();
    return verilog.run("vvp", "-n", "simulation");
  }

  @ParameterizedTest
  @CsvSource({
    "5.0, 5.0, 0",
    "5.0, 5.001, 30",
    "3.0, 7.0, 50",
    "7.0, 3.0, 50",
    "0.5, 40.0, 0",
    "40.0, 0.5, 0"
  })
  void aQueueLosesNothing(double writeHalf, double readHalf, int stalls) {
    assertThat(
            simulate(
                new AsyncQueue<>(UInt.of(16), 8), "write", "read", writeHalf, readHalf, stalls))
        .isEqualTo("ok\n");
  }

  @ParameterizedTest
  @CsvSource({"5.0, 5.0, 0", "3.0, 7.0, 50", "7.0, 3.0, 50", "0.5, 40.0, 0", "40.0, 0.5, 0"})
  void aHandshakeLosesNothing(double sourceHalf, double targetHalf, int stalls) {
    assertThat(
            simulate(
                new HandshakeCrossing<>(UInt.of(16), 2),
                "source",
                "target",
                sourceHalf,
                targetHalf,
                stalls))
        .isEqualTo("ok\n");
  }
}
