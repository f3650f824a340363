package sluice.cosim;

import java.util.List;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Port;
import sluice.hdl.verilog.VerilogWriter;

/**
 * The ports of a module as the program knows them that runs it cycle by cycle: numbered, each kind
 * apart.
 *
 * @param clocks the clocks that are ports
 * @param resets the clocks whose reset is a port
 * @param inputs in the order of declaration
 * @param outputs in the order of declaration
 */
record EnginePorts(List<Clock> clocks, List<Clock> resets, List<Port> inputs, List<Port> outputs) {

  /** The ports of a module. */
  static EnginePorts of(Netlist module) {
    return new EnginePorts(
        module.clocks().stream().filter(c -> VerilogWriter.hasClock(module, c)).toList(),
        module.clocks().stream().filter(c -> VerilogWriter.hasReset(module, c)).toList(),
        ports(module, Port.Direction.INPUT),
        ports(module, Port.Direction.OUTPUT));
  }

  private static List<Port> ports(Netlist module, Port.Direction direction) {
    return module.ports().stream().filter(port -> port.direction() == direction).toList();
  }

  /** Bytes that hold a port's value. */
  static int bytes(Port port) {
    return (port.node().width() + 7) / 8;
  }

  /** The header that tells the program of the ports. */
  String header() {
    StringBuilder out = new StringBuilder();
    out.append("#pragma once\n\n#include \"Vblock.h\"\n#include \"port_table.h\"\n\n");
    out.append("inline void describe(sluice::PortTable& ports, Vblock& top) {\n");
    clocks.forEach(clock -> out.append("  ports.clock(top." + clock.port() + ");\n"));
    for (Clock clock : resets) {
      String prefix = clock.name().isEmpty() ? "" : clock.name() + "_";
      out.append("  ports.reset(top." + prefix + "aresetn);\n");
    }
    inputs.forEach(port -> append(out, "input", port));
    outputs.forEach(port -> append(out, "output", port));
    return out.append("}\n").toString();
  }

  private static void append(StringBuilder out, String direction, Port port) {
    String member = BlockPorts.member(port);
    out.append("  ports.%s(%d, %s);\n".formatted(direction, port.node().width(), member));
  }
}
