package sluice.hdl.sim;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Finds signals by patterns of their names, and names that were probably meant. */
final class SignalNames {
  private static final int SUGGESTIONS = 5;

  private SignalNames() {}

  /**
   * The names that match any pattern, in their order; all without a pattern. In a pattern {@code *}
   * and {@code ?} stand for any characters, or one, within one part of a name ({@code
   * child/grandchild.signal} has three), {@code **} for any number of parts.
   *
   * @throws IllegalArgumentException if a pattern matches nothing
   */
  static List<String> matching(Collection<String> names, String... patterns) {
    if (patterns.length == 0) {
      return List.copyOf(names);
    }
    List<Pattern> compiled = java.util.Arrays.stream(patterns).map(SignalNames::compile).toList();
    for (int i = 0; i < patterns.length; i++) {
      Pattern pattern = compiled.get(i);
      if (names.stream().noneMatch(name -> pattern.matcher(name).matches())) {
        throw new IllegalArgumentException(
            "no signal matches " + patterns[i] + near(patterns[i].replaceAll("[*?]", ""), names));
      }
    }
    return names.stream()
        .filter(name -> compiled.stream().anyMatch(p -> p.matcher(name).matches()))
        .toList();
  }

  private static Pattern compile(String pattern) {
    StringBuilder expression = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '?') {
        expression.append("[^./]");
      } else if (c != '*') {
        expression.append(Pattern.quote(String.valueOf(c)));
      } else if (pattern.startsWith("**.", i) || pattern.startsWith("**/", i)) {
        expression.append("(.*[./])?");
        i += 2;
      } else if (pattern.startsWith("**", i)) {
        expression.append(".*");
        i++;
      } else {
        expression.append("[^./]*");
      }
    }
    return Pattern.compile(expression.toString());
  }

  /** A few names like the one that was asked for, as the end of a message; "" if there are none. */
  static String near(String name, Collection<String> names) {
    String wanted = last(name);
    List<String> found =
        names.stream()
            .filter(other -> distance(wanted, last(other)) <= allowed(wanted))
            .sorted(Comparator.comparingInt(other -> distance(wanted, last(other))))
            .limit(SUGGESTIONS)
            .toList();
    return found.isEmpty() ? "" : "; there is " + String.join(", ", found);
  }

  private static int allowed(String wanted) {
    return Math.min(2, (wanted.length() + 2) / 3);
  }

  private static String last(String name) {
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('.')) + 1);
  }

  /** Letters to change, add or remove; 1 if one name contains the other. */
  private static int distance(String a, String b) {
    if (!a.isEmpty() && b.contains(a) && !a.equals(b)) {
      return 1;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
