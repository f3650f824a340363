package sluice.hdl.verilog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.check.Policy;

/** How expressions are written. */
class ExpressionsTest {

  private static final class Written extends Module {
    private int count;

    Written() {
      super("written");
      UInt a = input(UInt.of(8), "a");
      UInt b = input(UInt.of(40), "b");
      show(a.bits(7, 4).concat(a.bits(3, 2).concat(a.bits(1, 0))));
      show(a.bits(3, 0).concat(a.bits(7, 4)));
      show(UInt.literal(0, 2).concat(a.bit(0).asUInt().concat(b.bits(9, 8))).extend(12));
      show(UInt.literal(1, 2).concat(UInt.literal(0, 1).concat(a)));
      show(a.bit(0).asUInt().repeat(3).concat(a.bit(1).asUInt()));
      show(a.and(b.truncate(8).and(b.bits(15, 8))));
      show(a.plusWrap(b.truncate(8).plusWrap(b.bits(15, 8))));
      show(a.shiftRight(b));
      show(a.shiftLeft(b, 9));
      show(a.bit(0).asUInt().shiftRight(b));
    }

    private void show(UInt value) {
      output(UInt.of(value.width()), "out" + count++).set(value);
    }
  }

  @Test
  void concatenationsAreFlatAndWideShiftsSaturate() {
    List<String> assigned =
        new VerilogWriter("")
            .write(Elaborator.elaborate(new Written(), Policy.quiet()))
            .get("written.v")
            .lines()
            .filter(line -> line.startsWith("  assign "))
            .map(line -> line.substring(line.indexOf('=') + 2))
            .toList();
    assertThat(assigned)
        .containsExactly(
            "a;",
            "{a[3:0], a[7:4]};",
            "{9'd0, a[0], b[9:8]};",
            "{2'd1, 1'd0, a};",
            "{{3{a[0]}}, a[1]};",
            "a & b[7:0] & b[15:8];",
            "a + (b[7:0] + b[15:8]);",
            "a >> {|b[39:3], b[2:0]};",
            "{1'd0, a} << {|b[39:4], b[3:0]};",
            "a[0] >> {|b[39:1], b[0]};");
  }
}
