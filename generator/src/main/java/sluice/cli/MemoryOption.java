package sluice.cli;

import java.io.IOException;
import picocli.CommandLine.Option;
import sluice.cosim.MemoryModel;

/** The option that says how a testbench's memories behave. */
final class MemoryOption {

  @Option(
      names = "--memory",
      defaultValue = "ideal:16",
      paramLabel = "MODEL",
      description =
          "Memories of jvm and verilator: ideal:LATENCY, a beat a cycle; random:MIN:MAX, stalls and"
              + " orders by seed; hbm2 or ddr4, or hbm2:MHZ with the accelerator's clock, DRAM"
              + " behind each channel; FILE.memory, other DRAM. Default: ${DEFAULT-VALUE}.")
  private String memory;

  /**
   * The model.
   *
   * @throws UserError if there is no such model
   */
  MemoryModel model() throws IOException {
    return model(memory);
  }

  /**
   * A model as it is written on the command line.
   *
   * @throws UserError if there is no such model
   */
  static MemoryModel model(String text) throws IOException {
    try {
      return MemoryModel.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UserError("--memory: " + e.getMessage());
    }
  }
}
