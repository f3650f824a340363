package sluice.config;

import java.util.List;

/**
 * A configuration that cannot be used. Each problem is a sentence for the user that names the
 * field, its value and what is allowed; all problems that were found are reported together.
 */
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String[] problems;

  /**
   * @param problems at least one
   */
  public ConfigException(List<String> problems) {
    super(message(problems));
    this.problems = problems.toArray(String[]::new);
  }

  ConfigException(String problem) {
    this(List.of(problem));
  }

  /** The problems, in the order of the fields. */
  public List<String> problems() {
    return List.of(problems);
  }

  private static String message(List<String> problems) {
    if (problems.size() == 1) {
      return problems.get(0);
    }
    return problems.size()
        + " problems with the configuration:\n  "
        + String.join("\n  ", problems);
  }
}
