package sluice.cosim;

import java.io.IOException;
import java.nio.file.Path;
import sluice.config.AcceleratorConfig;
import sluice.golden.KvImages;
import sluice.golden.MemoryImage;

/**
 * An accelerator between its memories, with a program at its registers: memory images in, memory
 * images out. All testbenches behave alike, cycle by cycle: with the same program, images, timing
 * and seed a run takes the same cycles and leaves the same bytes.
 */
public interface Testbench {

  /** The accelerator. */
  AcceleratorConfig config();

  /**
   * Runs a program.
   *
   * @param host host memory before it, which stays as it is
   * @param cache channel memories before it, which stay as they are
   * @param hostBytes size of host memory
   * @param channelBytes size of each channel memory
   * @throws SimulationException if the program, or a check of the testbench, fails
   */
  AcceleratorRun run(
      DriverProgram program,
      MemoryImage host,
      KvImages cache,
      long hostBytes,
      long channelBytes,
      Options options)
      throws IOException;

  /**
   * Options of a run.
   *
   * @param timing how the memories answer
   * @param trace file for waveforms, or null
   */
  record Options(MemoryTiming timing, Path trace) {

    /** No waveforms. */
    public static Options of(MemoryTiming timing) {
      return new Options(timing, null);
    }
  }
}
