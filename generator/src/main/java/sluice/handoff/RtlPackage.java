package sluice.handoff;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sluice.accel.Accelerator;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Elaborator;
import sluice.hdl.netlist.Design;
import sluice.hdl.verilog.Locators;
import sluice.hdl.verilog.MemoryWrapper;
import sluice.hdl.verilog.ResetStyle;
import sluice.hdl.verilog.VerilogWriter;

/**
 * The folder that an integrator gets: the accelerator's Verilog and what goes beside it.
 *
 * <ul>
 *   <li>a file for each module, {@code <module>.v}; the wrappers of memories, which SRAM macros can
 *       replace, in {@code mem/};
 *   <li>{@code filelist.f}: these files, one a line, relative to the folder; children come before
 *       the modules that contain them, memory wrappers first;
 *   <li>{@code mems.conf}: the shapes of the memories, one a line, in the form that memory
 *       compilers' front ends know from firtool; ROMs, memories with contents and those of more
 *       than one cycle are no such shapes and stay as they are;
 *   <li>{@code locators.json}, if asked for: which line of Java each line of Verilog comes from, as
 *       {@code {"file.v": {"line": "Foo.java:12"}}}.
 * </ul>
 */
public final class RtlPackage {

  /** What every module's name starts with. */
  private static final String PREFIX = "sluice_";

  private static final String LOCATORS = "locators.json";

  private RtlPackage() {}

  /**
   * Writes the package of an accelerator.
   *
   * @param config a valid configuration
   * @param directory an empty folder
   */
  public static void write(AcceleratorConfig config, Path directory) throws IOException {
    write(config, ResetStyle.SYNC_LOW, Locators.OFF, directory);
  }

  /**
   * Writes the package of an accelerator.
   *
   * @param config a valid configuration
   * @param reset how registers are reset
   * @param locators whether the Verilog, or {@value #LOCATORS} beside it, names lines of Java
   * @param directory an empty folder
   */
  public static void write(
      AcceleratorConfig config, ResetStyle reset, Locators locators, Path directory)
      throws IOException {
    write(Elaborator.elaborate(new Accelerator(config)), reset, locators, directory);
  }

  /**
   * Writes the package of any circuit.
   *
   * @param design its last file in {@code filelist.f} is the top module
   * @param directory an empty folder
   */
  public static void write(Design design, Path directory) throws IOException {
    write(design, ResetStyle.SYNC_LOW, Locators.OFF, directory);
  }

  /**
   * Writes the package of any circuit.
   *
   * @param design its last file in {@code filelist.f} is the top module
   * @param reset how registers are reset
   * @param locators whether the Verilog, or {@value #LOCATORS} beside it, names lines of Java
   * @param directory an empty folder
   */
  public static void write(Design design, ResetStyle reset, Locators locators, Path directory)
      throws IOException {
    VerilogWriter writer = new VerilogWriter(PREFIX, reset, locators);
    List<String> files = new ArrayList<>();
    Map<String, Map<Integer, String>> lines = new LinkedHashMap<>();
    writer.write(
        design,
        new VerilogWriter.Sink() {
          @Override
          public void file(String name, String text) throws IOException {
            Path path = directory.resolve(name);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
            files.add(name);
          }

          @Override
          public void located(String name, Map<Integer, String> javaLines) {
            lines.put(name, javaLines);
          }
        });
    if (locators == Locators.MAP) {
      Files.writeString(directory.resolve(LOCATORS), json(lines));
    }
    Files.writeString(directory.resolve("filelist.f"), lines(files.stream()));
    Files.writeString(
        directory.resolve("mems.conf"),
        lines(
            writer.memories(design).stream()
                .filter(MemoryWrapper::isMacro)
                .map(RtlPackage::shape)));
  }

  /** A JSON object: for each file, for each line that has one, the line of Java. */
  private static String json(Map<String, Map<Integer, String>> files) {
    return files.entrySet().stream()
        .map(file -> "\"%s\": {\n%s\n}".formatted(file.getKey(), members(file.getValue())))
        .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
  }

  private static String members(Map<Integer, String> lines) {
    return lines.entrySet().stream()
        .map(line -> "  \"%d\": \"%s\"".formatted(line.getKey(), line.getValue()))
        .collect(Collectors.joining(",\n"));
  }

  private static String lines(Stream<String> lines) {
    return lines.map(line -> line + "\n").collect(Collectors.joining());
  }

  private static String shape(MemoryWrapper memory) {
    String mask = memory.lanes() == 0 ? "" : "m";
    List<String> ports = new ArrayList<>();
    ports.addAll(Collections.nCopies(memory.writes(), mask + "write"));
    ports.addAll(Collections.nCopies(memory.reads(), "read"));
    ports.addAll(Collections.nCopies(memory.readWrites(), mask + "rw"));
    String lanes = memory.lanes() == 0 ? "" : " mask_gran " + memory.maskGranularity();
    return "name %s depth %d width %d ports %s%s"
        .formatted(memory.name(), memory.depth(), memory.width(), String.join(",", ports), lanes);
  }
}
