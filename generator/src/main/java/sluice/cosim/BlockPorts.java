package sluice.cosim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.hdl.netlist.Keywords;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Port;
import sluice.hdl.verilog.VerilogWriter;

/**
 * The ports of a module as the testbench of single blocks sees them: streams and plain ports.
 *
 * <p>A stream {@code words} is a pair of ports {@code words_valid} and {@code words_ready} of one
 * interface that point in opposite directions, with all others of the interface that begin with
 * {@code words_} and go along with {@code words_valid} as its payload. A compact stream is found
 * likewise: {@code m_axi_awvalid} and {@code m_axi_awready} make {@code m_axi_aw}.
 *
 * @param streams in the order of their first ports
 * @param plain the ports that belong to no stream
 * @param clock whether there is a port {@code clock}
 * @param reset whether there is a port {@code aresetn}
 */
record BlockPorts(List<StreamPorts> streams, List<Port> plain, boolean clock, boolean reset) {

  private static final String VALID = "valid";
  private static final String READY = "ready";

  /**
   * A stream.
   *
   * @param prefix what its ports' names begin with
   * @param fields the payload, the most significant first
   */
  record StreamPorts(String prefix, Port valid, Port ready, List<Port> fields) {

    /** The name by which the testbench knows it. */
    String name() {
      return prefix.endsWith("_") ? prefix.substring(0, prefix.length() - 1) : prefix;
    }

    /** Whether the module receives it. */
    boolean isInput() {
      return valid.direction() == Port.Direction.INPUT;
    }

    /** Bits of a word: all fields together. */
    int width() {
      return fields.stream().mapToInt(field -> field.node().width()).sum();
    }

    private boolean hasInPayload(Port port) {
      return port.group().equals(valid.group())
          && port.direction() == valid.direction()
          && port.name().startsWith(prefix);
    }
  }

  /** The ports of a module. */
  static BlockPorts of(Netlist module) {
    List<StreamPorts> streams = streams(module.ports());
    Set<Port> handshakes = new HashSet<>();
    for (StreamPorts stream : streams) {
      handshakes.add(stream.valid);
      handshakes.add(stream.ready);
    }
    List<Port> plain = new ArrayList<>();
    for (Port port : module.ports()) {
      if (handshakes.contains(port)) {
        continue;
      }
      StreamPorts owner = null;
      for (StreamPorts stream : streams) {
        // The longest name wins: a stream may be a part of another's interface.
        if (stream.hasInPayload(port)
            && (owner == null || stream.prefix.length() > owner.prefix.length())) {
          owner = stream;
        }
      }
      (owner == null ? plain : owner.fields).add(port);
    }
    return new BlockPorts(
        streams, plain, VerilogWriter.hasClock(module), VerilogWriter.hasReset(module));
  }

  private static List<StreamPorts> streams(List<Port> ports) {
    Map<String, Port> byName = new HashMap<>();
    ports.forEach(port -> byName.put(port.name(), port));
    List<StreamPorts> streams = new ArrayList<>();
    for (Port valid : ports) {
      if (!valid.name().endsWith(VALID)) {
        continue;
      }
      String prefix = valid.name().substring(0, valid.name().length() - VALID.length());
      Port ready = byName.get(prefix + READY);
      if (ready != null
          && ready.group().equals(valid.group())
          && ready.direction() != valid.direction()) {
        streams.add(new StreamPorts(prefix, valid, ready, new ArrayList<>()));
      }
    }
    return streams;
  }

  /** The stream of a name. */
  StreamPorts stream(String name) {
    return streams.stream()
        .filter(stream -> stream.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no stream "
                        + name
                        + " among "
                        + streams.stream().map(s -> s.name()).toList()));
  }

  /** The header that tells the testbench of the ports. */
  String header() {
    StringBuilder out = new StringBuilder();
    out.append("#pragma once\n\n#include \"Vblock.h\"\n#include \"description.h\"\n\n");
    out.append("inline void describe(sluice::Description& block, Vblock& top) {\n");
    if (clock) {
      out.append("  block.clock(top.clock);\n");
    }
    if (reset) {
      out.append("  block.reset(top.aresetn);\n");
    }
    for (Port port : plain) {
      String direction = port.direction() == Port.Direction.INPUT ? "input" : "output";
      out.append("  block.%s(%s);\n".formatted(direction, signal(port.name(), port)));
    }
    for (StreamPorts stream : streams) {
      out.append(
          "  block.%s_stream(\"%s\", %s, %s)"
              .formatted(
                  stream.isInput() ? "input" : "output",
                  stream.name(),
                  member(stream.valid),
                  member(stream.ready)));
      for (Port field : stream.fields) {
        String name = field.name().substring(stream.prefix.length());
        out.append("\n      .field(%s)".formatted(signal(name, field)));
      }
      out.append(";\n");
    }
    return out.append("}\n").toString();
  }

  private static String signal(String name, Port port) {
    return "\"%s\", %d, %s".formatted(name, port.node().width(), member(port));
  }

  /**
   * The member of Verilator's class, which keeps two underscores in a row for its own names. A
   * keyword has an underscore behind it in the Verilog.
   */
  static String member(Port port) {
    String name = Keywords.contains(port.name()) ? port.name() + "_" : port.name();
    return "top." + name.replace("__", "___05F");
  }
}
