package sluice.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A source file that documents quote.
 *
 * @param name how it is called in messages
 * @param lines its lines
 */
record SourceFile(String name, List<String> lines) {

  static SourceFile read(Path file) {
    try {
      return new SourceFile(file.toString(), Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SourceFile of(String name, String text) {
    return new SourceFile(name, text.lines().toList());
  }

  /** From a line that holds a text to the next one that closes its block. */
  String block(String from) {
    int first = find(from, 0);
    String closing = indentation(lines.get(first)) + "}";
    int last = first + 1;
    while (!lines.get(last).startsWith(closing)) {
      last++;
    }
    return excerpt(first, last);
  }

  /** From a line that holds a text to the next one that holds another. */
  String lines(String from, String to) {
    int first = find(from, 0);
    return excerpt(first, find(to, first));
  }

  private int find(String part, int from) {
    for (int i = from; i < lines.size(); i++) {
      if (lines.get(i).contains(part)) {
        return i;
      }
    }
    throw new IllegalArgumentException(name + " has no line with: " + part);
  }

  private String excerpt(int first, int last) {
    int indentation = indentation(lines.get(first)).length();
    return lines.subList(first, last + 1).stream()
        .map(line -> line.substring(Math.min(indentation, indentation(line).length())) + "\n")
        .collect(Collectors.joining());
  }

  private static String indentation(String line) {
    return line.substring(0, line.length() - line.stripLeading().length());
  }
}
