package sluice.synthesis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A library of standard cells.
 *
 * @param liberty its Liberty file
 * @param debianPackage the Debian package that has it
 */
public record CellLibrary(Path liberty, String debianPackage) {

  /**
   * The cells of Oklahoma State University for a process of 180 nm, in square micrometres and
   * picoseconds. An old process: its figures are for comparisons.
   */
  public static final CellLibrary OSU018 =
      new CellLibrary(
          Path.of("/usr/share/qflow/tech/osu018/osu018_stdcells.lib"), "qflow-tech-osu018");

  /**
   * The Liberty file.
   *
   * @throws IOException if it is not installed
   */
  public Path installed() throws IOException {
    if (!Files.isReadable(liberty)) {
      throw new IOException(
          "%s is missing: install the Debian package %s".formatted(liberty, debianPackage));
    }
    return liberty;
  }
}
