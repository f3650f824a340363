package sluice.hdl.netlist;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What holds at every edge of a clock, outside of its reset, at which its enable is high; or what
 * is worth to be seen there. A property is no part of the hardware: what only properties use is
 * none either.
 *
 * @param kind what is said of the condition
 * @param clock at whose edges, and outside of whose reset
 * @param enable one bit, or null for every edge
 * @param condition one bit
 * @param text what it says in words, for messages
 */
public record Property(
    Kind kind, Clock clock, Node enable, Node condition, String text, Site site) {

  /** What is said of a condition. */
  public enum Kind {
    /** It holds. */
    ASSERT,
    /** It holds because of what is around the module. */
    ASSUME,
    /** It can be reached. */
    COVER
  }

  /** Everything that the property depends on. */
  public List<Node> operands() {
    return enable == null ? List.of(condition) : List.of(enable, condition);
  }

  Property redirected(UnaryOperator<Node> map) {
    Node newEnable = enable == null ? null : map.apply(enable);
    return new Property(kind, clock, newEnable, map.apply(condition), text, site);
  }
}
