package sluice.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The configurations that have a name. Each is a YAML file beside this class. */
public final class Presets {

  private static final List<String> NAMES = List.of("tiny", "trace", "edge", "reference", "u280");

  private Presets() {}

  /** The names, from the smallest preset to the largest. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * The preset of this name.
   *
   * @throws ConfigException if there is none
   */
  public static AcceleratorConfig get(String name) {
    if (!NAMES.contains(name)) {
      throw new ConfigException(unknown(name));
    }
    return ConfigFields.toConfig(ConfigYaml.parse(text(name), name + ".yaml").fields());
  }

  /** What to tell a user who named a preset that does not exist. */
  static String unknown(String name) {
    return "unknown preset '%s'%s; the presets are %s"
        .formatted(name, ConfigFields.suggestion(name, NAMES), String.join(", ", NAMES));
  }

  private static String text(String name) {
    String resource = "presets/" + name + ".yaml";
    try (InputStream stream = Presets.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("resource " + resource + " is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
