package sluice.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document in Markdown. Parts of it are generated: they stand between a line {@code <!--
 * generated: WHAT -->} and a line {@code <!-- end -->}.
 *
 * @param file where it is
 * @param text its contents
 */
record Document(Path file, String text) {

  private static final Pattern GENERATED =
      Pattern.compile("(?ms)^(<!-- generated: ([^\\n]*) -->\\n)(.*?)(^<!-- end -->$)");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]+)(#[^)\\s]*)?\\)");

  static Document read(Path file) {
    try {
      return new Document(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The document with its generated parts made anew. */
  Document regenerated(UnaryOperator<String> content) {
    Matcher part = GENERATED.matcher(text);
    String fresh =
        part.replaceAll(
            match ->
                Matcher.quoteReplacement(
                    match.group(1) + content.apply(match.group(2)) + match.group(4)));
    return new Document(file, fresh);
  }

  /** The document without its generated parts. */
  String handwritten() {
    return GENERATED.matcher(text).replaceAll("");
  }

  /** Files that the document links to, relative to its folder. */
  List<String> links() {
    List<String> links = new ArrayList<>();
    Matcher link = LINK.matcher(text);
    while (link.find()) {
      links.add(link.group(1));
    }
    return links;
  }

  void write() {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
