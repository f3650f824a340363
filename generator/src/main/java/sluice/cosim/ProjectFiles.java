package sluice.cosim;

import java.nio.file.Path;

/**
 * The places in the project that co-simulation uses.
 *
 * @param root the project's folder
 */
public record ProjectFiles(Path root) {

  /** Builds the simulators. */
  Path testbenchBuild() {
    return root.resolve("verilator-tb").resolve("build");
  }

  /** Where the Verilog of a configuration and its simulator are kept. */
  Path workFolder(String name) {
    return root.resolve("generator").resolve("target").resolve("cosim").resolve(name);
  }
}
