package sluice.hdl.verilog;

import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Property;

/** Which clocks and resets the modules of a design need, and what they are called. */
final class ClockPorts {

  /**
   * The clocks and resets that a module needs.
   *
   * @param clocks clocks that are ports
   * @param resets clocks that have a reset, a port or a signal, which something needs
   */
  record Needed(Set<Clock> clocks, Set<Clock> resets) {}

  private final Map<Netlist, Needed> needed = new IdentityHashMap<>();
  private final ResetStyle style;

  ClockPorts(ResetStyle style) {
    this.style = style;
  }

  /** For all modules of a design: they may be asked for by several threads. */
  ClockPorts(ResetStyle style, Design design) {
    this(style);
    design.modules().forEach(this::of);
  }

  private Needed of(Netlist netlist) {
    Needed known = needed.get(netlist);
    if (known != null) {
      return known;
    }
    Needed result =
        netlist.blackBox() == null
            ? neededBy(netlist, netlist.nodes(), netlist.memories(), netlist.instances())
            : neededByBox(netlist);
    for (Property property : netlist.properties()) {
      result.clocks.add(property.clock().root());
      if (property.clock().hasReset()) {
        result.resets.add(property.clock().resetOwner());
      }
    }
    needed.put(netlist, result);
    return result;
  }

  /** What a part of a module needs. */
  Needed neededBy(Netlist netlist, Usage part) {
    return neededBy(netlist, part.registers(), part.memories(), part.instances());
  }

  private static Needed neededByBox(Netlist netlist) {
    Needed result = new Needed(new LinkedHashSet<>(), new LinkedHashSet<>());
    if (netlist.blackBox().clock() != null) {
      result.clocks.add(netlist.clock());
    }
    if (netlist.blackBox().reset() != null) {
      result.resets.add(netlist.clock());
    }
    return result;
  }

  private Needed neededBy(
      Netlist netlist,
      List<? extends Node> nodes,
      List<MemoryBlock> memories,
      List<Instance> instances) {
    Needed result = new Needed(new LinkedHashSet<>(), new LinkedHashSet<>());
    for (Node node : nodes) {
      if (node instanceof Node.Register register) {
        result.clocks.add(register.clock().root());
        if (register.resetValue() != null) {
          result.resets.add(register.clock().resetOwner());
        }
      }
    }
    for (MemoryBlock memory : memories) {
      if (memory.isRead()) {
        if (memory.synchronous()) {
          memory.allReads().forEach(read -> result.clocks.add(read.clock().root()));
        }
        memory.writes().forEach(write -> result.clocks.add(write.clock().root()));
      }
    }
    for (Instance instance : instances) {
      Netlist child = netlist.child(instance);
      Needed ofChild = of(child);
      for (int i = 0; i < child.clocks().size(); i++) {
        Clock own = instance.clocks().get(instance.child().clocks().get(i));
        if (ofChild.clocks.contains(child.clocks().get(i))) {
          result.clocks.add(own.root());
        }
        if (ofChild.resets.contains(child.clocks().get(i))
            && child.clocks().get(i).reset() == null) {
          result.resets.add(own.resetOwner());
        }
      }
    }
    return result;
  }

  /** Whether a module has a clock as a port. */
  boolean hasClock(Netlist netlist, Clock clock) {
    return clock.base() == null && of(netlist).clocks.contains(clock);
  }

  /** Whether a module has the reset of a clock as a port. */
  boolean hasReset(Netlist netlist, Clock clock) {
    return clock.base() == null && of(netlist).resets.contains(clock);
  }

  /** Whether a module makes the reset of a clock from a signal, and something needs it. */
  boolean makesReset(Netlist netlist, Clock clock) {
    return clock.reset() != null && of(netlist).resets.contains(clock);
  }

  /** The port that a clock is, or is derived from. */
  String clock(Clock clock) {
    return clock.port();
  }

  /** The port or signal that a clock has its reset from. */
  String reset(Clock clock) {
    String owner = clock.resetOwner().name();
    return owner.isEmpty() ? style.port() : owner + "_" + style.port();
  }

  /** What a clocked block of registers with reset values waits for. */
  String events(Clock clock) {
    return style.events(clock(clock), reset(clock), clock.asynchronousReset());
  }

  /** The condition under which the registers of a clock are not reset; null for one without. */
  String outsideReset(Clock clock) {
    return clock.hasReset() ? style.released(reset(clock)) : null;
  }

  /** The condition under which the registers of a clock take their value after reset. */
  String inReset(Clock clock) {
    return style.condition(reset(clock));
  }
}
