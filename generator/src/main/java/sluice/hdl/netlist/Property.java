package sluice.hdl.netlist;

/**
 * What holds in every cycle outside of reset in which its enable is high, or is worth to be seen
 * there. A property is no part of the hardware: what only properties use is none either.
 *
 * @param kind what is said of the condition
 * @param enable one bit, or null for every cycle
 * @param condition one bit
 * @param text what it says in words, for messages
 */
public record Property(Kind kind, Node enable, Node condition, String text, Site site) {

  /** What is said of a condition. */
  public enum Kind {
    /** It holds. */
    ASSERT,
    /** It holds because of what is around the module. */
    ASSUME,
    /** It can be reached. */
    COVER
  }
}
