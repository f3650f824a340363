package sluice.synthesis.timing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A mapped netlist as Verilog of which OpenSTA reads each line: ports of one bit and short names,
 * which are turned back into registers, memories and ports of the design.
 */
final class TimedNetlist {
  static final String CLOCK = "clock";

  private final EmittedRegisters registers;
  private final Map<String, Endpoint> endpoints = new HashMap<>();
  private final Map<String, String> memories = new HashMap<>();
  private final List<String> ports = new ArrayList<>();
  private final List<String> inputsWithoutPath = new ArrayList<>();
  private final StringBuilder body = new StringBuilder();

  /** The names of nets that inputs of the top drive. */
  private final Map<String, String> inputs = new HashMap<>();

  /**
   * @param top name of the module
   * @param resetPort from which no path is timed
   */
  TimedNetlist(MappedNetlist netlist, String top, EmittedRegisters registers, String resetPort) {
    this.registers = registers;
    netlist.ports().forEach((name, port) -> addPort(top, name, port, name.equals(resetPort)));
    netlist.cells().forEach(cell -> addCell(netlist, cell));
    body.insert(0, "module %s(%s);%n".formatted(top, String.join(",", ports)));
    body.append("endmodule\n");
  }

  /** The Verilog. */
  String text() {
    return body.toString();
  }

  /** Inputs whose paths do not count. */
  List<String> inputsWithoutPath() {
    return inputsWithoutPath;
  }

  private void addPort(String top, String name, MappedNetlist.Port port, boolean withoutPath) {
    for (int bit = 0; bit < port.nets().size(); bit++) {
      String shortName = name.equals(CLOCK) ? CLOCK : "p" + ports.size();
      ports.add(shortName);
      body.append(port.output() ? "output " : "input ").append(shortName).append(";\n");
      String net = port.nets().get(bit);
      if (port.output()) {
        body.append("assign %s = %s;%n".formatted(shortName, net(net)));
      } else {
        inputs.put(net, shortName);
      }
      if (withoutPath) {
        inputsWithoutPath.add(shortName);
      }
      endpoints.put(shortName, new Endpoint("%s[%d]".formatted(name, bit), top, name, ""));
    }
  }

  private void addCell(MappedNetlist netlist, MappedNetlist.Cell cell) {
    String name = "c" + endpoints.size() + "_" + body.length();
    if (cell.isFlop()) {
      endpoints.put(name, register(cell, netlist.names(cell)));
    } else if (netlist.boxes().containsKey(cell.type())) {
      memories.put(name, cell.name());
    }
    String pins =
        cell.pins().entrySet().stream()
            .map(pin -> "." + pin.getKey() + "(" + nets(pin.getValue()) + ")")
            .collect(Collectors.joining(","));
    body.append(cell.type()).append(' ').append(name).append('(').append(pins).append(");\n");
  }

  private Endpoint register(MappedNetlist.Cell cell, List<MappedNetlist.Name> names) {
    for (MappedNetlist.Name name : names) {
      Endpoint endpoint = registers.register(readable(name), name.bit());
      if (endpoint != null) {
        return endpoint;
      }
    }
    String name = names.isEmpty() ? cell.name() : names.get(0).name();
    return new Endpoint(name, "", name, "");
  }

  /** Of a name like {@code $\queue.entries$rdreg[0]$q}, the memory whose reading it registers. */
  private static String readable(MappedNetlist.Name name) {
    if (!name.hidden()) {
      return name.name();
    }
    String inner = name.name().replaceFirst("^\\$\\\\?", "");
    int end = inner.indexOf('$');
    return end < 0 ? inner : inner.substring(0, end);
  }

  private String nets(List<String> nets) {
    List<String> fromHighest = new ArrayList<>();
    for (int bit = nets.size() - 1; bit >= 0; bit--) {
      fromHighest.add(net(nets.get(bit)));
    }
    return fromHighest.size() == 1 ? fromHighest.get(0) : "{" + String.join(",", fromHighest) + "}";
  }

  /** A net is a number; what is neither 0 nor 1 of constants does not matter. */
  private String net(String net) {
    if (Character.isDigit(net.charAt(0)) && !net.equals("0") && !net.equals("1")) {
      String input = inputs.get(net);
      return input == null ? "n" + net : input;
    }
    return net.equals("1") ? "1'b1" : "1'b0";
  }

  /**
   * What a pin or a port of the Verilog is.
   *
   * @param pin like {@code c12_345/D}
   */
  Endpoint endpoint(String pin) {
    int slash = pin.indexOf('/');
    String instance = slash < 0 ? pin : pin.substring(0, slash);
    String memory = memories.get(instance);
    if (memory != null) {
      return registers.memory(memory, pin.substring(slash + 1));
    }
    Endpoint endpoint = endpoints.get(instance);
    if (endpoint == null) {
      throw new IllegalArgumentException("no path begins or ends at " + pin);
    }
    return endpoint;
  }
}
