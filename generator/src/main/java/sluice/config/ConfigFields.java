package sluice.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The fields of {@link AcceleratorConfig} by name, always in the order of the record. A value is an
 * {@code Integer}, or of the field's enum; as a text it is a decimal number, or the enum's constant
 * in small letters.
 */
public final class ConfigFields {

  private static final Map<String, Class<?>> TYPES = types();

  private static final List<String> NAMES = List.copyOf(TYPES.keySet());

  private ConfigFields() {}

  /** The names of all fields. */
  public static List<String> names() {
    return NAMES;
  }

  /** All fields of a configuration with their values. */
  public static Map<String, Object> of(AcceleratorConfig config) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (RecordComponent field : AcceleratorConfig.class.getRecordComponents()) {
      try {
        values.put(field.getName(), field.getAccessor().invoke(config));
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
  static AcceleratorConfig toConfig(Map<String, ?> values) {
    List<String> missing = NAMES.stream().filter(name -> !values.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw new ConfigException(
          "no value for %s; give every field, or a preset to start from, as in 'preset: edge'"
              .formatted(String.join(", ", missing)));
    }
    Class<?>[] types = TYPES.values().toArray(Class<?>[]::new);
    Object[] arguments = NAMES.stream().map(values::get).toArray();
    try {
      Constructor<AcceleratorConfig> constructor =
          AcceleratorConfig.class.getDeclaredConstructor(types);
      return constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A field's value from its text.
   *
   * @param field one of {@link #names}
   * @throws ConfigException if the text is none of the field's values
   */
  static Object parse(String field, String text) {
    for (Object choice : choices(field)) {
      if (choice.toString().equals(text)) {
        return choice;
      }
    }
    try {
      if (isNumber(field)) {
        return Integer.parseInt(text);
      }
    } catch (NumberFormatException e) {
      // The same as any other text that is no value.
    }
    throw new ConfigException(wrong(field, "'" + text + "'"));
  }

  /** Whether a field's values are integers, not words. */
  static boolean isNumber(String field) {
    return TYPES.get(field) == int.class;
  }

  /** What to tell a user whose value of a field, as shown, is of the wrong kind. */
  static String wrong(String field, String shown) {
    String allowed =
        isNumber(field)
            ? "an integer"
            : choices(field).stream().map(Object::toString).collect(Collectors.joining(" or "));
    return "%s is %s; allowed is %s".formatted(field, shown, allowed);
  }

  private static List<Object> choices(String field) {
    Object[] constants = TYPES.get(field).getEnumConstants();
    return constants == null ? List.of() : List.of(constants);
  }

  private static Map<String, Class<?>> types() {
    Map<String, Class<?>> types = new LinkedHashMap<>();
    for (RecordComponent field : AcceleratorConfig.class.getRecordComponents()) {
      types.put(field.getName(), field.getType());
    }
    return Collections.unmodifiableMap(types);
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

  /**
   * Edits (a swap of neighbours is one) that turn one word into the other, ignoring case and {@code
   * _} and {@code -}.
   */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
    String b = right.toLowerCase(Locale.ROOT);
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        edits[i][j] = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          edits[i][j] = Math.min(edits[i][j], 1 + edits[i - 2][j - 2]);
        }
      }
    }
    return edits[a.length()][b.length()];
  }
}
