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
}
