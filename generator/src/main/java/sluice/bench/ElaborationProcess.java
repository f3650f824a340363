package sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.netlist.Design;
import sluice.hdl.verilog.VerilogWriter;

/**
 * Builds a circuit and writes its Verilog, as a process of its own: {@code hello DIR}, or {@code
 * LINKS DIR} or {@code equal-LINKS DIR} for {@link DotProducts}. Prints the operations, the bytes
 * of Verilog, and the largest resident memory of the process in KiB, 0 where the system does not
 * tell.
 */
public final class ElaborationProcess {
  /** What the number of links is preceded by if all are to be equal. */
  public static final String EQUAL = "equal-";

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";

  private ElaborationProcess() {}

  public static void main(String[] arguments) throws IOException {
    boolean hello = arguments[0].equals("hello");
    boolean equal = arguments[0].startsWith(EQUAL);
    int links = hello ? 0 : Integer.parseInt(arguments[0].substring(equal ? EQUAL.length() : 0));
    Path directory = Path.of(arguments[1]);
    Module top = hello ? new Hello() : new DotProducts(links, equal);
    Design design = Elaborator.elaborate(top);
    long[] bytes = {0};
    new VerilogWriter("")
        .write(
            design,
            (name, text) -> {
              Files.writeString(directory.resolve(name), text);
              bytes[0] += text.length();
            });
    System.out.println((long) links * DotProducts.OPERATIONS + " " + bytes[0] + " " + peakKib());
  }

  private static long peakKib() throws IOException {
    if (!Files.exists(STATUS)) {
      return 0;
    }
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith(PEAK))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }
}
