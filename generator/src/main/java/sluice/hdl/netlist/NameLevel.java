package sluice.hdl.netlist;

/**
 * How firmly a value holds on to its name, the strongest first.
 *
 * <p>The contract, which passes and the Verilog writer keep:
 *
 * <ul>
 *   <li>A value keeps a name of its own as long as its level is above {@link #MERGEABLE}: it is
 *       declared, and not written in place of its use. Only what passes on its value unchanged to
 *       or from something with a name (a wire and its driver, a register and the output that shows
 *       it) shares one declaration with it.
 *   <li>Where values are merged, the one that stays takes the strongest of their names; of equal
 *       levels, that of the value created first. A {@link #RESERVED} name is never given up: two
 *       reserved values stay apart.
 *   <li>A name that is taken gets a number behind it, in the order reserved, renameable, mergeable,
 *       derived; within a level, in the order of creation. Names of values that are not declared
 *       stay taken, so that a number does not depend on what is used.
 * </ul>
 */
public enum NameLevel {
  /** Exactly this name, or the error {@code name-clash}: ports, and what is {@code reserved}. */
  RESERVED,

  /** Given by the user, with {@code named}, by a variable or by a field. */
  RENAMEABLE,

  /**
   * Made by the language's own helpers, or from the name of a neighbour. It names the value where
   * that is declared, and vanishes where the value is written in place.
   */
  MERGEABLE,

  /** None: the value is written in place, or named after what it is or where it goes. */
  UNNAMED;

  /** Whether this level is above another. */
  public boolean isStrongerThan(NameLevel other) {
    return compareTo(other) < 0;
  }
}
