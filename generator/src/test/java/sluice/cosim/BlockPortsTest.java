package sluice.cosim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/** How the testbench is told of a module's ports. */
class BlockPortsTest {

  /** A payload with a vector and a component whose name looks like a handshake. */
  private record Row(Vec<SInt> scores, Bool lastValid) implements Bundle {}

  /** Passes rows on, and words as AXI names them. */
  private static final class Gate extends Module {
    final Bool open = input(Bool.of());
    final Stream<Row> rows = input(Stream.of(new Row(Vec.of(2, SInt.of(7)), Bool.of())));
    final Stream<Row> passed = output(Stream.of(new Row(Vec.of(2, SInt.of(7)), Bool.of())));
    final Stream<UInt> axiR = input(Stream.compact(UInt.of(70)), "m_axi_r");
    final Stream<UInt> words = output(Stream.of(UInt.of(70)));
    final UInt count = output(UInt.of(9));

    Gate() {
      rows.holdUnless(open).to(passed);
      axiR.to(words);
      UInt rowsPassed = register(UInt.of(9)).reset(0);
      when(passed.fires(), () -> rowsPassed.set(rowsPassed.plusWrap(1)));
      count.set(rowsPassed);
    }
  }

  /** Without a clock. */
  private static final class Inverter extends Module {
    final UInt in__put = input(UInt.of(33), "in__put");
    final UInt inverted = output(UInt.of(33));

    Inverter() {
      inverted.set(in__put.not());
    }
  }

  private static BlockPorts ports(Module module) {
    return BlockPorts.of(Elaborator.elaborate(module).top());
  }

  @Test
  void streamsAreFoundByTheirHandshakes() {
    assertThat(ports(new Gate()).header())
        .isEqualTo(
            """
            #pragma once

            #include "Vblock.h"
            #include "description.h"

            inline void describe(sluice::Description& block, Vblock& top) {
              block.clock(top.clock);
              block.reset(top.aresetn);
              block.input("open", 1, top.open);
              block.output("count", 9, top.count);
              block.input_stream("rows", top.rows_valid, top.rows_ready)
                  .field("scores_0", 7, top.rows_scores_0)
                  .field("scores_1", 7, top.rows_scores_1)
                  .field("last_valid", 1, top.rows_last_valid);
              block.output_stream("passed", top.passed_valid, top.passed_ready)
                  .field("scores_0", 7, top.passed_scores_0)
                  .field("scores_1", 7, top.passed_scores_1)
                  .field("last_valid", 1, top.passed_last_valid);
              block.input_stream("m_axi_r", top.m_axi_rvalid, top.m_axi_rready)
                  .field("data", 70, top.m_axi_rdata);
              block.output_stream("words", top.words_valid, top.words_ready)
                  .field("data", 70, top.words_data);
            }
            """);
  }

  @Test
  void aCombinationalModuleHasNeitherClockNorReset() {
    assertThat(ports(new Inverter()).header())
        .contains("  block.input(\"in__put\", 33, top.in___05Fput);\n")
        .contains("  block.output(\"inverted\", 33, top.inverted);\n")
        .doesNotContain("clock", "reset");
  }

  @Test
  void aStreamIsAsWideAsItsFields() {
    assertThat(ports(new Gate()).stream("rows").width()).isEqualTo(2 * 7 + 1);
    assertThat(ports(new Gate()).stream("m_axi_r").width()).isEqualTo(70);
  }

  @Test
  void anUnknownStreamIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ports(new Gate()).stream("row"))
        .withMessage("no stream row among [rows, passed, m_axi_r, words]");
  }
}
