package sluice.hdl.verilog;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import sluice.hdl.netlist.Keywords;
import sluice.hdl.netlist.Property;

/** The identifiers of one module: unique, and no keywords. */
final class Names {
  /** Characters of a name that is made of what a property says. */
  private static final int LONGEST_OF_PROPERTY = 40;

  private final Map<String, Integer> taken = new HashMap<>();

  /** A name to make others of: the underscore behind a keyword is not wanted within them. */
  static String stem(String identifier) {
    return identifier.endsWith("_") ? identifier.substring(0, identifier.length() - 1) : identifier;
  }

  /** A name that is no keyword. */
  static String legal(String wished) {
    return Keywords.contains(wished) ? wished + "_" : wished;
  }

  /** What a property says, as a name: its first words. */
  static String of(Property property) {
    StringBuilder name = new StringBuilder();
    for (String word : property.text().toLowerCase(Locale.ROOT).split("[^a-z0-9]+")) {
      if (!name.isEmpty() && name.length() + word.length() >= LONGEST_OF_PROPERTY) {
        break;
      }
      if (!word.isEmpty()) {
        name.append(name.isEmpty() ? "" : "_").append(word);
      }
    }
    boolean word = !name.isEmpty() && Character.isLetter(name.charAt(0));
    return word ? name.toString() : "property_" + name;
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
