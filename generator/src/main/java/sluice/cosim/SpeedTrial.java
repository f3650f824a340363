package sluice.cosim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.commons.io.FileUtils;
import sluice.handoff.RtlPackage;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.check.Policy;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Port;
import sluice.hdl.sim.SignalWords;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.SimulatorOptions;

/**
 * How fast a circuit is simulated with given inputs, which are applied several times over: in the
 * JVM, and as emitted Verilog under Verilator in one thread. In each cycle all outputs go into a
 * checksum. What is timed is the CPU time of the simulating thread, so that other programs matter
 * less; inputs are in memory.
 */
public final class SpeedTrial {
  private static final double NANOSECONDS = 1e9;
  private static final int ROTATION = 5;

  private final Supplier<Module> circuit;
  private final Stimulus stimulus;
  private final int passes;

  /**
   * @param circuit makes the circuit; always the same
   * @param passes how often the inputs are applied
   */
  public SpeedTrial(Supplier<Module> circuit, Stimulus stimulus, int passes) {
    this.circuit = circuit;
    this.stimulus = stimulus;
    this.passes = passes;
  }

  /**
   * A result.
   *
   * @param cyclesPerSecond median of the second half of the passes
   * @param buildSeconds Verilator and the C++ compiler; 0 in the JVM
   * @param checksum of all outputs in all cycles
   */
  public record Result(double cyclesPerSecond, double buildSeconds, String checksum) {}

  private double median(List<Double> seconds) {
    List<Double> late =
        seconds.subList(seconds.size() / 2, seconds.size()).stream().sorted().toList();
    return stimulus.cycles() / late.get(late.size() / 2);
  }

  /** Simulates in the JVM. */
  public Result simulate(SimulatorOptions options) {
    Module top = circuit.get();
    Simulator simulator = Simulator.of(top, options);
    Netlist module = Elaborator.elaborate(top, Policy.quiet()).top();
    SignalWords inputs = words(simulator, Stimulus.inputs(module));
    SignalWords outputs = words(simulator, Stimulus.outputs(module));
    long checksum = 0;
    List<Double> seconds = new ArrayList<>();
    for (int pass = 0; pass < passes; pass++) {
      long start = cpuNanoseconds();
      checksum = pass(simulator, inputs, outputs, checksum);
      seconds.add((cpuNanoseconds() - start) / NANOSECONDS);
    }
    return new Result(median(seconds), 0, "%016x".formatted(checksum));
  }

  private static SignalWords words(Simulator simulator, List<Port> ports) {
    return simulator.words(ports.stream().map(Port::name).toArray(String[]::new));
  }

  private static long cpuNanoseconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private long pass(Simulator simulator, SignalWords inputs, SignalWords outputs, long before) {
    long checksum = before;
    long[] words = stimulus.words();
    for (int at = 0; at < words.length; at += stimulus.wordsPerCycle()) {
      if (simulator.inReset() != (words[at] == 0)) {
        simulator.setReset(words[at] == 0);
      }
      inputs.write(words, at + 1);
      checksum = outputs.reduce(checksum, (sum, word) -> Long.rotateLeft(sum, ROTATION) + word);
      simulator.step();
    }
    return checksum;
  }

  /**
   * Simulates the emitted Verilog; the simulator is built anew, without a cache.
   *
   * @throws SimulationException if Verilator or the compiler refuses
   */
  public Result verilate(ProjectFiles project, String name) throws IOException {
    Path work = project.workFolder("speed").resolve(name);
    FileUtils.deleteDirectory(work.toFile());
    Path rtl = work.resolve("rtl");
    Files.createDirectories(rtl);
    Design design = Elaborator.elaborate(circuit.get(), Policy.quiet());
    RtlPackage.write(design, rtl);
    Files.writeString(rtl.resolve("ports.h"), header(design.top()));
    List<String> files = Files.readAllLines(rtl.resolve("filelist.f"));
    String top = files.get(files.size() - 1).replaceFirst("\\.v$", "");
    List<String> arguments =
        List.of(
            "speed",
            rtl.toString(),
            work.toString(),
            "--module",
            top,
            "--ports",
            rtl.resolve("ports.h").toString());
    SimulatorBuild build = SimulatorBuild.run(project, arguments, work, false);
    Path file = work.resolve("stimulus.bin");
    stimulus.save(file);
    ToolRun run =
        ToolRun.of(
            List.of(build.simulator().toString(), file.toString(), Integer.toString(passes)), work);
    if (run.exitCode() != 0) {
      throw new SimulationException("the simulation failed:\n" + run.errors());
    }
    JsonNode result = new ObjectMapper().readTree(run.output());
    List<Double> seconds = new ArrayList<>();
    result.get("seconds").forEach(number -> seconds.add(number.asDouble()));
    return new Result(median(seconds), build.seconds(), result.get("checksum").asText());
  }

  /** The header that tells the testbench {@code speed} of the ports. */
  private static String header(Netlist module) {
    BlockPorts ports = BlockPorts.of(module);
    StringBuilder out = new StringBuilder();
    int words = 1 + Stimulus.inputs(module).stream().mapToInt(Stimulus::words).sum();
    out.append(
        "#pragma once\n\n#include <cstdint>\n\n#include \"Vspeed.h\"\n#include \"wide.h\"\n\n");
    out.append("constexpr uint64_t kInputWords = %d;\n\n".formatted(words));
    out.append("inline void drive(Vspeed& top, const uint64_t* words) {\n");
    if (ports.reset()) {
      out.append("  top.aresetn = words[0] != 0;\n");
    }
    int at = 1;
    for (Port port : Stimulus.inputs(module)) {
      out.append(
          "  sluice::set<%d>(%s, words + %d);\n".formatted(port.node().width(), member(port), at));
      at += Stimulus.words(port);
    }
    out.append("}\n\ninline uint64_t sample(Vspeed& top, uint64_t checksum) {\n");
    for (Port port : Stimulus.outputs(module)) {
      out.append(
          "  checksum = sluice::add<%d>(checksum, %s);\n"
              .formatted(port.node().width(), member(port)));
    }
    return out.append("  return checksum;\n}\n").toString();
  }

  private static String member(Port port) {
    return BlockPorts.member(port);
  }
}
