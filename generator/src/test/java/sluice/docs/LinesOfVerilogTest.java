package sluice.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.docs.sample.Counter;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.lib.Queue;
import sluice.hdl.sim.Simulator;
import sluice.hdl.verilog.VerilogWriter;

/** The two circuits of the comparison are as short as the document says. */
class LinesOfVerilogTest {

  /** Lines of hardware that are neither blank nor a comment. */
  private static long lines(Module circuit) {
    Map<String, String> files = new VerilogWriter("").write(Elaborator.elaborate(circuit));
    return files.values().stream()
        .map(text -> text.replaceAll("(?s)`ifdef SLUICE_ASSERT\n.*?\n`endif\n\n", ""))
        .flatMap(String::lines)
        .filter(line -> !line.isBlank() && !line.strip().startsWith("//"))
        .count();
  }

  @Test
  void aCounter() {
    assertThat(lines(new Counter(10))).isEqualTo(24);
  }

  @Test
  void aQueue() {
    assertThat(lines(new Queue<>(UInt.of(8), 4))).isEqualTo(39);
  }

  @Test
  void theCounterCounts() {
    Counter counter = new Counter(10);
    Simulator simulator = Simulator.of(counter);
    simulator.reset();
    simulator.poke(counter.enable, true);
    simulator.step(9);
    assertThat(simulator.peek(counter.value)).isEqualTo(9);
    assertThat(simulator.isHigh(counter.last)).isTrue();
    simulator.step();
    assertThat(simulator.peek(counter.value)).isZero();
  }
}
