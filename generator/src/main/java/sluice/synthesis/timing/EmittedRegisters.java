package sluice.synthesis.timing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Registers, memories and instances of emitted Verilog, and the lines of Java that made them. Reads
 * the form in which the writer declares them: one declaration a line.
 */
final class EmittedRegisters {
  private static final Pattern REGISTER =
      Pattern.compile(" *(?:output +)?reg +(?:signed +)?(?:\\[\\d+:0\\] +)?(\\w+)\\b.*");
  private static final Pattern INSTANCE = Pattern.compile(" *(\\w+) (\\w+) \\(");
  private static final Pattern INDEX = Pattern.compile("(\\[\\d+\\])+$");

  private final Map<String, Contents> modules = new HashMap<>();
  private final String top;

  /** Declarations of a module: the line of Java by identifier, and the modules of instances. */
  private record Contents(Map<String, String> registers, Map<String, Child> children) {}

  private record Child(String module, String javaLine) {}

  /**
   * @param top module in which names begin
   */
  EmittedRegisters(String top) {
    this.top = top;
  }

  /**
   * Reads a module.
   *
   * @param module its name
   * @param text its file
   * @param javaLines the Java line of each line that has one, from 1
   */
  void add(String module, String text, Map<Integer, String> javaLines) {
    Contents contents = new Contents(new HashMap<>(), new HashMap<>());
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String javaLine = javaLines.getOrDefault(i + 1, "");
      Matcher register = REGISTER.matcher(lines.get(i));
      Matcher instance = INSTANCE.matcher(lines.get(i));
      if (register.matches()) {
        contents.registers.putIfAbsent(register.group(1), javaLine);
      } else if (instance.matches() && !instance.group(1).equals("module")) {
        contents.children.put(instance.group(2), new Child(instance.group(1), javaLine));
      }
    }
    modules.put(module, contents);
  }

  /**
   * What a name from the top means.
   *
   * @param name as Yosys flattens it: {@code a.b.register}, {@code a.b.memory[3]}
   * @param bit number of the bit
   * @return null if it is no register
   */
  Endpoint register(String name, int bit) {
    Contents contents = modules.get(top);
    String module = top;
    String[] parts = name.split("\\.");
    for (int i = 0; i < parts.length - 1; i++) {
      Child child = contents.children.get(parts[i]);
      if (child == null || !modules.containsKey(child.module)) {
        return null;
      }
      module = child.module;
      contents = modules.get(module);
    }
    String declared = INDEX.matcher(parts[parts.length - 1]).replaceAll("");
    String javaLine = contents.registers.get(declared);
    return javaLine == null
        ? null
        : new Endpoint("%s[%d]".formatted(name, bit), module, declared, javaLine);
  }

  /**
   * A memory that stands as a box.
   *
   * @param name of its instance from the top
   * @param port of it where the path begins or ends
   */
  Endpoint memory(String name, String port) {
    String module = top;
    Child child = null;
    for (String part : name.split("\\.")) {
      module = child == null ? top : child.module;
      child = modules.get(module).children.get(part);
      if (child == null) {
        throw new IllegalArgumentException("no instance " + name);
      }
    }
    String declared = name.substring(name.lastIndexOf('.') + 1);
    return new Endpoint(name + "." + port, module, declared, child.javaLine);
  }
}
