package sluice.hdl.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.check.Diagnostic.Kind;
import sluice.hdl.check.ElaborationException;

/**
 * Tests of how mistakes are refused: with the line at fault and what to do. The lines are marked in
 * the test's own source by comments at their end: {@code // at fault: name} and, for a second line,
 * {@code // see also: name}.
 */
abstract class MistakeTest {

  static Diagnostic mistake(Supplier<Module> circuit) {
    ElaborationException exception =
        catchThrowableOfType(ElaborationException.class, () -> Elaborator.elaborate(circuit.get()));
    assertThat(exception).isNotNull();
    assertThat(exception.diagnostics()).hasSize(1);
    return exception.diagnostics().get(0);
  }

  /** The marked line of the test's source, as messages give it. */
  String line(String marker) {
    String file = getClass().getSimpleName() + ".java";
    try {
      List<String> lines = Files.readAllLines(Path.of("src/test/java/sluice/hdl/example", file));
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).endsWith("// " + marker)) {
          return file + ":" + (i + 1);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalArgumentException("no line is marked " + marker);
  }

  /** A message whose {@code %s} are the marked lines. */
  String with(String message, String... markers) {
    Object[] lines = new Object[markers.length];
    for (int i = 0; i < markers.length; i++) {
      lines[i] = line(markers[i]);
    }
    return message.formatted(lines);
  }

  void check(Supplier<Module> circuit, String name, Kind kind, String message, String advice) {
    Diagnostic diagnostic = mistake(circuit);
    assertThat(diagnostic.kind()).isEqualTo(kind);
    assertThat(diagnostic.message()).isEqualTo(message);
    assertThat(diagnostic.advice()).isEqualTo(advice);
    assertThat(diagnostic.site()).hasToString(line("at fault: " + name));
  }

  void checkOther(Supplier<Module> circuit, String name) {
    assertThat(mistake(circuit).other()).hasToString(line("see also: " + name));
  }
}
