package sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {

  @TempDir Path parent;

  @Test
  void createsTheFolderAndItsParents() throws IOException {
    Path folder = parent.resolve("a/b/out");

    List<String> files = write(folder, "x.v", "mem/y.v");

    assertThat(files).containsExactly("mem/y.v", "x.v");
    assertThat(folder.resolve("mem/y.v")).hasContent("mem/y.v");
  }

  @Test
  void listsWhatItWrote() throws IOException {
    Path folder = parent.resolve("out");

    write(folder, "x.v", "mem/y.v");

    assertThat(folder.resolve(OutputFolder.LIST)).hasContent("mem/y.v\nx.v\n");
  }

  @Test
  void replacesAFolderOfItsOwn() throws IOException {
    Path folder = parent.resolve("out");
    write(folder, "old.v", "x.v");

    write(folder, "x.v", "new.v");

    assertThat(names(folder)).containsExactly(OutputFolder.LIST, "new.v", "x.v");
    assertThat(names(parent)).containsExactly("out");
  }

  @Test
  void replacesAnEmptyFolder() throws IOException {
    Path folder = Files.createDirectory(parent.resolve("out"));

    write(folder, "x.v");

    assertThat(names(folder)).containsExactly(OutputFolder.LIST, "x.v");
  }

  @Test
  void refusesAFolderWithForeignFiles() throws IOException {
    Path folder = Files.createDirectory(parent.resolve("out"));
    Files.writeString(folder.resolve("notes.txt"), "mine");

    assertThatThrownBy(() -> write(folder, "x.v"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            folder.toRealPath()
                + " holds files that were not generated: notes.txt;"
                + " move them away, or choose another folder with --out");
    assertThat(names(folder)).containsExactly("notes.txt");
    assertThat(names(parent)).containsExactly("out");
  }

  @Test
  void refusesAFolderOfItsOwnWithForeignFilesAdded() throws IOException {
    Path folder = parent.resolve("out");
    write(folder, "x.v");
    for (int i = 1; i <= 6; i++) {
      Files.writeString(folder.resolve("note" + i), "mine");
    }

    assertThatThrownBy(() -> write(folder, "y.v"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("note1, note2, note3, note4, note5, ...; move them away");
    assertThat(folder.resolve("x.v")).exists();
  }

  @Test
  void refusesAFileOfThatName() throws IOException {
    Path file = Files.writeString(parent.resolve("out"), "mine");

    assertThatThrownBy(() -> write(file, "x.v"))
        .isInstanceOf(UserError.class)
        .hasMessage(file.toRealPath() + " is not a folder; choose another with --out");
    assertThat(file).hasContent("mine");
  }

  @Test
  void leavesTheOldFolderAndNothingElseOnAnError() throws IOException {
    Path folder = parent.resolve("out");
    write(folder, "x.v");

    assertThatThrownBy(
            () ->
                new OutputFolder(folder)
                    .replace(
                        directory -> {
                          Files.writeString(directory.resolve("half.v"), "");
                          throw new IOException("no space left");
                        }))
        .isInstanceOf(IOException.class)
        .hasMessage("no space left");

    assertThat(names(folder)).containsExactly(OutputFolder.LIST, "x.v");
    assertThat(names(parent)).containsExactly("out");
  }

  @Test
  void writesThroughASymbolicLink() throws IOException {
    Path folder = Files.createDirectory(parent.resolve("real"));
    Path link = Files.createSymbolicLink(parent.resolve("link"), folder);

    write(link, "x.v");

    assertThat(link).isSymbolicLink();
    assertThat(folder.resolve("x.v")).exists();
  }

  private static List<String> write(Path folder, String... files) throws IOException {
    return new OutputFolder(folder)
        .replace(
            directory -> {
              for (String file : files) {
                Path path = directory.resolve(file);
                Files.createDirectories(path.getParent());
                Files.writeString(path, file);
              }
            });
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
