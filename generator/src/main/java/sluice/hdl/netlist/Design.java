package sluice.hdl.netlist;

import java.util.List;

/**
 * A finished circuit.
 *
 * @param modules every netlist once, children before their parents; the last is the top
 */
public record Design(List<Netlist> modules) {

  public Design {
    modules = List.copyOf(modules);
  }

  public Netlist top() {
    return modules.get(modules.size() - 1);
  }
}
