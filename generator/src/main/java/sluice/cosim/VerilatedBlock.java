package sluice.cosim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.io.FileUtils;
import sluice.handoff.RtlPackage;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.check.Policy;
import sluice.hdl.netlist.Design;

/** The Verilog of a single module under Verilator: words into its streams, words out of them. */
public final class VerilatedBlock {
  private final BlockPorts ports;
  private final Path simulator;

  private VerilatedBlock(BlockPorts ports, Path simulator) {
    this.ports = ports;
    this.simulator = simulator;
  }

  /**
   * A finished run.
   *
   * @param words what each output stream gave, packed
   * @param cycles of the run
   */
  public record Run(Map<String, List<BigInteger>> words, long cycles) {}

  /**
   * Emits the Verilog and builds its simulator, unless the same was built before.
   *
   * @throws SimulationException if Verilator or the compiler refuses
   */
  public static VerilatedBlock build(Module module, ProjectFiles project) throws IOException {
    Design design = Elaborator.elaborate(module, Policy.quiet());
    BlockPorts ports = BlockPorts.of(design.top());
    Path blocks = project.workFolder("blocks");
    Files.createDirectories(blocks);
    Path fresh = Files.createTempDirectory(blocks, "rtl");
    try {
      RtlPackage.write(design, fresh);
      Files.writeString(fresh.resolve("ports.h"), ports.header());
      List<String> files = Files.readAllLines(fresh.resolve("filelist.f"));
      String top = files.get(files.size() - 1).replaceFirst("\\.v$", "");
      Path work = blocks.resolve(top + "-" + digest(fresh, files));
      Path rtl = work.resolve("rtl");
      Files.createDirectories(work);
      if (!Files.exists(rtl)) {
        Files.move(fresh, rtl);
      }
      List<String> arguments =
          List.of(
              "block",
              rtl.toString(),
              work.toString(),
              "--module",
              top,
              "--ports",
              rtl.resolve("ports.h").toString());
      return new VerilatedBlock(
          ports, SimulatorBuild.run(project, arguments, work, true).simulator());
    } finally {
      FileUtils.deleteQuietly(fresh.toFile());
    }
  }

  /** Tells modules of the same name apart by their Verilog. */
  private static String digest(Path folder, List<String> files) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String file : files) {
        digest.update(file.getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(folder.resolve(file)));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Runs the block until all words are sent and the expected ones have come.
   *
   * @throws SimulationException if a stream breaks its contract, gives too many words, or hangs
   * @throws IllegalArgumentException if there is no such stream
   */
  public Run run(BlockStimulus stimulus) throws IOException {
    Path work = Files.createTempDirectory("sluice-block");
    try {
      return run(stimulus, work);
    } finally {
      FileUtils.deleteQuietly(work.toFile());
    }
  }

  private Run run(BlockStimulus stimulus, Path work) throws IOException {
    List<String> command = new ArrayList<>(List.of(simulator.toString()));
    for (Map.Entry<String, List<BigInteger>> stream : stimulus.sent().entrySet()) {
      ports.stream(stream.getKey());
      Path file = work.resolve(stream.getKey() + ".in");
      writeWords(file, stream.getValue());
      command.addAll(List.of("--in", stream.getKey() + "=" + file));
    }
    for (Map.Entry<String, List<BigInteger>> input : stimulus.driven().entrySet()) {
      Path file = work.resolve(input.getKey() + ".drive");
      writeWords(file, input.getValue());
      command.addAll(List.of("--drive", input.getKey() + "=" + file));
    }
    stimulus
        .constants()
        .forEach(
            (name, value) -> command.addAll(List.of("--set", name + "=" + value.toString(16))));
    stimulus
        .stalls()
        .forEach(
            (name, probability) -> command.addAll(List.of("--stall", name + "=" + probability)));
    stimulus.expected().keySet().forEach(ports::stream);
    Map<String, Path> outputs = new LinkedHashMap<>();
    for (BlockPorts.StreamPorts stream : ports.streams()) {
      if (!stream.isInput()) {
        Path file = work.resolve(stream.name() + ".out");
        outputs.put(stream.name(), file);
        int count = stimulus.expected().getOrDefault(stream.name(), 0);
        command.addAll(List.of("--out", stream.name() + "=" + file));
        command.addAll(List.of("--expect", stream.name() + "=" + count));
      }
    }
    Path result = work.resolve("result.json");
    command.addAll(List.of("--seed", Long.toString(stimulus.seed())));
    command.addAll(List.of("--result", result.toString()));
    ToolRun run = ToolRun.of(command, work);
    if (run.exitCode() != 0) {
      throw new SimulationException("the simulation failed:\n" + run.output() + run.errors());
    }
    Map<String, List<BigInteger>> words = new LinkedHashMap<>();
    for (Map.Entry<String, Path> output : outputs.entrySet()) {
      words.put(output.getKey(), readWords(output.getValue()));
    }
    JsonNode json = new ObjectMapper().readTree(result.toFile());
    return new Run(words, json.get("cycles").asLong());
  }

  private static void writeWords(Path file, List<BigInteger> words) throws IOException {
    Files.writeString(
        file, words.stream().map(word -> word.toString(16) + "\n").collect(Collectors.joining()));
  }

  private static List<BigInteger> readWords(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(line -> new BigInteger(line, 16)).toList();
  }
}
