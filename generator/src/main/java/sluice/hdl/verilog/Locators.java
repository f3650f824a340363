package sluice.hdl.verilog;

import java.util.Locale;
import sluice.hdl.netlist.Site;

/**
 * Whether the Verilog tells which Java line a line of it comes from. A declaration has the line
 * that made the signal, an instance the line that placed it, an {@code assign} and an update of a
 * register the line of what is assigned, if that is computed there; else an update has the line of
 * its condition, and both otherwise the line of the declaration.
 */
public enum Locators {
  /** Nothing is told. */
  OFF,
  /** A comment at the end of the line: {@code // Foo.java:12}. */
  COMMENTS,
  /** A map beside the Verilog, which stays as it is without. */
  MAP;

  private static final char START = '\u0001';
  private static final char END = '\u0002';

  /** What the option is called on a command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A mark of a Java line, to be put anywhere into a line of text before it is broken. */
  String mark(Site site) {
    return this == OFF || site.file().isEmpty() ? "" : START + site.toString() + END;
  }

  /** A line without its mark. */
  static String unmarked(String line) {
    int start = line.indexOf(START);
    return start < 0 ? line : line.substring(0, start) + line.substring(line.indexOf(END) + 1);
  }

  /** The Java line in a mark, like {@code Foo.java:12}; null if there is none. */
  static String marked(String line) {
    int start = line.indexOf(START);
    return start < 0 ? null : line.substring(start + 1, line.indexOf(END));
  }
}
