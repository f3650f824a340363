package sluice.cosim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.io.FileUtils;
import sluice.config.AcceleratorConfig;
import sluice.config.ConfigHash;
import sluice.cosim.dram.DramReport;
import sluice.golden.KvImages;
import sluice.golden.MemoryImage;
import sluice.handoff.RtlPackage;

/**
 * The Verilog of an accelerator under Verilator, in the testbench {@code verilator-tb/top}.
 *
 * @param config the accelerator
 * @param simulator the program that Verilator made
 * @param times what it took to build it
 */
public record VerilatedAccelerator(AcceleratorConfig config, Path simulator, BuildTimes times)
    implements Testbench {

  /**
   * What a build took.
   *
   * @param generateSeconds elaborating the accelerator and writing its Verilog
   * @param compileSeconds Verilator and the C++ compiler
   * @param compiled false if the simulator was there already
   */
  public record BuildTimes(double generateSeconds, double compileSeconds, boolean compiled) {}

  /**
   * Emits the Verilog and builds its simulator, unless that is there already.
   *
   * @param trace whether it can write waveforms
   * @throws SimulationException if Verilator or the compiler refuses
   */
  public static VerilatedAccelerator build(
      AcceleratorConfig config, ProjectFiles project, boolean trace) throws IOException {
    return build(config, project, project.workFolder(name(config)), trace, true);
  }

  /**
   * Emits the Verilog and builds its simulator from nothing, whatever is there already.
   *
   * @throws SimulationException if Verilator or the compiler refuses
   */
  public static VerilatedAccelerator buildAnew(AcceleratorConfig config, ProjectFiles project)
      throws IOException {
    Path work = project.workFolder(name(config) + "-anew");
    FileUtils.deleteDirectory(work.toFile());
    return build(config, project, work, false, false);
  }

  private static String name(AcceleratorConfig config) {
    return "%08x".formatted(ConfigHash.of(config));
  }

  private static VerilatedAccelerator build(
      AcceleratorConfig config, ProjectFiles project, Path work, boolean trace, boolean cached)
      throws IOException {
    Path rtl = work.resolve("rtl");
    Files.createDirectories(work);
    long begin = System.nanoTime();
    Path fresh = Files.createTempDirectory(work, "rtl");
    try {
      RtlPackage.write(config, fresh);
      FileUtils.deleteDirectory(rtl.toFile());
      Files.move(fresh, rtl);
    } finally {
      FileUtils.deleteQuietly(fresh.toFile());
    }
    double generateSeconds = (System.nanoTime() - begin) / 1e9;
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "top",
                rtl.toString(),
                work.toString(),
                "-DSLUICE_CHANNELS=" + config.channels(),
                "-DSLUICE_CHANNEL_BITS=" + config.channelBits()));
    if (trace) {
      arguments.add("--trace");
    }
    SimulatorBuild build = SimulatorBuild.run(project, arguments, work, cached);
    return new VerilatedAccelerator(
        config,
        build.simulator(),
        new BuildTimes(generateSeconds, build.seconds(), build.compiled()));
  }

  @Override
  public AcceleratorRun run(
      DriverProgram program,
      MemoryImage host,
      KvImages cache,
      long hostBytes,
      long channelBytes,
      Options options)
      throws IOException {
    Path work = Files.createTempDirectory("sluice-run");
    try {
      return run(program, host, cache, hostBytes, channelBytes, options, work);
    } finally {
      FileUtils.deleteQuietly(work.toFile());
    }
  }

  private AcceleratorRun run(
      DriverProgram program,
      MemoryImage host,
      KvImages cache,
      long hostBytes,
      long channelBytes,
      Options options,
      Path work)
      throws IOException {
    Files.writeString(work.resolve("program.txt"), program.text());
    writeImage(host, hostBytes, work.resolve("host.in"));
    for (int c = 0; c < config.channels(); c++) {
      writeImage(cache.channels().get(c), channelBytes, work.resolve("in" + c + ".bin"));
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                simulator.toString(),
                "--program",
                work.resolve("program.txt").toString(),
                "--host-in",
                work.resolve("host.in").toString(),
                "--host-out",
                work.resolve("host.out").toString(),
                "--host-bytes",
                Long.toString(hostBytes),
                "--channel-in",
                work.resolve("in").toString(),
                "--channel-out",
                work.resolve("out").toString(),
                "--channel-bytes",
                Long.toString(channelBytes),
                "--result",
                work.resolve("result.json").toString()));
    command.addAll(timing(options.timing(), work));
    if (options.trace() != null) {
      command.addAll(List.of("--trace", options.trace().toString()));
    }
    ToolRun run = ToolRun.of(command, work);
    if (run.exitCode() != 0) {
      throw new SimulationException(
          "the simulation failed (" + options.timing() + "):\n" + run.output() + run.errors());
    }
    JsonNode result = new ObjectMapper().readTree(work.resolve("result.json").toFile());
    List<MemoryImage> channels = new ArrayList<>();
    for (int c = 0; c < config.channels(); c++) {
      channels.add(readImage(work.resolve("out" + c + ".bin")));
    }
    List<Long> values = new ArrayList<>();
    result.get("reads").forEach(read -> values.add(read.get("value").asLong()));
    return new AcceleratorRun(
        readImage(work.resolve("host.out")),
        new KvImages(config, cache.base(), channels),
        AcceleratorRun.readValues(program, values),
        reports(result.get("memories")),
        result.get("cycles").asLong(),
        result.get("wall_seconds").asDouble());
  }

  private static List<String> timing(MemoryTiming timing, Path work) throws IOException {
    String memory = timing.model().text();
    if (timing.model() instanceof MemoryModel.Dram dram) {
      Path file = work.resolve("dram.memory");
      Files.writeString(file, dram.config().text());
      memory = file + ":" + dram.clock();
    }
    return List.of("--memory", memory, "--seed", Long.toString(timing.seed()));
  }

  private static List<MemoryReport> reports(JsonNode memories) {
    List<MemoryReport> reports = new ArrayList<>();
    for (JsonNode memory : memories) {
      JsonNode dram = memory.get("dram");
      reports.add(
          new MemoryReport(
              memory.get("name").asText(),
              memory.get("ar").asLong(),
              memory.get("r").asLong(),
              memory.get("aw").asLong(),
              memory.get("w").asLong(),
              dram.isNull()
                  ? Optional.empty()
                  : Optional.of(
                      new DramReport(
                          dram.get("cycles").asLong(),
                          dram.get("columns").asLong(),
                          dram.get("activations").asLong(),
                          dram.get("refresh_cycles").asLong(),
                          dram.get("data_cycles").asLong()))));
    }
    return List.copyOf(reports);
  }

  private static void writeImage(MemoryImage image, long bytes, Path file) throws IOException {
    long end = Math.min(image.end(), bytes);
    Files.write(file, image.read(0, Math.toIntExact(end)));
  }

  private static MemoryImage readImage(Path file) throws IOException {
    MemoryImage image = new MemoryImage();
    image.write(0, Files.readAllBytes(file));
    return image;
  }
}
