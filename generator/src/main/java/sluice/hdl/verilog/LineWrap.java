package sluice.hdl.verilog;

import java.util.Map;
import java.util.TreeMap;

/**
 * Breaks lines of more than 100 columns at blanks, and indents what follows; takes the marks of
 * Java lines out, and puts them where they are wanted.
 */
final class LineWrap {
  private static final int COLUMNS = 100;

  /** Stands for a blank at which no line is broken. */
  private static final char FIRM_BLANK = '\u0003';

  private final Locators locators;
  private final StringBuilder out;
  private final Map<Integer, String> lines = new TreeMap<>();
  private int line = 1;

  private LineWrap(String text, Locators locators) {
    this.locators = locators;
    this.out = new StringBuilder(text.length() + 64);
  }

  /**
   * Text as it is written.
   *
   * @param lines the Java line of each line that has one, like {@code Foo.java:12}, by number from
   *     1
   */
  record Wrapped(String text, Map<Integer, String> lines) {}

  static Wrapped wrap(String text, Locators locators) {
    LineWrap wrap = new LineWrap(text, locators);
    int kept = 0;
    int start = 0;
    while (start < text.length()) {
      int newLine = text.indexOf('\n', start);
      int end = newLine < 0 ? text.length() : newLine;
      if (locators != Locators.OFF || end - start > COLUMNS) {
        wrap.out.append(text.substring(kept, start));
        wrap.add(text.substring(start, end));
        kept = end;
      }
      // The end of the line is copied with what follows.
      wrap.line++;
      start = end + 1;
    }
    if (kept == 0) {
      return new Wrapped(text, wrap.lines);
    }
    wrap.out.append(text.substring(kept));
    return new Wrapped(wrap.out.toString(), wrap.lines);
  }

  private void newLine() {
    out.append('\n');
    line++;
  }

  private void add(String marked) {
    String site = locators == Locators.OFF ? null : Locators.marked(marked);
    String code = site == null ? marked : Locators.unmarked(marked);
    int first = line;
    int start = out.length();
    if (site != null && locators == Locators.COMMENTS) {
      addBroken(code + " //" + FIRM_BLANK + site);
      int blank = out.indexOf(String.valueOf(FIRM_BLANK), start);
      out.setCharAt(blank, ' ');
    } else {
      addBroken(code);
    }
    if (site != null) {
      for (int i = first; i <= line; i++) {
        lines.put(i, site);
      }
    }
  }

  private void addBroken(String text) {
    if (text.length() <= COLUMNS) {
      out.append(text);
      return;
    }
    int indent = 0;
    while (indent < text.length() && text.charAt(indent) == ' ') {
      indent++;
    }
    boolean comment = text.startsWith("//", indent);
    String continuation = " ".repeat(indent) + (comment ? "// " : "    ");
    // Each piece after the first starts with the continuation instead of what was cut off.
    int start = 0;
    int lead = 0;
    int first = indent;
    while (text.length() - start > COLUMNS - lead) {
      int cut = blankBefore(text, start + COLUMNS - lead);
      if (cut - start + lead <= first + 2) {
        cut = blankAfter(text, start + Math.max(0, COLUMNS - lead));
        if (cut < 0) {
          break;
        }
      }
      out.append(text, start, cut);
      newLine();
      out.append(continuation);
      start = cut + 1;
      lead = continuation.length();
      first = lead;
    }
    out.append(text, start, text.length());
  }

  /** The last blank up to a place that is in no string. */
  private static int blankBefore(String line, int from) {
    int cut = line.lastIndexOf(' ', from);
    while (cut >= 0 && isInString(line, cut)) {
      cut = line.lastIndexOf(' ', cut - 1);
    }
    return cut;
  }

  /** The first blank from a place on that is in no string. */
  private static int blankAfter(String line, int from) {
    int cut = line.indexOf(' ', from);
    while (cut >= 0 && isInString(line, cut)) {
      cut = line.indexOf(' ', cut + 1);
    }
    return cut;
  }

  private static boolean isInString(String line, int place) {
    if (line.indexOf('"') < 0 || line.stripLeading().startsWith("//")) {
      return false;
    }
    boolean inside = false;
    for (int i = 0; i < place; i++) {
      if (line.charAt(i) == '\\') {
        i++;
      } else if (line.charAt(i) == '"') {
        inside = !inside;
      }
    }
    return inside;
  }
}
