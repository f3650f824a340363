package sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class SluiceTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpListsTheCommands() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("Usage: sluice", "generate");
  }

  @Test
  void noCommandIsRefused() {
    assertThat(run()).isEqualTo(2);
    assertThat(err).hasToString("error: no command given (see 'sluice --help')\n");
  }

  @Test
  void anUnknownCommandIsRefused() {
    assertThat(run("emit")).isEqualTo(2);
    assertThat(err)
        .hasToString("error: Unmatched argument at index 0: 'emit' (see 'sluice --help')\n");
  }

  private int run(String... arguments) {
    return Sluice.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
