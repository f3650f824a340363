package sluice.cli;

import java.nio.file.Path;

/** Where the project is: whoever starts the program says so in the property {@code sluice.root}. */
final class ProjectFolder {

  private static final String PROPERTY = "sluice.root";

  private ProjectFolder() {}

  /** The project's root; the working directory if nobody said where it is. */
  static Path root() {
    return Path.of(System.getProperty(PROPERTY, ""));
  }
}
