package sluice.hdl.verilog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.hdl.Bool;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.check.ElaborationException;

/** What holds on to its name, and how firmly. */
class NameLevelsTest {

  private static String emit(Module circuit) {
    return new VerilogWriter("").write(Elaborator.elaborate(circuit)).values().iterator().next();
  }

  private static final class Levels extends Module {
    Levels() {
      super("levels");
      UInt a = input(UInt.of(8));
      UInt b = input(UInt.of(8));
      UInt out = output(UInt.of(8));
      UInt shown = output(UInt.of(8));
      UInt sum = a.plusWrap(b);
      UInt same = a.plusWrap(b).reserved("kept_sum");
      UInt again = a.plusWrap(b);
      UInt passed = wire(UInt.of(8));
      passed.set(again);
      UInt sync = register(UInt.of(8)).reserved("sync_reg").reset(0);
      sync.set(sum.xor(same).xor(passed));
      UInt other = register(UInt.of(8)).reset(0);
      other.set(sync);
      UInt sync2 = register(UInt.of(8)).named("sync_reg").reset(0);
      sync2.set(other);
      out.set(sync);
      shown.set(sync2.xor(other));
    }
  }

  @Test
  void aReservedNameIsExactAndAnotherGetsANumber() {
    String text = emit(new Levels());
    assertThat(text)
        .contains("reg  [7:0] sync_reg;", "reg  [7:0] sync_reg_1;", "assign out = sync_reg;");
  }

  @Test
  void ofEqualValuesTheStrongestNameStaysAndAWireIsItsDriver() {
    assertThat(emit(new Levels()))
        .contains("wire [7:0] kept_sum = a + b;")
        .contains("sync_reg <= kept_sum ^ kept_sum ^ kept_sum;")
        .doesNotContain(" sum ", "again", "passed");
  }

  private static final class Mergeable extends Module {
    Mergeable(boolean twice) {
      super("mergeable");
      Stream<UInt> in = input(Stream.of(UInt.of(4)));
      Stream<UInt> out = output(Stream.of(UInt.of(4)));
      Bool enable = input(Bool.of());
      Bool seen = output(Bool.of());
      Stream<UInt> gated = in.holdUnless(enable);
      gated.to(out);
      seen.set(twice ? gated.fires() : enable);
    }
  }

  @Test
  void aMergeableNameVanishesWhereTheValueIsWrittenInPlace() {
    assertThat(emit(new Mergeable(false)))
        .contains("assign out_valid = in_valid & enable;")
        .doesNotContain("gated");
    assertThat(emit(new Mergeable(true)))
        .contains("assign out_valid = in_valid & enable;", "assign seen = out_valid & out_ready;");
  }

  private static final class Clash extends Module {
    Clash(String first, String second) {
      clockDomain("fast");
      UInt data = input(UInt.of(8));
      UInt out = output(UInt.of(8));
      UInt one = register(UInt.of(8)).reserved(first);
      UInt two = register(UInt.of(8)).reserved(second);
      one.set(data);
      two.set(one);
      out.set(two);
    }
  }

  private static List<String> mistakes(String first, String second) {
    try {
      Elaborator.elaborate(new Clash(first, second));
      return List.of();
    } catch (ElaborationException refused) {
      return refused.diagnostics().stream()
          .map(d -> d.toString().replaceAll("NameLevelsTest.java:\\d+", "here"))
          .toList();
    }
  }

  @Test
  void aReservedNameThatCannotBeIsRefused() {
    assertThat(mistakes("meta", "meta"))
        .containsExactly(
            "here: name-clash: the reserved name meta is taken (see also here)\n"
                + "    reserve another name, or use named(...)");
    assertThat(mistakes("meta", "data"))
        .containsExactly(
            "here: name-clash: the reserved name data is taken (see also here)\n"
                + "    reserve another name, or use named(...)");
    assertThat(mistakes("meta", "aresetn"))
        .containsExactly(
            "here: name-clash: aresetn is reserved, which every module has by itself\n"
                + "    reserve another name, or use named(...)");
    assertThat(mistakes("meta", "fast_clock"))
        .containsExactly(
            "here: name-clash: fast_clock is reserved, which its clock domain has by itself\n"
                + "    reserve another name, or use named(...)");
    assertThat(mistakes("logic", "meta"))
        .containsExactly(
            "here: name-clash: logic is reserved, which is a keyword\n"
                + "    reserve another name, or use named(...)");
    assertThat(mistakes("meta", "meta_1")).isEmpty();
  }
}
