package sluice.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import sluice.hdl.Module;
import sluice.hdl.sim.Simulator;

/**
 * Builds a circuit and simulates one cycle, as a process of its own: {@code DESIGN PRESET}. Prints
 * the seconds from the built object to the end of the cycle.
 */
final class ReadyProcess {
  private static final double NANOSECONDS = 1e9;

  private ReadyProcess() {}

  public static void main(String[] arguments) {
    Module circuit = SimulateBench.circuit(arguments[0], arguments[1]);
    long begin = System.nanoTime();
    Simulator.of(circuit).step();
    System.out.println((System.nanoTime() - begin) / NANOSECONDS);
  }

  /** Starts the process, and gives what it measured. */
  static double measure(String design, String preset) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    ReadyProcess.class.getName(),
                    design,
                    preset))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (process.waitFor() != 0) {
        throw new IOException("the measured process ended with exit code " + process.exitValue());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the measurement was interrupted", e);
    }
    return Double.parseDouble(output);
  }
}
