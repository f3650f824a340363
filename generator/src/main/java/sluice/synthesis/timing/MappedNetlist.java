package sluice.synthesis.timing;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A flat netlist of library cells, as Yosys writes it to JSON: cells and ports by the numbers of
 * their nets, and the names that nets of flip-flops have. It is read piece by piece, since it has
 * some hundred thousand cells.
 */
final class MappedNetlist {
  private static final String FLOP = "DFF";
  private static final String FLOP_OUTPUT = "Q";
  private static final String BITS = "bits";

  /**
   * A cell.
   *
   * @param name of its instance from the top; of logic, a name of Yosys
   * @param type of the library, or a memory
   * @param pins nets by pin, from bit 0; a net is a number, or a constant {@code 0}, {@code 1}
   */
  record Cell(String name, String type, Map<String, List<String>> pins) {

    boolean isFlop() {
      return type.startsWith(FLOP);
    }

    /** The net that a flip-flop drives. */
    String flopNet() {
      return pins.get(FLOP_OUTPUT).get(0);
    }
  }

  /** A port of the top, from bit 0. */
  record Port(boolean output, List<String> nets) {}

  /**
   * A name of a net.
   *
   * @param hidden whether Yosys made it
   */
  record Name(String name, int bit, boolean hidden) {}

  private final Map<String, Port> ports = new LinkedHashMap<>();
  private final List<Cell> cells = new ArrayList<>();
  private final Map<String, List<Name>> flopNames = new HashMap<>();
  private final Map<String, Map<String, MemoryLiberty.Port>> boxes = new LinkedHashMap<>();

  private MappedNetlist() {}

  /**
   * Reads a netlist.
   *
   * @param top the module with the cells; all others are boxes
   */
  static MappedNetlist read(Path json, String top) throws IOException {
    MappedNetlist netlist = new MappedNetlist();
    try (JsonParser parser = new ObjectMapper().createParser(json.toFile())) {
      parser.nextToken();
      for (String field = next(parser); field != null; field = next(parser)) {
        if (field.equals("modules")) {
          for (String name = next(parser); name != null; name = next(parser)) {
            netlist.readModule(parser, name, name.equals(top));
          }
        } else {
          parser.skipChildren();
        }
      }
    }
    return netlist;
  }

  /** The next field of an object, with the parser at its value; null at the object's end. */
  private static String next(JsonParser parser) throws IOException {
    if (parser.nextToken() == JsonToken.END_OBJECT) {
      return null;
    }
    String name = parser.currentName();
    parser.nextToken();
    return name;
  }

  private void readModule(JsonParser parser, String module, boolean top) throws IOException {
    for (String part = next(parser); part != null; part = next(parser)) {
      if (part.equals("ports")) {
        for (String name = next(parser); name != null; name = next(parser)) {
          readPort(module, name, parser.readValueAsTree(), top);
        }
      } else if (top && part.equals("cells")) {
        for (String name = next(parser); name != null; name = next(parser)) {
          readCell(name, parser.readValueAsTree());
        }
      } else if (top && part.equals("netnames")) {
        for (String name = next(parser); name != null; name = next(parser)) {
          readName(name, parser.readValueAsTree());
        }
      } else {
        parser.skipChildren();
      }
    }
  }

  private void readPort(String module, String name, JsonNode port, boolean top) {
    boolean output = port.get("direction").asText().equals("output");
    List<String> nets = nets(port.get(BITS));
    if (top) {
      ports.put(name, new Port(output, nets));
    } else {
      boxes
          .computeIfAbsent(module, box -> new LinkedHashMap<>())
          .put(name, new MemoryLiberty.Port(output, nets.size()));
    }
  }

  private void readCell(String name, JsonNode cell) {
    Map<String, List<String>> pins = new LinkedHashMap<>();
    cell.get("connections")
        .properties()
        .forEach(pin -> pins.put(pin.getKey(), nets(pin.getValue())));
    Cell read = new Cell(name, cell.get("type").asText(), pins);
    cells.add(read);
    if (read.isFlop()) {
      flopNames.put(read.flopNet(), new ArrayList<>());
    }
  }

  private void readName(String name, JsonNode net) {
    boolean hidden = net.get("hide_name").asInt() != 0;
    List<String> nets = nets(net.get(BITS));
    for (int bit = 0; bit < nets.size(); bit++) {
      List<Name> names = flopNames.get(nets.get(bit));
      if (names != null) {
        names.add(new Name(name, bit, hidden));
      }
    }
  }

  private static List<String> nets(JsonNode bits) {
    List<String> nets = new ArrayList<>();
    bits.forEach(bit -> nets.add(bit.asText()));
    return nets;
  }

  /** Ports of the top. */
  Map<String, Port> ports() {
    return ports;
  }

  /** All cells. */
  List<Cell> cells() {
    return cells;
  }

  /** The names of the net that a flip-flop drives. */
  List<Name> names(Cell flop) {
    return flopNames.get(flop.flopNet());
  }

  /** Modules that are boxes, with their ports. */
  Map<String, Map<String, MemoryLiberty.Port>> boxes() {
    return boxes;
  }
}
