package sluice.hdl.netlist;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * The modules of a design that are there for something beside their outputs. In hardware that is a
 * black box, of which nobody knows what it does; a module that has no outputs, and no properties
 * that it could be there for; and what contains one of these. A module with properties, in itself
 * or below it, is there for checking.
 */
public final class Effects {
  private final Set<Netlist> hardware = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Netlist> properties = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Finds these modules of a design. */
  public Effects(Design design) {
    for (Netlist netlist : design.modules()) {
      if (!netlist.properties().isEmpty() || contains(netlist, properties)) {
        properties.add(netlist);
      }
      boolean silent =
          netlist.ports().stream().noneMatch(p -> p.direction() == Port.Direction.OUTPUT)
              && !properties.contains(netlist);
      if (netlist.blackBox() != null || silent || contains(netlist, hardware)) {
        hardware.add(netlist);
      }
    }
  }

  private static boolean contains(Netlist netlist, Set<Netlist> found) {
    return netlist.instances().stream().anyMatch(i -> found.contains(netlist.child(i)));
  }

  /** Whether a module does something beside its outputs. */
  public boolean hasAny(Netlist netlist) {
    return hardware.contains(netlist) || properties.contains(netlist);
  }

  /** Whether a module does something in hardware beside its outputs. */
  public boolean areHardware(Netlist netlist) {
    return hardware.contains(netlist);
  }

  /** Whether a module or one below it has properties. */
  public boolean haveProperties(Netlist netlist) {
    return properties.contains(netlist);
  }
}
