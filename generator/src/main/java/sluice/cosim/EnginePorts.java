package sluice.cosim;

import java.util.List;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Port;
import sluice.hdl.verilog.VerilogWriter;

/**
 * The ports of a module as the program knows them that runs it cycle by cycle: numbered, inputs and
 * outputs apart.
 *
 * @param inputs in the order of declaration
 * @param outputs in the order of declaration
 * @param clock whether there is a port {@code clock}
 * @param reset whether there is a port {@code aresetn}
 */
record EnginePorts(List<Port> inputs, List<Port> outputs, boolean clock, boolean reset) {

  /** The ports of a module. */
  static EnginePorts of(Netlist module) {
    return new EnginePorts(
        ports(module, Port.Direction.INPUT),
        ports(module, Port.Direction.OUTPUT),
        VerilogWriter.hasClock(module),
        VerilogWriter.hasReset(module));
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
    if (clock) {
      out.append("  ports.clock(top.clock);\n");
    }
    if (reset) {
      out.append("  ports.reset(top.aresetn);\n");
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
