package sluice.cosim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One call of the testbench's build script.
 *
 * @param simulator the program that was built
 * @param seconds the call took
 * @param compiled false if the program was there already
 */
record SimulatorBuild(Path simulator, double seconds, boolean compiled) {

  /** Makes ccache pass everything on to the compiler. */
  private static final Map<String, String> WITHOUT_CACHE = Map.of("CCACHE_DISABLE", "1");

  /**
   * Builds a simulator, unless it is there already.
   *
   * @param arguments of the script
   * @param scratch a folder for temporary files
   * @param cached whether objects that were compiled before may be used
   * @throws SimulationException if Verilator or the compiler refuses
   */
  static SimulatorBuild run(
      ProjectFiles project, List<String> arguments, Path scratch, boolean cached)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(project.testbenchBuild().toString());
    command.addAll(arguments);
    Path marker = Files.createTempFile(scratch, "build", ".marker");
    try {
      FileTime before = Files.getLastModifiedTime(marker);
      long begin = System.nanoTime();
      ToolRun run = ToolRun.of(command, scratch, cached ? Map.of() : WITHOUT_CACHE);
      double seconds = (System.nanoTime() - begin) / 1e9;
      if (run.exitCode() != 0) {
        throw new SimulationException("the simulator was not built:\n" + run.errors());
      }
      Path simulator = Path.of(run.output().strip());
      boolean compiled = Files.getLastModifiedTime(simulator).compareTo(before) >= 0;
      return new SimulatorBuild(simulator, seconds, compiled);
    } finally {
      Files.deleteIfExists(marker);
    }
  }
}
