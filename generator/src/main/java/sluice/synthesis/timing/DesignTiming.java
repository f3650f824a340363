package sluice.synthesis.timing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.io.FileUtils;
import sluice.hdl.netlist.Design;
import sluice.hdl.verilog.Locators;
import sluice.hdl.verilog.ResetStyle;
import sluice.hdl.verilog.VerilogWriter;
import sluice.synthesis.AbcScript;
import sluice.synthesis.CellLibrary;
import sluice.synthesis.StaReport;
import sluice.synthesis.Tool;
import sluice.synthesis.YosysReport;

/**
 * Times a design of one clock. It is flattened; memories with synchronous reads stand as boxes,
 * small ones with asynchronous reads become registers. Nothing is timed from the reset port.
 */
public final class DesignTiming {
  private static final String RESET = "aresetn";
  private static final String MEMORIES = "mem/";
  private static final String FLOP = "DFF";

  /** What abc takes to drive inputs and registers' outputs, so that it buffers what they drive. */
  private static final String CONSTRAINTS =
      "set_driving_cell BUFX2\nset_load 0.015 [all_outputs]\n";

  private static final AbcScript ABC_SCRIPT = new AbcScript(0, true);

  private final CellLibrary library;
  private final TimingAssumptions assumptions;

  /**
   * @param library whose cells are used; it has a cell {@code BUFX2}
   */
  public DesignTiming(CellLibrary library, TimingAssumptions assumptions) {
    this.library = library;
    this.assumptions = assumptions;
  }

  /**
   * Times a design.
   *
   * @throws IOException if a tool or the library is missing, or a tool fails
   */
  public TimingReport measure(Design design) throws IOException {
    Path folder = Files.createTempDirectory("sluice-timing");
    try {
      EmittedRegisters registers = new EmittedRegisters(design.top().name());
      List<String> files = emit(design, folder, registers);
      return measure(folder, files, design.top().name(), registers);
    } finally {
      FileUtils.deleteDirectory(folder.toFile());
    }
  }

  private static List<String> emit(Design design, Path folder, EmittedRegisters registers)
      throws IOException {
    List<String> files = new ArrayList<>();
    Map<String, Map<Integer, String>> javaLines = new LinkedHashMap<>();
    new VerilogWriter("", ResetStyle.SYNC_LOW, Locators.MAP)
        .write(
            design,
            new VerilogWriter.Sink() {
              @Override
              public void file(String name, String text) throws IOException {
                Path path = folder.resolve(name);
                Files.createDirectories(path.getParent());
                Files.writeString(path, text);
                files.add(name);
                if (!name.startsWith(MEMORIES)) {
                  String module = name.substring(0, name.length() - ".v".length());
                  registers.add(module, text, javaLines.getOrDefault(name, Map.of()));
                }
              }

              @Override
              public void located(String name, Map<Integer, String> lines) {
                javaLines.put(name, lines);
              }
            });
    return files;
  }

  private TimingReport measure(
      Path folder, List<String> files, String top, EmittedRegisters registers) throws IOException {
    Path constraints = folder.resolve("abc.constr");
    Files.writeString(constraints, CONSTRAINTS);
    String read =
        files.stream()
            .map(file -> "read_verilog " + (file.startsWith(MEMORIES) ? "-lib " : "") + file + "\n")
            .collect(Collectors.joining());
    Files.writeString(
        folder.resolve("synthesis.ys"),
        read
            + """
            hierarchy -check -top %1$s
            synth -flatten -top %1$s
            dfflibmap -liberty %2$s
            abc -liberty %2$s -constr %3$s -script %4$s
            opt_clean
            stat -liberty %2$s
            write_json mapped.json
            """
                .formatted(top, library.installed(), constraints, ABC_SCRIPT.text()));
    YosysReport synthesized = new YosysReport(Tool.YOSYS.run(folder, "-s", "synthesis.ys"));
    MappedNetlist mapped = MappedNetlist.read(folder.resolve("mapped.json"), top);
    TimedNetlist netlist = new TimedNetlist(mapped, top, registers, RESET);
    Files.writeString(folder.resolve("timed.v"), netlist.text());
    MemoryLiberty memories = new MemoryLiberty(assumptions);
    for (Map.Entry<String, Map<String, MemoryLiberty.Port>> box : mapped.boxes().entrySet()) {
      Files.writeString(
          folder.resolve(box.getKey() + ".lib"), memories.library(box.getKey(), box.getValue()));
    }
    Files.writeString(folder.resolve("timing.tcl"), script(mapped, netlist, top));
    List<StaReport.Path> paths =
        StaReport.of(Tool.OPENSTA.run(folder, "-exit", "timing.tcl")).paths();
    if (paths.isEmpty()) {
      throw new IOException("OpenSTA found no path in " + top);
    }
    return new TimingReport(synthesized.area(), synthesized.cells(FLOP), grouped(netlist, paths));
  }

  private String script(MappedNetlist mapped, TimedNetlist netlist, String top) throws IOException {
    StringBuilder script = new StringBuilder();
    script.append("read_liberty ").append(library.installed()).append('\n');
    mapped.boxes().keySet().forEach(b -> script.append("read_liberty ").append(b).append(".lib\n"));
    script.append(
        String.format(
            Locale.ROOT,
            """
            read_verilog timed.v
            link_design %s
            create_clock -name clock -period %.4f [get_ports %s]
            foreach port [all_inputs] {
              if {[get_property $port full_name] != "%3$s"} {
                set_input_delay %.4f -clock clock $port
              }
            }
            set_output_delay %4$.4f -clock clock [all_outputs]
            """,
            top,
            assumptions.period(),
            TimedNetlist.CLOCK,
            assumptions.portDelay()));
    for (String input : netlist.inputsWithoutPath()) {
      script.append("set_false_path -from [get_ports ").append(input).append("]\n");
    }
    script.append("report_checks -path_delay max -endpoint_count 1 -digits 3 -format summary");
    // One path to each end.
    script.append(" -group_count ").append(mapped.cells().size() + mapped.ports().size() + 1);
    return script.append('\n').toString();
  }

  /** The worst path to each declared register, memory or port; the paths are in that order. */
  private static List<RegisterPath> grouped(TimedNetlist netlist, List<StaReport.Path> paths) {
    Map<String, RegisterPath> worst = new LinkedHashMap<>();
    for (StaReport.Path path : paths) {
      Endpoint end = netlist.endpoint(path.end());
      int violating = path.slack() < 0 ? 1 : 0;
      RegisterPath found = worst.get(end.declaration());
      worst.put(
          end.declaration(),
          found == null
              ? new RegisterPath(netlist.endpoint(path.start()), end, path.slack(), violating)
              : new RegisterPath(
                  found.start(), found.end(), found.slack(), found.violating() + violating));
    }
    return List.copyOf(worst.values());
  }
}
