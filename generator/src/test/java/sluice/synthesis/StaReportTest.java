package sluice.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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
}
