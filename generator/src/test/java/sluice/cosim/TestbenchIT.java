package sluice.cosim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The testbenches' own tests: a correct design passes, and seeded faults are found. */
class TestbenchIT {

  @Test
  void findsEverySeededFault(@TempDir Path scratch) throws IOException {
    Path selftest = Path.of(System.getProperty("sluice.root"), "verilator-tb", "selftest", "run");
    ToolRun run = ToolRun.of(List.of(selftest.toString()), scratch);
    assertThat(run.exitCode()).as(run.output() + run.errors()).isZero();
  }
}
