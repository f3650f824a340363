package sluice.synthesis.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.hdl.Bool;
import sluice.hdl.Elaborator;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.synthesis.CellLibrary;

/** Needs Yosys, OpenSTA and the cells of osu018, and fails without. */
class DesignTimingIT {

  /** Squares of what a memory has; the product is the longest path. */
  private static final class Squares extends Module {
    private final UInt address = input(UInt.of(4));
    private final UInt word = input(UInt.of(16));
    private final UInt square = output(UInt.of(32));
    private final UInt count = output(UInt.of(4));

    Squares() {
      describe("Squares of a memory's words.");
      Memory<UInt> words = memory(UInt.of(16), 16);
      words.write(Bool.literal(true), address, word);
      UInt operand = delayed(words.read(address, Bool.literal(true)));
      UInt product = register(UInt.of(32));
      product.set(operand.times(operand));
      square.set(product);
      UInt counter = register(UInt.of(4)).reset(0);
      counter.set(counter.plusWrap(UInt.literal(1, 4)));
      count.set(counter);
    }
  }

  private static TimingReport timing(double period) throws IOException {
    return new DesignTiming(CellLibrary.OSU018, TimingAssumptions.of(period))
        .measure(Elaborator.elaborate(new Squares()));
  }

  @Test
  void theWorstPathIsNamedByRegistersAndTheirLines() throws IOException {
    TimingReport report = timing(2);
    // A word that is read, its square, whose bit 1 is always 0, the counter.
    assertThat(report.flops()).isEqualTo(16 + 32 + 4 - 1);
    RegisterPath worst = report.paths().get(0);
    assertThat(worst.start().declared()).isEqualTo("operand");
    assertThat(worst.start().javaLine()).startsWith("DesignTimingIT.java:");
    assertThat(worst.end().name()).matches("(square|product)\\[\\d+]");
    assertThat(worst.end().javaLine()).startsWith("DesignTimingIT.java:");
    assertThat(worst.slack()).isNegative().isEqualTo(report.worstSlack());
    assertThat(worst.violating()).isBetween(8, 32);
    assertThat(report.paths())
        .extracting(path -> path.end().declaration())
        .doesNotHaveDuplicates()
        .anyMatch(end -> end.endsWith(".words"));
  }

  @Test
  void slackGrowsAsThePeriodDoes() throws IOException {
    TimingReport report = timing(12);
    assertThat(report.violations()).isEqualTo(List.of());
    assertThat(report.worstSlack() - timing(2).worstSlack()).isBetween(7.0, 10.001);
  }
}
