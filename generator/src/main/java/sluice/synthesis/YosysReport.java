package sluice.synthesis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers in what Yosys prints. */
public final class YosysReport {
  private static final Pattern AREA = Pattern.compile("Chip area for .*: *([0-9.]+)");
  private static final Pattern DELAY = Pattern.compile("ABC: .* Delay = *([0-9.]+) ps");
  private static final Pattern CELLS = Pattern.compile("(?m)^ +(\\S+) +(\\d+)$");
  private static final Pattern TRANSISTORS =
      Pattern.compile("Estimated number of transistors: *(\\d+)(\\+?)");

  private final String text;

  /**
   * @param text all that Yosys printed
   */
  public YosysReport(String text) {
    this.text = text;
  }

  /** Area of the last {@code stat -liberty}. */
  public double area() {
    return Double.parseDouble(last(AREA).group(1));
  }

  /** Picoseconds of the last {@code stime}: the longest path of the logic between registers. */
  public double delayPicoseconds() {
    return Double.parseDouble(last(DELAY).group(1));
  }

  /** How many cells whose type starts with a prefix the last {@code stat} counts. */
  public long cells(String prefix) {
    Matcher matcher = CELLS.matcher(text.substring(text.lastIndexOf("Number of cells:")));
    long cells = 0;
    while (matcher.find()) {
      if (matcher.group(1).startsWith(prefix)) {
        cells += Long.parseLong(matcher.group(2));
      }
    }
    return cells;
  }

  /**
   * The last estimate of {@code stat -tech cmos}.
   *
   * @throws IllegalStateException if it leaves out cells that it does not know
   */
  public long transistors() {
    Matcher estimate = last(TRANSISTORS);
    if (!estimate.group(2).isEmpty()) {
      throw new IllegalStateException("not all cells count in: " + estimate.group());
    }
    return Long.parseLong(estimate.group(1));
  }

  private Matcher last(Pattern pattern) {
    Matcher matcher = pattern.matcher(text);
    int start = -1;
    while (matcher.find()) {
      start = matcher.start();
    }
    if (start < 0) {
      throw new IllegalStateException("nothing of Yosys matches " + pattern);
    }
    matcher.find(start);
    return matcher;
  }
}
