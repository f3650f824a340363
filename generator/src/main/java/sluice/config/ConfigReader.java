package sluice.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the configuration that a user asks for: the name of a preset or of a YAML file, and fields
 * to override.
 */
public final class ConfigReader {

  private static final String CONTEXT = "context";
  private static final List<String> BOUNDED_BY_CONTEXT = List.of("maxSelected", "pageTokens");

  private ConfigReader() {}

  /**
   * Values on the way to a configuration.
   *
   * @param inherited the fields of the preset to start from; empty if there is none
   * @param given the fields that the user set
   */
  private record Chosen(Map<String, Object> inherited, Map<String, Object> given) {

    Chosen with(Map<String, Object> changes) {
      Map<String, Object> all = new HashMap<>(given);
      all.putAll(changes);
      return new Chosen(inherited, all);
    }

    Map<String, Object> values() {
      Map<String, Object> values = new HashMap<>(inherited);
      values.putAll(given);
      int context = (Integer) values.getOrDefault(CONTEXT, 0);
      boolean possible = context > 0 && Integer.bitCount(context) == 1;
      for (String field : BOUNDED_BY_CONTEXT) {
        if (possible && inherited.containsKey(field) && !given.containsKey(field)) {
          values.computeIfPresent(field, (name, value) -> Math.min((Integer) value, context));
        }
      }
      return values;
    }
  }

  /**
   * Reads and validates a configuration. What a preset says of {@code maxSelected} and {@code
   * pageTokens} is lowered to the context, so that the context alone can be changed; what the user
   * says never is.
   *
   * @param source a preset, or the path of a file; what ends in {@code .yaml} or {@code .yml} or
   *     has a folder is a path
   * @param overrides texts of the form {@code field=value} or {@code field=value,field=value}; of
   *     two values of a field the last one holds
   * @throws ConfigException with all problems found
   */
  public static NamedConfig read(String source, List<String> overrides) {
    List<String> problems = new ArrayList<>();
    Map<String, Object> changes = new HashMap<>();
    for (String override : overrides) {
      readOverride(override, changes, problems);
    }
    Chosen chosen = null;
    try {
      chosen = isFile(source) ? readFile(source) : new Chosen(preset(source), Map.of());
    } catch (ConfigException e) {
      problems.addAll(0, e.problems());
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    AcceleratorConfig config = ConfigFields.toConfig(chosen.with(changes).values());
    return new NamedConfig(name(source), ConfigValidation.check(config));
  }

  private static boolean isFile(String source) {
    return source.endsWith(".yaml")
        || source.endsWith(".yml")
        || source.contains("/")
        || source.contains("\\");
  }

  private static String name(String source) {
    return isFile(source)
        ? source.replaceFirst(".*[/\\\\]", "").replaceFirst("\\.ya?ml$", "")
        : source;
  }

  private static Map<String, Object> preset(String name) {
    return ConfigFields.of(Presets.get(name));
  }

  private static Chosen readFile(String source) {
    Path file = Path.of(source);
    if (!Files.exists(file)) {
      throw new ConfigException("there is no configuration file %s".formatted(source));
    }
    if (!Files.isRegularFile(file)) {
      throw new ConfigException("%s is not a file".formatted(source));
    }
    String text;
    try {
      text = Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new ConfigException("%s is not a text file in UTF-8".formatted(source));
    } catch (IOException e) {
      throw new ConfigException("cannot read %s: %s".formatted(source, e.getMessage()));
    }
    ConfigYaml yaml = ConfigYaml.parse(text, source);
    return new Chosen(yaml.preset().map(ConfigReader::preset).orElse(Map.of()), yaml.fields());
  }

  private static void readOverride(
      String override, Map<String, Object> changes, List<String> problems) {
    for (String assignment : override.split(",", -1)) {
      String[] parts = assignment.split("=", 2);
      if (parts.length < 2) {
        problems.add(
            "'%s' sets nothing; allowed is field=value, as in channels=2,context=4096"
                .formatted(assignment.strip()));
        continue;
      }
      String field = parts[0].strip();
      String value = parts[1].strip();
      if (!ConfigFields.names().contains(field)) {
        problems.add(ConfigFields.unknown(field));
        continue;
      }
      try {
        changes.put(field, ConfigFields.parse(field, value));
      } catch (ConfigException e) {
        problems.addAll(e.problems());
      }
    }
  }
}
