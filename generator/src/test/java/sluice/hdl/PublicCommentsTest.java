package sluice.hdl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a user of the language can call has a comment. The compiler's own option for that,
 * {@code -Xdoclint:missing}, asks for a tag of each parameter and result too, which say nothing
 * where the sentence has said it; so only its "no comment" counts. That comments are well formed
 * and refer to what there is, the build's compiler checks.
 */
class PublicCommentsTest {
  private static final Path SOURCES = Path.of("src/main/java/sluice/hdl");

  @TempDir Path classes;

  @Test
  void everythingPublicHasAComment() throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(SOURCES)) {
      files = found.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    assertThat(files).hasSizeGreaterThan(100);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> messages = new DiagnosticCollector<>();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-proc:none",
              "-Xdoclint:missing/protected",
              "-Xmaxwarns",
              "100000",
              "-classpath",
              System.getProperty("java.class.path"),
              "-d",
              classes.toString());
      assertThat(
              compiler
                  .getTask(
                      null,
                      manager,
                      messages,
                      options,
                      null,
                      manager.getJavaFileObjectsFromPaths(files))
                  .call())
          .isTrue();
    }
    assertThat(messages.getDiagnostics().stream())
        .as("doclint says something, so it runs")
        .isNotEmpty();
    assertThat(messages.getDiagnostics().stream().filter(PublicCommentsTest::counts))
        .extracting(message -> place(message).toString() + ":" + message.getLineNumber())
        .as("public and without a comment")
        .isEmpty();
  }

  private static boolean counts(Diagnostic<? extends JavaFileObject> message) {
    return message.getMessage(Locale.ROOT).equals("no comment");
  }

  private static Path place(Diagnostic<? extends JavaFileObject> message) {
    return SOURCES.toAbsolutePath().relativize(Path.of(message.getSource().toUri()));
  }
}
