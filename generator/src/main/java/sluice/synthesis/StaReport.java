package sluice.synthesis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What OpenSTA prints. It exits with 0 whatever it met, so that errors are looked for here. */
public final class StaReport {
  private static final Pattern PROBLEM = Pattern.compile("(?m)^(Warning|Error): .*$");
  private static final Pattern WORST_SLACK = Pattern.compile("(?m)^worst slack (-?[0-9.]+)$");
  private static final double PICOSECONDS = 1000;

  /** Parts of a picosecond. */
  private static final double ROUNDED_TO = 100;

  private static final Pattern SUMMARY =
      Pattern.compile("(?m)^(\\S+) \\(\\S+\\) +(\\S+) \\(\\S+\\) +(-?[0-9.]+)$");

  private final String text;

  /**
   * The worst path to one pin.
   *
   * @param start pin where it begins, or port
   * @param end pin where it ends, or port
   * @param slack nanoseconds
   */
  public record Path(String start, String end, double slack) {}

  private StaReport(String text) {
    this.text = text;
  }

  /**
   * A report.
   *
   * @throws IOException if it has a warning or an error
   */
  public static StaReport of(String text) throws IOException {
    Matcher problem = PROBLEM.matcher(text);
    if (problem.find()) {
      throw new IOException("OpenSTA: " + problem.group());
    }
    return new StaReport(text);
  }

  /** The least period of a clock, from the slack that the longest path has in a long one. */
  public double leastPeriodPicoseconds() {
    Matcher slack = WORST_SLACK.matcher(text);
    if (!slack.find()) {
      throw new IllegalStateException("OpenSTA told no slack");
    }
    double nanoseconds = StaScript.LONG_PERIOD_NANOSECONDS - Double.parseDouble(slack.group(1));
    return Math.round(nanoseconds * PICOSECONDS * ROUNDED_TO) / ROUNDED_TO;
  }

  /** The paths of a report in the format {@code summary}, the worst first. */
  public List<Path> paths() {
    List<Path> paths = new ArrayList<>();
    Matcher line = SUMMARY.matcher(text);
    while (line.find()) {
      paths.add(new Path(line.group(1), line.group(2), Double.parseDouble(line.group(3))));
    }
    return paths;
  }
}
