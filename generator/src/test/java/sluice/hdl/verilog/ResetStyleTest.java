package sluice.hdl.verilog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.UInt;

class ResetStyleTest {

  /** A register with and one without a value after reset. */
  private static final class Registers extends Module {
    final UInt in = input(UInt.of(4));
    final UInt out = output(UInt.of(4));

    Registers() {
      UInt kept = register(UInt.of(4)).reset(5);
      UInt late = register(UInt.of(4));
      kept.set(in);
      late.set(kept);
      out.set(late);
    }
  }

  /** A parent, through which the reset goes. */
  private static final class Parent extends Module {
    final UInt in = input(UInt.of(4));
    final UInt out = output(UInt.of(4));

    Parent() {
      Registers child = instance(new Registers());
      child.in.set(in);
      out.set(child.out);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SYNC_LOW, aresetn, posedge clock, !aresetn",
    "SYNC_HIGH, areset, posedge clock, areset",
    "ASYNC_LOW, aresetn, posedge clock or negedge aresetn, !aresetn",
    "ASYNC_HIGH, areset, posedge clock or posedge areset, areset",
  })
  void resetsRegistersInItsOwnWay(ResetStyle style, String port, String events, String condition) {
    Map<String, String> files =
        new VerilogWriter("", style).write(Elaborator.elaborate(new Parent()));
    assertThat(files.get("registers.v"))
        .contains("  input  wire " + port + ",\n")
        .contains(
            """
              always @(%s) begin
                if (%s) begin
                  kept <= 4'd5;
                end else begin
                  kept <= in;
                end
              end

              always @(posedge clock) begin
                out <= kept;
              end
            """
                .formatted(events, condition));
    assertThat(files.get("parent.v")).contains("    ." + port + "(" + port + "),\n");
  }

  @ParameterizedTest
  @CsvSource({
    "SYNC_LOW, aresetn, posedge fast_clock, negedge, !, ~",
    "SYNC_HIGH, areset, posedge fast_clock, posedge, '', ''",
    "ASYNC_LOW, aresetn, posedge fast_clock or negedge core_aresetn, negedge, !, ~",
    "ASYNC_HIGH, areset, posedge fast_clock or posedge core_areset, posedge, '', ''",
  })
  void goesForEveryClockButOneThatIsAlwaysAsynchronous(
      ResetStyle style, String port, String events, String edge, String not, String inverse) {
    Map<String, String> files =
        new VerilogWriter("", style).write(Elaborator.elaborate(new Circuits.Domains()));
    assertThat(files.get("reset_synchronizer2.v"))
        .contains("always @(posedge clock or %s %s) begin".formatted(edge, port))
        .contains("    if (%s%s) begin\n      stage0 <= 1'd1;".formatted(not, port));
    assertThat(files.get("domains.v"))
        .contains("  input  wire fast_" + port + ",\n")
        .contains("  wire core_%s = %sreset_in_reset;\n".formatted(port, inverse))
        .contains("    .%s(fast_%s),\n".formatted(port, port))
        .contains("    .%s(core_%s),\n".formatted(port, port))
        .contains("  always @(%s) begin\n    if (%score_%s)".formatted(events, not, port));
  }
}
