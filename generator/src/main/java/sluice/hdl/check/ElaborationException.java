package sluice.hdl.check;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A circuit that cannot be hardware. The message holds every diagnostic with the user's Java line;
 * there is no stack trace, whose lines would be those of the language.
 */
public final class ElaborationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Diagnostic> diagnostics;

  /**
   * @param diagnostics at least one
   */
  public ElaborationException(List<Diagnostic> diagnostics) {
    super(
        diagnostics.stream().map(Diagnostic::toString).collect(Collectors.joining("\n")),
        null,
        false,
        false);
    this.diagnostics = List.copyOf(diagnostics);
  }

  /**
   * @param diagnostic the only mistake
   */
  public ElaborationException(Diagnostic diagnostic) {
    this(List.of(diagnostic));
  }

  /** Everything that was found, in the order in which it is told. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
