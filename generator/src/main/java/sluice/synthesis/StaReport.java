package sluice.synthesis;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What OpenSTA prints. It exits with 0 whatever it met, so that errors are looked for here. */
final class StaReport {
  private static final Pattern PROBLEM = Pattern.compile("(?m)^(Warning|Error): .*$");
  private static final Pattern WORST_SLACK = Pattern.compile("(?m)^worst slack (-?[0-9.]+)$");
  private static final double PICOSECONDS = 1000;

  /** Parts of a picosecond. */
  private static final double ROUNDED_TO = 100;

  private final String text;

  private StaReport(String text) {
    this.text = text;
  }

  /**
   * A report.
   *
   * @throws IOException if it has a warning or an error
   */
  static StaReport of(String text) throws IOException {
    Matcher problem = PROBLEM.matcher(text);
    if (problem.find()) {
      throw new IOException("OpenSTA: " + problem.group());
    }
    return new StaReport(text);
  }

  /** The least period of a clock, from the slack that the longest path has in a long one. */
  double leastPeriodPicoseconds() {
    Matcher slack = WORST_SLACK.matcher(text);
    if (!slack.find()) {
      throw new IllegalStateException("OpenSTA told no slack");
    }
    double nanoseconds = StaScript.LONG_PERIOD_NANOSECONDS - Double.parseDouble(slack.group(1));
    return Math.round(nanoseconds * PICOSECONDS * ROUNDED_TO) / ROUNDED_TO;
  }
}
