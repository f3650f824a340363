package sluice.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StaReportTest {

  private static final String BANNER = "OpenSTA 2.0.17 GITDIR-NOT Copyright (c) 2019\n";

  @Test
  void thePeriodIsWhatASlackLeavesOfALongOne() throws IOException {
    StaReport report = StaReport.of(BANNER + "worst slack 997.76416\n");
    assertThat(report.leastPeriodPicoseconds()).isEqualTo(2235.84);
  }

  @Test
  void warningsAndErrorsAreFailuresThoughOpenStaEndsWith0() {
    assertThatThrownBy(
            () -> StaReport.of(BANNER + "Error: no network has been linked.\nworst slack 1.0\n"))
        .isInstanceOf(IOException.class)
        .hasMessage("OpenSTA: Error: no network has been linked.");
    assertThatThrownBy(() -> StaReport.of("Warning: a.v, line 3 module b not found.\n"))
        .isInstanceOf(IOException.class)
        .hasMessage("OpenSTA: Warning: a.v, line 3 module b not found.");
  }

  @Test
  void withoutPathsThereIsNoPeriod() throws IOException {
    StaReport report = StaReport.of(BANNER + "worst slack INF\n");
    assertThatThrownBy(report::leastPeriodPicoseconds)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("OpenSTA told no slack");
  }

  @Test
  void pathsAreLinesOfASummary() throws IOException {
    StaReport report =
        StaReport.of(
            BANNER
                + """
                max_delay/setup group clock

                Startpoint                           Endpoint                                Slack
                ----------------------------------------------------------------------------------

                c1/Q (DFFPOSX1)                      c2/D (DFFPOSX1)                        -5.081
                p7 (input)                           c3/W0_data[4] (mem)                     0.250
                """);
    assertThat(report.paths())
        .isEqualTo(
            List.of(
                new StaReport.Path("c1/Q", "c2/D", -5.081),
                new StaReport.Path("p7", "c3/W0_data[4]", 0.25)));
  }
}
