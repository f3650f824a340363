package sluice.hdl.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Property;

/**
 * The properties of a design, looked at in every cycle outside of reset; before the first reset
 * only where no register has a reset value.
 */
final class PropertyChecks {

  /** A property and the path of its module. */
  record Placed(String module, Property property) {}

  private final List<Placed> placed;
  private final int[] enables;
  private final int[] conditions;
  private final long[] seen;
  private boolean known;

  PropertyChecks(List<Placed> placed, Program program) {
    Map<Node, Integer> offsets = program.offsets();
    this.placed = placed;
    enables = new int[placed.size()];
    conditions = new int[placed.size()];
    seen = new long[placed.size()];
    for (int i = 0; i < placed.size(); i++) {
      Property property = placed.get(i).property();
      enables[i] = property.enable() == null ? -1 : offsets.get(property.enable());
      conditions[i] = offsets.get(property.condition());
    }
    known = true;
    for (Program.Register register : program.registers()) {
      known &= register.node().resetValue() == null;
    }
  }

  /**
   * Looks at the settled values of a cycle.
   *
   * @throws AssertionError if an assertion or an assumption does not hold
   */
  void look(long[] values, boolean inReset, long cycle) {
    if (inReset) {
      known = true;
      return;
    }
    if (!known) {
      return;
    }
    for (int i = 0; i < conditions.length; i++) {
      if (enables[i] >= 0 && values[enables[i]] == 0) {
        continue;
      }
      boolean holds = values[conditions[i]] != 0;
      if (placed.get(i).property().kind() == Property.Kind.COVER) {
        seen[i] += holds ? 1 : 0;
      } else if (!holds) {
        throw new AssertionError(message(placed.get(i), cycle));
      }
    }
  }

  private static String message(Placed placed, long cycle) {
    Property property = placed.property();
    return (property.kind() == Property.Kind.ASSERT ? "assertion" : "assumption")
        + " failed in cycle "
        + cycle
        + (placed.module().isEmpty() ? "" : " in " + placed.module())
        + ": "
        + property.text()
        + " ("
        + property.site()
        + ")";
  }

  List<Cover> covers() {
    List<Cover> covers = new ArrayList<>();
    for (int i = 0; i < placed.size(); i++) {
      Property property = placed.get(i).property();
      if (property.kind() == Property.Kind.COVER) {
        covers.add(new Cover(placed.get(i).module(), property.text(), property.site(), seen[i]));
      }
    }
    return covers;
  }
}
