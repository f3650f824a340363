package sluice.hdl.verilog;

/** Breaks lines of more than 100 columns at blanks, and indents what follows. */
final class LineWrap {
  private static final int COLUMNS = 100;

  private LineWrap() {}

  static String wrap(String text) {
    StringBuilder out = new StringBuilder(text.length() + 64);
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      if (end - start > COLUMNS) {
        wrapLine(text.substring(start, end), out);
      } else {
        out.append(text, start, end);
      }
      if (end < text.length()) {
        out.append('\n');
      }
      start = end + 1;
    }
    return out.toString();
  }

  private static void wrapLine(String line, StringBuilder out) {
    int indent = 0;
    while (indent < line.length() && line.charAt(indent) == ' ') {
      indent++;
    }
    boolean comment = line.startsWith("//", indent);
    String continuation = " ".repeat(indent) + (comment ? "// " : "    ");
    // Each piece after the first starts with the continuation instead of what was cut off.
    int start = 0;
    int lead = 0;
    int first = indent;
    while (line.length() - start > COLUMNS - lead) {
      int cut = blankBefore(line, start + COLUMNS - lead);
      if (cut - start + lead <= first + 2) {
        cut = blankAfter(line, start + Math.max(0, COLUMNS - lead));
        if (cut < 0) {
          break;
        }
      }
      out.append(line, start, cut).append('\n').append(continuation);
      start = cut + 1;
      lead = continuation.length();
      first = lead;
    }
    out.append(line, start, line.length());
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
