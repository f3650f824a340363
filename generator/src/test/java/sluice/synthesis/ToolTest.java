package sluice.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolTest {
  @TempDir Path folder;

  @Test
  void givesAllThatAProgramWrites() throws IOException {
    String script = "echo out; echo err >&2; pwd";
    assertThat(new Tool("sh", "dash").run(folder, "-c", script))
        .isEqualTo("out\nerr\n" + folder.toRealPath() + "\n");
  }

  @Test
  void aFailureIsToldByItsLastLines() {
    String script = "for i in 1 2 3 4 5 6 7; do echo line $i; done; exit 3";
    assertThatThrownBy(() -> new Tool("sh", "dash").run(folder, "-c", script))
        .isInstanceOf(IOException.class)
        .hasMessage("sh failed with exit code 3:\nline 3\nline 4\nline 5\nline 6\nline 7");
  }

  @Test
  void whoHasNotGotAProgramIsToldWhatToInstall() {
    assertThatThrownBy(() -> new Tool("no-such-program", "some-package").run(folder))
        .isInstanceOf(IOException.class)
        .hasMessage("no-such-program is missing: install the Debian package some-package");
    Path liberty = folder.resolve("cells.lib");
    assertThatThrownBy(() -> new CellLibrary(liberty, "some-cells").installed())
        .isInstanceOf(IOException.class)
        .hasMessage(liberty + " is missing: install the Debian package some-cells");
  }
}
