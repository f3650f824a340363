package sluice.hdl.verilog;

import java.util.HashMap;
import java.util.Map;
import sluice.hdl.netlist.Keywords;

/** The identifiers of one module: unique, and no keywords. */
final class Names {
  private final Map<String, Integer> taken = new HashMap<>();

  /** A name to make others of: the underscore behind a keyword is not wanted within them. */
  static String stem(String identifier) {
    return identifier.endsWith("_") ? identifier.substring(0, identifier.length() - 1) : identifier;
  }

  /** A name that is no keyword. */
  static String legal(String wished) {
    return Keywords.contains(wished) ? wished + "_" : wished;
  }

  /** Takes a name as it is, or with a number behind it where it is taken already. */
  String unique(String wished) {
    String base = legal(wished);
    if (taken.putIfAbsent(base, 0) == null) {
      return base;
    }
    int number = taken.get(base);
    String name;
    do {
      number++;
      name = base + "_" + number;
    } while (taken.containsKey(name));
    taken.put(base, number);
    taken.put(name, 0);
    return name;
  }
}
