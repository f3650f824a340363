package sluice.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The texts are what Yosys 0.23 prints, shortened. */
class YosysReportTest {

  private static final String MAPPED =
      """
      ABC: WireLoad = "none"  Gates =    444 (  9.9 %)   Cap = 12.7 ff ( 47.0 %)   Area =    14208.00 (  0.0 %)   Delay =   440.45 ps  (100.0 %)
      ABC: Path  1 --     802 : 1   10 BUFX4  A =  32.00  Df = 192.7   -1.0 ps  S = 103.7 ps
      ABC: WireLoad = "none"  Gates =    445 ( 10.1 %)   Cap = 12.7 ff ( 47.0 %)   Area =    14240.00 (  0.0 %)   Delay =  1526.57 ps  (100.0 %)

      === unit ===

         Number of wires:                 11
         Number of cells:                900
           DFFPOSX1                       900

         Chip area for module '\\unit': 1.000000

      === unit ===

         Number of wires:                 11
         Number of wire bits:            820
         Number of cells:                845
           AND2X1                        400
           BUFX4                          44
           DFFPOSX1                      400
           DFFSR                           1

         Chip area for module '\\unit': 78008.500000
      """;

  private static final String GATES =
      """
         Number of cells:                845
           $_DFF_P_                      401

         Estimated number of transistors:       8816%s
      """;

  @Test
  void theLastOfEachCounts() {
    YosysReport report = new YosysReport(MAPPED);
    assertThat(report.area()).isEqualTo(78008.5);
    assertThat(report.delayPicoseconds()).isEqualTo(1526.57);
    assertThat(report.cells("DFF")).isEqualTo(401);
    assertThat(report.cells("LATCH")).isZero();
  }

  @Test
  void anEstimateThatLeavesCellsOutIsNone() {
    assertThat(new YosysReport(GATES.formatted("")).transistors()).isEqualTo(8816);
    assertThatThrownBy(() -> new YosysReport(GATES.formatted("+")).transistors())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("not all cells count in: Estimated number of transistors:       8816+");
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(() -> new YosysReport("nothing").area())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("nothing of Yosys matches Chip area");
  }
}
