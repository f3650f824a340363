package sluice.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One line of results: named fields in order. A name ends with the unit of its number, as in {@code
 * scan_cycles}; without one it is a count or a word.
 */
final class BenchRow {
  private static final double ROUND_NUMBERS = 100;

  private final Map<String, Object> fields = new LinkedHashMap<>();

  /** Adds a whole number. */
  BenchRow with(String name, long value) {
    return put(name, value);
  }

  /** Adds a measured number. */
  BenchRow with(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " is " + value);
    }
    return put(name, value);
  }

  /** Adds a word. */
  BenchRow with(String name, String value) {
    return put(name, value);
  }

  /** Adds a fact. */
  BenchRow with(String name, boolean value) {
    return put(name, value);
  }

  /** Adds rows that belong to this one; for programs: a table shows them where it says so. */
  BenchRow with(String name, List<BenchRow> rows) {
    return put(name, List.copyOf(rows));
  }

  /** Adds what another row has in a field. */
  BenchRow with(String name, BenchRow other, String field) {
    return put(name, other.fields.get(field));
  }

  private BenchRow put(String name, Object value) {
    if (fields.putIfAbsent(name, value) != null) {
      throw new IllegalArgumentException("two fields " + name);
    }
    return this;
  }

  /** The fields, numbers at full precision, rows as the maps of their fields. */
  Map<String, Object> fields() {
    Map<String, Object> values = new LinkedHashMap<>(fields);
    values.replaceAll((name, value) -> value instanceof List<?> ? maps(name) : value);
    return Collections.unmodifiableMap(values);
  }

  private List<Map<String, Object>> maps(String name) {
    return rows(name).stream().map(BenchRow::fields).toList();
  }

  /** Whether there is a field of this name. */
  boolean has(String name) {
    return fields.containsKey(name);
  }

  /** The rows of a field that has such. */
  List<BenchRow> rows(String name) {
    return ((List<?>) fields.get(name)).stream().map(BenchRow.class::cast).toList();
  }

  /** Whether a field is a number, to be aligned right. */
  boolean isNumber(String name) {
    return fields.get(name) instanceof Number;
  }

  /** A field for people: thousands are separated, fractions have three digits that matter. */
  String text(String name) {
    Object value = fields.get(name);
    if (value instanceof Long) {
      return String.format(Locale.ROOT, "%,d", value);
    }
    if (value instanceof Double number) {
      double magnitude = Math.abs(number);
      int digits = magnitude >= ROUND_NUMBERS ? 0 : magnitude >= 10 ? 1 : magnitude >= 1 ? 2 : 3;
      return String.format(Locale.ROOT, "%,." + digits + "f", number);
    }
    if (value instanceof Boolean fact) {
      return fact ? "yes" : "no";
    }
    return String.valueOf(value);
  }
}
