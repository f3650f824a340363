package sluice.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;

/**
 * A folder of generated files that appears whole or not at all. The files are written to a folder
 * beside it, which is moved into place at the end and removed on any error.
 *
 * <p>The folder gets a list of what was generated, {@value #LIST}. With it, the next run knows that
 * it may replace the folder; a folder that holds anything else is never touched.
 */
final class OutputFolder {

  /** The list of generated files, one path a line, sorted. */
  static final String LIST = ".generated";

  private static final int FILES_SHOWN = 5;

  private final Path folder;

  /**
   * @param folder where the files are to be; need not exist
   */
  OutputFolder(Path folder) throws IOException {
    this.folder = Files.exists(folder) ? folder.toRealPath() : folder.toAbsolutePath().normalize();
  }

  /** Writes the files of an output folder. */
  @FunctionalInterface
  interface Contents {
    /**
     * @param directory an empty folder to write to
     */
    void writeTo(Path directory) throws IOException;
  }

  /**
   * Replaces the folder.
   *
   * @return the files written, relative to the folder, sorted
   * @throws UserError if the folder holds something that was not generated
   */
  List<String> replace(Contents contents) throws IOException {
    checkReplaceable();
    Files.createDirectories(folder.getParent());
    Path fresh = sibling("new");
    try {
      Files.createDirectory(fresh);
      contents.writeTo(fresh);
      List<String> files = files(fresh);
      Files.write(fresh.resolve(LIST), files);
      moveIntoPlace(fresh);
      return files;
    } finally {
      delete(fresh);
    }
  }

  private void checkReplaceable() throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new UserError("%s is not a folder; choose another with --out".formatted(folder));
    }
    TreeSet<String> foreign = new TreeSet<>(files(folder));
    Path list = folder.resolve(LIST);
    if (Files.exists(list)) {
      foreign.removeAll(Files.readAllLines(list));
    }
    if (!foreign.isEmpty()) {
      String shown = String.join(", ", foreign.stream().limit(FILES_SHOWN).toList());
      String more = foreign.size() > FILES_SHOWN ? ", ..." : "";
      throw new UserError(
          "%s holds files that were not generated: %s%s; move them away, or choose another folder"
                  .formatted(folder, shown, more)
              + " with --out");
    }
  }

  private void moveIntoPlace(Path fresh) throws IOException {
    if (!Files.exists(folder)) {
      Files.move(fresh, folder);
      return;
    }
    Path old = sibling("old");
    Files.move(folder, old);
    try {
      Files.move(fresh, folder);
    } catch (IOException e) {
      Files.move(old, folder);
      throw e;
    }
    delete(old);
  }

  private Path sibling(String role) {
    String name = ".%s.%s-%d".formatted(folder.getFileName(), role, ProcessHandle.current().pid());
    return folder.resolveSibling(name);
  }

  /** All files in a folder except the list, as relative paths with {@code /}, sorted. */
  private static List<String> files(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths
          .filter(path -> !Files.isDirectory(path))
          .map(path -> directory.relativize(path).toString().replace('\\', '/'))
          .filter(name -> !name.equals(LIST))
          .sorted()
          .toList();
    }
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      PathUtils.deleteDirectory(directory);
    }
  }
}
