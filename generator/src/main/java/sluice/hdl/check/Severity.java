package sluice.hdl.check;

/** What becomes of a diagnostic. */
public enum Severity {
  /** The circuit is refused. */
  ERROR,
  /** It is told, and the circuit is built. */
  WARNING,
  /** It is not looked for. */
  OFF
}
