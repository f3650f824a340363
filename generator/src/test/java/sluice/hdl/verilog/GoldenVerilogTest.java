package sluice.hdl.verilog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.docs.sample.Correlator;
import sluice.hdl.Bool;
import sluice.hdl.Elaborator;
import sluice.hdl.Encoding;
import sluice.hdl.Module;
import sluice.hdl.UInt;

/**
 * The exact text of the emitted Verilog. Run with {@code -Dsluice.golden.update=true} to accept a
 * new text, and read the difference.
 */
class GoldenVerilogTest {

  private static Map<String, String> emit(Module circuit) {
    return new VerilogWriter("").write(Elaborator.elaborate(circuit));
  }

  private static void checkGolden(Module circuit) {
    emit(circuit)
        .forEach(
            (name, text) -> {
              if (Boolean.getBoolean("sluice.golden.update")) {
                update(name, text);
              }
              assertThat(text).as(name).isEqualTo(golden(name));
            });
  }

  private static String golden(String name) {
    try (InputStream file = GoldenVerilogTest.class.getResourceAsStream("golden/" + name)) {
      assertThat(file).as("golden file %s", name).isNotNull();
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void update(String name, String text) {
    for (String root : List.of("src/test/resources", "target/test-classes")) {
      Path file = Path.of(root, "sluice/hdl/verilog/golden", name);
      try {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void aCounter() {
    checkGolden(new Circuits.Counter(10));
  }

  @Test
  void aQueueOfABundle() {
    checkGolden(Circuits.wordQueue());
  }

  @Test
  void aStateMachine() {
    checkGolden(new Circuits.Sequencer());
  }

  @Test
  void aStateMachineWithNamesForItsStates() {
    checkGolden(new Circuits.NamedStates());
  }

  @Test
  void aStateMachineWithABitForEachState() {
    checkGolden(new Circuits.Sequencer("one_hot_sequencer", Encoding.ONE_HOT));
  }

  @Test
  void memoriesAndNestedConditions() {
    checkGolden(new Circuits.Stateful(8));
  }

  @Test
  void aMemoryWithMaskContentsAndLatency() {
    checkGolden(new MemoryCircuits.Masked(32, 8, 2));
  }

  @Test
  void portsThatReadOrWrite() {
    checkGolden(new MemoryCircuits.Shared(8, 1));
  }

  @Test
  void tablesOfConstants() {
    checkGolden(new MemoryCircuits.Roms(8));
    checkGolden(new MemoryCircuits.Squares());
  }

  @Test
  void propertiesAndWhatOnlyTheyUseStandUnderADefine() {
    checkGolden(new PropertyCircuits.Checked());
    checkGolden(new PropertyCircuits.Adder());
  }

  @Test
  void propertiesAndMemoriesOfSeveralClocks() {
    checkGolden(new PropertyCircuits.OfDomains());
    checkGolden(new MemoryCircuits.TwoClocks(1));
  }

  @Test
  void childrenThatOnlyPropertiesNeedStandUnderADefine() {
    checkGolden(new PropertyCircuits.Monitored());
  }

  @Test
  void aBlackBoxIsPlacedAndHasNoFile() {
    checkGolden(new Correlator(8));
    assertThat(emit(new Correlator(8)).keySet()).containsExactly("correlator.v");
  }

  @Test
  void theResetOfABlackBoxIsInvertedWhereItHasTo() {
    for (ResetStyle style : ResetStyle.values()) {
      String text =
          new VerilogWriter("x_", style)
              .write(Elaborator.elaborate(new Correlator(8)))
              .get("x_correlator.v");
      assertThat(text)
          .contains("\n  VENDOR_MAC #(\n")
          .contains(style.port().equals("areset") ? ".RST(areset)" : ".RST(~aresetn)");
    }
  }

  @Test
  void childrenInAChain() {
    checkGolden(new Circuits.Chain());
  }

  @Test
  void severalClocks() {
    checkGolden(new Circuits.Domains());
  }

  @Test
  void theSameCircuitGivesTheSameTextAgain() {
    assertThat(emit(new Circuits.Chain())).isEqualTo(emit(new Circuits.Chain()));
    assertThat(emit(new Circuits.Operators(9, 7))).isEqualTo(emit(new Circuits.Operators(9, 7)));
  }

  /** A module with, or without, a few lines more in its middle. */
  private static final class Edited extends Module {
    Edited(boolean more) {
      super("edited");
      UInt a = input(UInt.of(8));
      UInt b = input(UInt.of(8));
      Bool enable = input(Bool.of());
      UInt first = output(UInt.of(8));
      UInt second = output(UInt.of(8));
      UInt low = a.and(b);
      first.set(mux(enable, low.plusWrap(a), low.minusWrap(b)));
      if (more) {
        UInt extra = output(UInt.of(8));
        UInt added = a.or(b);
        extra.set(mux(enable, added, added.not().plusWrap(a).times(b).truncate(8)));
      }
      UInt high = a.times(b).bits(15, 8);
      UInt kept = register(UInt.of(8)).reset(0);
      when(enable, () -> kept.set(high.xor(low)));
      second.set(kept);
    }
  }

  @Test
  void anEditElsewhereChangesNoNames() {
    String before = emit(new Edited(false)).get("edited.v");
    String after = emit(new Edited(true)).get("edited.v");
    List<String> lines =
        before
            .lines()
            .map(GoldenVerilogTest::withoutEnd)
            .filter(line -> !line.contains("unused_ok"))
            .toList();
    assertThat(after.lines().map(GoldenVerilogTest::withoutEnd)).containsAll(lines);
  }

  private static String withoutEnd(String line) {
    return line.replaceAll("[,;]$", "");
  }

  @Test
  void modulesOfEqualContentsAreWrittenOnce() {
    assertThat(emit(new Circuits.Chain()).keySet())
        .containsExactly("queue2x8.v", "queue4x8.v", "counter5.v", "chain.v");
  }

  @Test
  void aPrefixGoesBeforeEveryModuleAndEveryUseOfIt() {
    Map<String, String> files =
        new VerilogWriter("acme_").write(Elaborator.elaborate(new Circuits.Stateful(8)));
    assertThat(files.keySet()).containsExactly("mem/acme_mem_8x8_2r1w.v", "acme_stateful8.v");
    assertThat(files.get("acme_stateful8.v"))
        .contains("module acme_stateful8 (")
        .contains("acme_mem_8x8_2r1w table_ (");
  }
}
