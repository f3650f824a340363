package sluice.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The fields of {@link AcceleratorConfig} by name, always in the order of the record. */
public final class ConfigFields {

  private static final List<String> NAMES =
      Arrays.stream(AcceleratorConfig.class.getRecordComponents())
          .map(RecordComponent::getName)
          .toList();

  private ConfigFields() {}

  /** The names of all fields. */
  public static List<String> names() {
    return NAMES;
  }

  /** All fields of a configuration with their values. */
  public static Map<String, Integer> of(AcceleratorConfig config) {
    Map<String, Integer> values = new LinkedHashMap<>();
    for (RecordComponent field : AcceleratorConfig.class.getRecordComponents()) {
      try {
        values.put(field.getName(), (Integer) field.getAccessor().invoke(config));
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException(e);
      }
    }
    return Collections.unmodifiableMap(values);
  }

  /**
   * The configuration with these values, which are not validated.
   *
   * @throws ConfigException if a field has no value
   */
  static AcceleratorConfig toConfig(Map<String, Integer> values) {
    List<String> missing = NAMES.stream().filter(name -> !values.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw new ConfigException(
          "no value for %s; give every field, or a preset to start from, as in 'preset: edge'"
              .formatted(String.join(", ", missing)));
    }
    Class<?>[] types = new Class<?>[NAMES.size()];
    Arrays.fill(types, int.class);
    Object[] arguments = NAMES.stream().map(values::get).toArray();
    try {
      Constructor<AcceleratorConfig> constructor =
          AcceleratorConfig.class.getDeclaredConstructor(types);
      return constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What to tell a user who named a field that does not exist. */
  static String unknown(String name) {
    return "unknown field '%s'%s; the fields are %s"
        .formatted(name, suggestion(name, NAMES), String.join(", ", NAMES));
  }

  /** " (did you mean 'x'?)", or nothing if no candidate is near. */
  static String suggestion(String name, List<String> candidates) {
    Optional<String> nearest =
        candidates.stream().min(Comparator.comparingInt(candidate -> distance(name, candidate)));
    return nearest
        .filter(candidate -> distance(name, candidate) <= Math.max(1, candidate.length() / 3))
        .map(" (did you mean '%s'?)"::formatted)
        .orElse("");
  }

  /** Edits that turn one word into the other, ignoring case and {@code _} and {@code -}. */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
    String b = right.toLowerCase(Locale.ROOT);
    int[] previous = new int[b.length() + 1];
    Arrays.setAll(previous, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
