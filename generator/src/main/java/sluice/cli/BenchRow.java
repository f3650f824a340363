package sluice.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
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

  private BenchRow put(String name, Object value) {
    if (fields.putIfAbsent(name, value) != null) {
      throw new IllegalArgumentException("two fields " + name);
    }
    return this;
  }

  /** The fields, numbers at full precision. */
  Map<String, Object> fields() {
    return Collections.unmodifiableMap(fields);
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
