package sluice.synthesis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.io.FileUtils;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.netlist.Design;
import sluice.hdl.verilog.VerilogWriter;

/**
 * Maps circuits to gates and measures them. The whole circuit is flattened and optimized as one;
 * memories become registers.
 */
public final class GateSynthesis {

  private static final String GATES = "AND,NAND,OR,NOR,XOR,XNOR,MUX";
  private static final String MAPPED = "mapped.v";

  /** Flip-flops of the library. */
  private static final String FLOP = "DFF";

  private final CellLibrary library;

  /**
   * @param library whose cells are counted
   */
  public GateSynthesis(CellLibrary library) {
    this.library = library;
  }

  /**
   * Measures a circuit.
   *
   * @param stage picoseconds that the logic between two registers may take: where it is shorter, it
   *     is made smaller; 0 for as short as can be everywhere
   * @throws IOException if a tool or the library is missing, or a tool fails
   */
  public GateFigures measure(Module circuit, int stage) throws IOException {
    Path folder = Files.createTempDirectory("sluice-synthesis");
    try {
      Design design = Elaborator.elaborate(circuit);
      Map<String, String> files = new VerilogWriter("").write(design);
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path path = folder.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
      String read =
          files.keySet().stream()
              .map(name -> "read_verilog " + name + "\n")
              .collect(Collectors.joining());
      String synthesize = read + "synth -flatten -top " + design.top().name() + "\n";
      YosysReport mapped = yosys(folder, synthesize + mapToLibrary(stage));
      YosysReport gates = yosys(folder, synthesize + mapToGates());
      long flops = mapped.cells(FLOP);
      double delay =
          flops == 0 ? mapped.delayPicoseconds() : leastPeriod(folder, design.top().name());
      return new GateFigures(mapped.area(), delay, flops, gates.transistors());
    } finally {
      FileUtils.deleteDirectory(folder.toFile());
    }
  }

  private String mapToLibrary(int stage) throws IOException {
    return """
        dfflibmap -liberty %1$s
        abc -liberty %1$s -script %2$s
        stat -liberty %1$s
        splitnets -ports -format __
        opt_clean -purge
        write_verilog -noattr -noexpr %3$s
        """
        .formatted(library.installed(), new AbcScript(stage, false).text(), MAPPED);
  }

  /** The estimate knows flip-flops without enable and reset. */
  private static String mapToGates() {
    return """
        dfflegalize -cell $_DFF_P_ x
        abc -g %s
        stat -tech cmos
        """
        .formatted(GATES);
  }

  private static YosysReport yosys(Path folder, String script) throws IOException {
    Files.writeString(folder.resolve("synthesis.ys"), script);
    return new YosysReport(Tool.YOSYS.run(folder, "-s", "synthesis.ys"));
  }

  private double leastPeriod(Path folder, String top) throws IOException {
    Files.writeString(
        folder.resolve("timing.tcl"), StaScript.leastPeriod(library.installed(), MAPPED, top));
    return StaReport.of(Tool.OPENSTA.run(folder, "-exit", "timing.tcl")).leastPeriodPicoseconds();
  }
}
