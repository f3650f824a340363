package sluice.hdl.sim;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A value change dump, read by the rules of IEEE 1364, chapter 18.
 *
 * @param widths bits of each variable by full name, like {@code top/child.signal}
 * @param values of each variable by time
 * @param changes how many values stand in the file
 */
record VcdFile(
    Map<String, Integer> widths, Map<String, TreeMap<Long, BigInteger>> values, int changes) {

  static VcdFile read(Path file) throws IOException {
    Deque<String> words = new ArrayDeque<>(List.of(Files.readString(file).strip().split("\\s+")));
    Map<String, Integer> widths = new LinkedHashMap<>();
    Map<String, List<String>> names = new HashMap<>();
    Deque<String> scopes = new ArrayDeque<>();
    for (String word = words.remove(); !word.equals("$enddefinitions"); word = words.remove()) {
      List<String> section = new ArrayList<>();
      for (String next = words.remove(); !next.equals("$end"); next = words.remove()) {
        section.add(next);
      }
      switch (word) {
        case "$scope" -> scopes.addLast(section.get(1));
        case "$upscope" -> scopes.removeLast();
        case "$var" -> {
          String name = String.join("/", scopes) + "." + section.get(3);
          widths.put(name, Integer.valueOf(section.get(1)));
          names.computeIfAbsent(section.get(2), code -> new ArrayList<>()).add(name);
        }
        case "$version", "$timescale" -> {}
        default -> throw new IOException("no section " + word);
      }
    }
    words.remove();
    Map<String, TreeMap<Long, BigInteger>> values = new HashMap<>();
    widths.keySet().forEach(name -> values.put(name, new TreeMap<>()));
    long time = -1;
    int changes = 0;
    while (!words.isEmpty()) {
      String word = words.remove();
      if (word.startsWith("#")) {
        long next = Long.parseLong(word.substring(1));
        if (next <= time) {
          throw new IOException("time goes back to " + next);
        }
        time = next;
      } else if (!word.startsWith("$")) {
        boolean vector = word.startsWith("b");
        String code = vector ? words.remove() : word.substring(1);
        BigInteger value = new BigInteger(vector ? word.substring(1) : word.substring(0, 1), 2);
        for (String name : names.get(code)) {
          values.get(name).put(time, value);
        }
        changes++;
      }
    }
    return new VcdFile(widths, values, changes);
  }

  /** The value of a variable at a time. */
  BigInteger at(String name, long time) {
    return values.get(name).floorEntry(time).getValue();
  }
}
