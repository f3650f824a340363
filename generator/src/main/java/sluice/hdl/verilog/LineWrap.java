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
    String rest = line;
    int first = indent;
    while (rest.length() > COLUMNS) {
      int cut = rest.lastIndexOf(' ', COLUMNS);
      if (cut <= first + 2) {
        cut = rest.indexOf(' ', COLUMNS);
        if (cut < 0) {
          break;
        }
      }
      out.append(rest, 0, cut).append('\n');
      rest = continuation + rest.substring(cut + 1);
      first = continuation.length();
    }
    out.append(rest);
  }
}
