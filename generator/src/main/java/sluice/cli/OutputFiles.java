package sluice.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files that a command leaves, all of them or none. Each is written beside its place first;
 * {@link #commit} moves all into place. A place that is no regular file, as {@code /dev/stdout}, is
 * written to at the end.
 *
 * <p>Options may be left out: a file without a path is no file.
 */
final class OutputFiles implements AutoCloseable {

  /** Writes one file. */
  @FunctionalInterface
  interface Contents {
    void writeTo(Path file) throws IOException;
  }

  /** A finished file that is not yet in its place. */
  private record Pending(Path fresh, Path place, boolean inPlace) {}

  private final Map<Path, String> options = new LinkedHashMap<>();
  private final List<Pending> pending = new ArrayList<>();

  /**
   * Announces a file, before the work that gives its contents.
   *
   * @param option the option that names it
   * @param file its path, or null
   * @throws UserError if it could not be written there, or another option names it too
   */
  OutputFiles announce(String option, Path file) {
    if (file == null) {
      return this;
    }
    if (Files.isDirectory(file)) {
      throw new UserError("%s: %s is a folder; a file is needed".formatted(option, file));
    }
    Path folder = file.toAbsolutePath().normalize().getParent();
    if (!Files.isDirectory(folder)) {
      throw new UserError("%s: there is no folder %s".formatted(option, folder));
    }
    String other = options.putIfAbsent(file.toAbsolutePath().normalize(), option);
    if (other != null) {
      throw new UserError("%s and %s name the same file, %s".formatted(other, option, file));
    }
    return this;
  }

  /**
   * Writes a file, not yet to its place.
   *
   * @param file its path, or null
   */
  void write(Path file, Contents contents) throws IOException {
    if (file == null) {
      return;
    }
    Path place = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath().normalize();
    boolean inPlace = Files.exists(place) && !Files.isRegularFile(place);
    Path fresh =
        inPlace
            ? Files.createTempFile("sluice", ".tmp")
            : place.resolveSibling(
                ".%s.new-%d".formatted(place.getFileName(), ProcessHandle.current().pid()));
    pending.add(new Pending(fresh, place, inPlace));
    contents.writeTo(fresh);
  }

  /** Puts all files into their places. */
  void commit() throws IOException {
    for (Pending file : pending) {
      if (file.inPlace) {
        Files.write(file.place, Files.readAllBytes(file.fresh));
      } else {
        Files.move(file.fresh, file.place, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Removes what was not committed. */
  @Override
  public void close() throws IOException {
    for (Pending file : pending) {
      Files.deleteIfExists(file.fresh);
    }
  }
}
