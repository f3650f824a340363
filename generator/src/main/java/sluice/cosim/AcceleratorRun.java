package sluice.cosim;

import java.util.ArrayList;
import java.util.List;
import sluice.golden.KvImages;
import sluice.golden.MemoryImage;

/**
 * A finished run of an accelerator in a testbench.
 *
 * @param host host memory after it
 * @param cache channel memories after it
 * @param registers what the program read, in order
 * @param memories what went through the memory ports, the host's first
 * @param cycles of the whole run
 * @param seconds the simulation took
 */
public record AcceleratorRun(
    MemoryImage host,
    KvImages cache,
    List<ReadValue> registers,
    List<MemoryReport> memories,
    long cycles,
    double seconds) {

  /** A register that the program read. */
  public record ReadValue(String register, long value) {}

  /** The registers that a program reads, with the values that it read. */
  public static List<ReadValue> readValues(DriverProgram program, List<Long> values) {
    List<ReadValue> read = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      read.add(new ReadValue(program.reads().get(i), values.get(i)));
    }
    return List.copyOf(read);
  }
}
