package sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFilesTest {

  @TempDir Path folder;

  private Path first;
  private Path second;

  @BeforeEach
  void name() {
    first = folder.resolve("first");
    second = folder.resolve("second");
  }

  private static OutputFiles.Contents text(String text) {
    return file -> Files.writeString(file, text);
  }

  @Test
  void filesAppearWhenAllAreWritten() throws IOException {
    Files.writeString(second, "before");
    try (OutputFiles files = new OutputFiles()) {
      files.write(first, text("1"));
      files.write(second, text("2"));
      assertThat(first).doesNotExist();
      assertThat(second).hasContent("before");
      files.commit();
    }
    assertThat(first).hasContent("1");
    assertThat(second).hasContent("2");
    assertThat(folder)
        .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("."));
  }

  @Test
  void aFailureLeavesEverythingAsItWas() throws IOException {
    Files.writeString(second, "before");
    assertThatIOException()
        .isThrownBy(
            () -> {
              try (OutputFiles files = new OutputFiles()) {
                files.write(first, text("1"));
                files.write(
                    second,
                    file -> {
                      Files.writeString(file, "ha");
                      throw new IOException("no space left on device");
                    });
                files.commit();
              }
            });
    assertThat(folder)
        .isDirectoryContaining(second::equals)
        .isDirectoryNotContaining(first::equals);
    assertThat(second).hasContent("before");
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void aFileWithoutAPathIsNoFile() throws IOException {
    try (OutputFiles files = new OutputFiles()) {
      files.announce("--out", null).announce("--stats", null);
      files.write(null, text("1"));
      files.commit();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatIsNoRegularFileIsWrittenToAndStays() throws IOException {
    Path device = Path.of("/dev/null");
    try (OutputFiles files = new OutputFiles()) {
      files.announce("--out", device);
      files.write(device, text("1"));
      files.commit();
    }
    assertThat(Files.isRegularFile(device)).isFalse();
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Files.writeString(first, "before");
    Files.createSymbolicLink(second, first);
    try (OutputFiles files = new OutputFiles()) {
      files.write(second, text("2"));
      files.commit();
    }
    assertThat(second).isSymbolicLink();
    assertThat(first).hasContent("2");
  }

  @Test
  void aPlaceThatCannotBeIsRefusedInAdvance() throws IOException {
    try (OutputFiles files = new OutputFiles()) {
      assertThatThrownBy(() -> files.announce("--out", folder))
          .isInstanceOf(UserError.class)
          .hasMessage("--out: %s is a folder; a file is needed", folder);
      Path nowhere = folder.resolve("no/where");
      assertThatThrownBy(() -> files.announce("--out", nowhere))
          .isInstanceOf(UserError.class)
          .hasMessage("--out: there is no folder %s", nowhere.getParent());
      files.announce("--out", first);
      assertThatThrownBy(() -> files.announce("--stats", folder.resolve("./first")))
          .isInstanceOf(UserError.class)
          .hasMessage("--out and --stats name the same file, %s/./first", folder);
    }
  }
}
