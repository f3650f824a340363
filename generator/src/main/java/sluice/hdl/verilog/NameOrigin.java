package sluice.hdl.verilog;

/** Where an identifier of the Verilog comes from. */
public enum NameOrigin {
  /**
   * The user's Java: a port, a variable, a field, {@code named} or {@code reserved}; for an output
   * of a child, the name of the child and its port.
   */
  GIVEN,

  /** What the value is, where it goes, or what it is a part of; for a child, its module. */
  DERIVED,

  /** Nothing that has a name: a word for the kind of value. */
  INVENTED
}
