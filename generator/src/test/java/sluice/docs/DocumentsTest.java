package sluice.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Documents say what is so. Run with {@code -Dsluice.golden.update=true} to make their generated
 * parts anew.
 */
class DocumentsTest {
  private static final Path ROOT = Path.of("..");

  static Stream<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(
          Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")),
          docs.filter(file -> file.toString().endsWith(".md")).sorted())
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void generatedPartsAreUpToDate(Path file) {
    Document document = Document.read(file);
    Document fresh = document.regenerated(new GeneratedParts(ROOT)::of);
    if (Boolean.getBoolean("sluice.golden.update")) {
      fresh.write();
      return;
    }
    assertThat(document.text()).isEqualTo(fresh.text());
  }

  @ParameterizedTest
  @MethodSource("documents")
  void javaAndVerilogIsQuotedNotWritten(Path file) {
    assertThat(Document.read(file).handwritten()).doesNotContain("```java", "```verilog");
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linksLeadToFiles(Path file) {
    Path folder = file.resolveSibling(".");
    assertThat(Document.read(file).links())
        .allSatisfy(link -> assertThat(folder.resolve(link)).exists());
  }
}
