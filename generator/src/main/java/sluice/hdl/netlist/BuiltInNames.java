package sluice.hdl.netlist;

import java.util.LinkedHashSet;
import java.util.Set;

/** The names in the Verilog of a module that it has by itself, whether it needs them or not. */
public final class BuiltInNames {
  private static final Set<String> OF_A_CLOCK = Set.of("clock", "aresetn", "areset");
  private static final Set<String> UNUSED = Set.of("unused_ok", "unused_property_ok");

  private BuiltInNames() {}

  /**
   * The clocks and the resets, which are ports or signals, and what collects unused bits of the
   * hardware and of properties. Resets are there for all reset styles, so that a style changes no
   * other name.
   */
  public static Set<String> of(Netlist netlist) {
    Set<String> names = new LinkedHashSet<>(OF_A_CLOCK);
    names.addAll(UNUSED);
    for (Clock clock : netlist.clocks()) {
      if (!clock.name().isEmpty()) {
        OF_A_CLOCK.forEach(name -> names.add(clock.name() + "_" + name));
      }
    }
    return names;
  }

  /** In messages: what has such a name by itself. */
  public static String owner(String name) {
    return OF_A_CLOCK.contains(name) || UNUSED.contains(name) ? "every module" : "its clock domain";
  }
}
