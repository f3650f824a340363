package sluice.handoff;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import sluice.config.AcceleratorConfig;

/** The folder that an integrator gets: the accelerator's Verilog and what goes beside it. */
public final class RtlPackage {

  private RtlPackage() {}

  /**
   * Writes the package of an accelerator.
   *
   * @param config a valid configuration
   * @param directory an empty folder
   */
  public static void write(AcceleratorConfig config, Path directory) throws IOException {
    Files.writeString(directory.resolve("filelist.f"), "");
  }
}
