package sluice.cosim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import sluice.hdl.netlist.Design;
import sluice.hdl.verilog.VerilogWriter;

/**
 * Builds the program that runs a module under Verilator, once for all modules of the same Verilog:
 * it stays in a folder named by the hash of the Verilog and of what it is built with.
 */
final class EngineBuild {

  /** The harness's kind and folder in {@code verilator-tb}. */
  private static final String KIND = "engine";

  /** Of module names, which no keyword of SystemVerilog has. */
  private static final String PREFIX = "sluice_";

  private final ProjectFiles project;

  EngineBuild(ProjectFiles project) {
    this.project = project;
  }

  /**
   * The program of a design.
   *
   * @throws SimulationException if Verilator or the compiler refuses
   */
  Path program(Design design, EnginePorts ports) throws IOException {
    Map<String, String> files = new VerilogWriter(PREFIX).write(design);
    String last = List.copyOf(files.keySet()).get(files.size() - 1);
    String top = last.substring(0, last.length() - ".v".length());
    String header = ports.header();
    Path work = project.workFolder("engines").resolve(top + "-" + digest(files, header));
    // The build script puts it there; the folder's name says that it is up to date.
    Path program = work.resolve("program");
    if (!Files.exists(program)) {
      build(files, header, top, work, program);
    }
    return program;
  }

  private void build(Map<String, String> files, String header, String top, Path work, Path program)
      throws IOException {
    Files.createDirectories(work);
    Path rtl = Files.createTempDirectory(work, "rtl");
    try {
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path path = rtl.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
      Files.writeString(rtl.resolve("filelist.f"), String.join("\n", files.keySet()) + "\n");
      Path portsHeader = rtl.resolve("ports.h");
      Files.writeString(portsHeader, header);
      List<String> arguments =
          List.of(
              KIND,
              rtl.toString(),
              work.toString(),
              "--module",
              top,
              "--ports",
              portsHeader.toString());
      Path built = SimulatorBuild.run(project, arguments, work, true).simulator();
      Path copy = Files.createTempFile(work, "program", "");
      FileUtils.copyFile(built.toFile(), copy.toFile());
      copy.toFile().setExecutable(true);
      Files.move(copy, program, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      FileUtils.deleteQuietly(rtl.toFile());
      FileUtils.deleteQuietly(work.resolve("obj").toFile());
    }
  }

  private String digest(Map<String, String> files, String header) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      files.forEach(
          (name, text) -> {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update(text.getBytes(StandardCharsets.UTF_8));
          });
      digest.update(header.getBytes(StandardCharsets.UTF_8));
      for (Path source : harness()) {
        digest.update(Files.readAllBytes(source));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the program is built with beside the Verilog. */
  private List<Path> harness() throws IOException {
    Path testbench = project.testbenchBuild().getParent();
    try (Stream<Path> common = Files.list(testbench.resolve("common"));
        Stream<Path> own = Files.list(testbench.resolve(KIND))) {
      return Stream.of(Stream.of(project.testbenchBuild()), common, own)
          .flatMap(paths -> paths)
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }
}
