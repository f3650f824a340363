package sluice.hdl.fuzz;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Site;

/**
 * The clocks of a random module.
 *
 * <p>A reset that acts without an edge must not have glitches, which simulators show or not. So it
 * is <em>clean</em>: a port of the implicit clock, or a bit of a register of such a reset. A
 * child's implicit clock always has a clean reset.
 */
final class RandomClocks {
  private static final List<String> PORTS = List.of("left", "right");

  private final Netlist netlist;
  private final Draw draw;
  private final RandomValues values;
  private final Set<Clock> clean = new HashSet<>();

  RandomClocks(Netlist netlist, Draw draw, RandomValues values) {
    this.netlist = netlist;
    this.draw = draw;
    this.values = values;
    clean.add(netlist.clock());
  }

  /** Adds clocks that are ports. */
  void addPorts() {
    for (String name : PORTS.subList(0, draw.oneIn(3) ? 0 : draw.below(PORTS.size() + 1))) {
      Clock clock = new Clock(name, null, null, false, Site.NONE);
      if (draw.oneIn(4)) {
        clock.removeReset();
      }
      netlist.clocks().add(clock);
    }
  }

  /**
   * Adds clocks with other resets.
   *
   * @param run low as long as they have to be reset
   * @param registers of clocks that are ports
   */
  void derive(Node run, List<Node.Register> registers) {
    List<Node.Register> sources =
        registers.stream().filter(register -> register.resetValue() != null).toList();
    for (int i = draw.below(4); i > 0; i--) {
      Clock base = draw.of(netlist.clocks());
      String name = "derived" + i;
      Clock clock;
      if (draw.oneIn(3) && clean.contains(base)) {
        clock = new Clock(name, base, null, true, Site.NONE);
        clean.add(clock);
      } else if (draw.coin() && !sources.isEmpty()) {
        Node bit = values.bit(draw.of(sources));
        Node reset = values.or(values.not(run), bit);
        clock = new Clock(name, base, reset, draw.coin(), Site.NONE);
        clean.add(clock);
      } else {
        Node reset = values.or(values.not(run), values.operand(1));
        clock = new Clock(name, base, reset, false, Site.NONE);
      }
      netlist.clocks().add(clock);
    }
  }

  /** Any clock. */
  Clock any() {
    return draw.of(netlist.clocks());
  }

  Clock anyWithReset() {
    return draw.of(netlist.clocks().stream().filter(Clock::hasReset).toList());
  }

  Clock anyClean() {
    return draw.of(netlist.clocks().stream().filter(clean::contains).toList());
  }
}
