package sluice.hdl.netlist;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The modules of a design that are there for something beside their outputs. In hardware that is a
 * black box, of which nobody knows what it does; a module that has no outputs, and no properties
 * that it could be there for; and what contains one of these. A module with properties, in itself
 * or below it, is there for checking. And which resets the modules need, for what is below them.
 */
public final class Effects {
  private final Set<Netlist> hardware = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Netlist> properties = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Clocks whose resets are needed, of all modules. */
  private final Set<Clock> resets = Collections.newSetFromMap(new IdentityHashMap<>());

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
      findResets(netlist);
    }
  }

  private void findResets(Netlist netlist) {
    for (Node node : netlist.nodes()) {
      if (node instanceof Node.Register register && register.resetValue() != null) {
        resets.add(register.clock().resetOwner());
      }
    }
    netlist.properties().forEach(property -> resets.add(property.clock().resetOwner()));
    if (netlist.blackBox() != null && netlist.blackBox().reset() != null) {
      resets.add(netlist.clock());
    }
    for (Instance instance : netlist.instances()) {
      resetClocks(netlist, instance).forEach(clock -> resets.add(clock.resetOwner()));
    }
  }

  /** The clocks of a module whose resets go to an instance in it, and are needed there. */
  List<Clock> resetClocks(Netlist netlist, Instance instance) {
    List<Clock> own = new ArrayList<>();
    List<Clock> ofChild = netlist.child(instance).clocks();
    for (int i = 0; i < ofChild.size(); i++) {
      if (ofChild.get(i).base() == null && resets.contains(ofChild.get(i))) {
        own.add(instance.clocks().get(instance.child().clocks().get(i)));
      }
    }
    return own;
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
