package sluice.hdl.netlist;

/**
 * Where in the user's Java a piece of hardware was written.
 *
 * @param file source file name
 * @param line line number, 0 if unknown
 */
public record Site(String file, int line) {

  /** Nowhere: made by the language itself. */
  public static final Site NONE = new Site("", 0);

  @Override
  public String toString() {
    return file.isEmpty() ? "unknown source" : file + ":" + line;
  }
}
