package sluice.hdl.check;

import sluice.hdl.netlist.Site;

/**
 * One thing that is wrong with a circuit.
 *
 * @param kind what kind of mistake
 * @param message what is wrong, in one line
 * @param site the user's line at fault
 * @param other a second line that takes part, or null
 * @param advice what to do
 */
public record Diagnostic(Kind kind, String message, Site site, Site other, String advice) {

  /** The kinds of mistakes that are refused. */
  public enum Kind {
    WIDTH_MISMATCH,
    OUT_OF_RANGE,
    UNDRIVEN,
    DOUBLE_DRIVER,
    NOT_ON_EVERY_PATH,
    COMBINATIONAL_LOOP,
    NAME_CLASH,
    PORT_DIRECTION,
    NOT_ASSIGNABLE,
    WRONG_MODULE,
    UNBOUND,
    UNNAMED_PORT,
    MEMORY;

    /** The kind as it is printed. */
    public String code() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  @Override
  public String toString() {
    return site
        + ": "
        + kind.code()
        + ": "
        + message
        + (other == null ? "" : " (see also " + other + ")")
        + "\n    "
        + advice;
  }
}
