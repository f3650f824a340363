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

  private ConfigReader() {}

  /**
   * Reads and validates a configuration.
   *
   * @param source a preset, or the path of a file; what ends in {@code .yaml} or {@code .yml} or
   *     has a folder is a path
   * @param overrides texts of the form {@code field=value} or {@code field=value,field=value}; of
   *     two values of a field the last one holds
   * @throws ConfigException with all problems found
   */
  public static NamedConfig read(String source, List<String> overrides) {
    List<String> problems = new ArrayList<>();
    Map<String, Integer> changes = new HashMap<>();
    for (String override : overrides) {
      readOverride(override, changes, problems);
    }
    Map<String, Integer> values = new HashMap<>();
    try {
      values.putAll(isFile(source) ? readFile(source) : ConfigFields.of(Presets.get(source)));
    } catch (ConfigException e) {
      problems.addAll(0, e.problems());
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    values.putAll(changes);
    return new NamedConfig(name(source), ConfigValidation.check(ConfigFields.toConfig(values)));
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

  private static Map<String, Integer> readFile(String source) {
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
    Map<String, Integer> values = new HashMap<>();
    yaml.preset().ifPresent(preset -> values.putAll(ConfigFields.of(Presets.get(preset))));
    values.putAll(yaml.fields());
    return values;
  }

  private static void readOverride(
      String override, Map<String, Integer> changes, List<String> problems) {
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
        changes.put(field, Integer.parseInt(value));
      } catch (NumberFormatException e) {
        problems.add("%s is '%s'; allowed is an integer".formatted(field, value));
      }
    }
  }
}
