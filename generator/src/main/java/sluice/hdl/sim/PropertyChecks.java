package sluice.hdl.sim;

import java.util.ArrayList;
import java.util.List;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Property;

/**
 * The properties of a design, looked at when their clocks rise, outside of their resets; before the
 * first reset only where no register has a reset value, or the clock has no reset.
 */
final class PropertyChecks {

  /** A property and the path of its module. */
  record Placed(String module, Property property) {}

  /** A property, and where its signals are in the values; no enable is -1. */
  private static final class Check {
    final Placed placed;
    final Clock clock;
    final int reset;
    final int enable;
    final int condition;
    boolean known;
    long seen;

    Check(Placed placed, Clock clock, int reset, int enable, int condition, boolean known) {
      this.placed = placed;
      this.clock = clock;
      this.reset = reset;
      this.enable = enable;
      this.condition = condition;
      this.known = known;
    }
  }

  private final List<Check> checks = new ArrayList<>();
  private final ResetSources resets;

  PropertyChecks(Hierarchy hierarchy, Program program, ResetSources resets) {
    this.resets = resets;
    boolean needsReset = false;
    for (Node node : hierarchy.nodes()) {
      needsReset |= node instanceof Node.Register register && register.resetValue() != null;
    }
    for (Placed placed : hierarchy.properties()) {
      Property property = placed.property();
      checks.add(
          new Check(
              placed,
              hierarchy.root(property.clock()),
              resets.of(property.clock()),
              property.enable() == null ? -1 : program.slotsOf(property.enable())[0],
              program.slotsOf(property.condition())[0],
              !needsReset || !hierarchy.resetOwner(property.clock()).hasReset()));
    }
  }

  /**
   * Looks at the settled values before an edge of a clock of the top module.
   *
   * @throws AssertionError if an assertion or an assumption does not hold
   */
  void look(long[] values, Clock clock, long cycle) {
    if (checks.isEmpty()) {
      return;
    }
    boolean[] inReset = resets.active(values);
    for (Check check : checks) {
      if (check.clock != clock) {
        continue;
      }
      if (inReset[check.reset]) {
        check.known = true;
      } else if (check.known && (check.enable < 0 || values[check.enable] != 0)) {
        boolean holds = values[check.condition] != 0;
        if (check.placed.property().kind() == Property.Kind.COVER) {
          check.seen += holds ? 1 : 0;
        } else if (!holds) {
          throw new AssertionError(message(check.placed, cycle));
        }
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
    for (Check check : checks) {
      Property property = check.placed.property();
      if (property.kind() == Property.Kind.COVER) {
        covers.add(new Cover(check.placed.module(), property.text(), property.site(), check.seen));
      }
    }
    return covers;
  }
}
