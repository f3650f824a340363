package sluice.hdl.formal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.verilog.EmittedVerilog;
import sluice.hdl.verilog.VerilogWriter;

/**
 * Proves of an emitted circuit that it gives what another gives, for all inputs.
 *
 * <p>Every way to prove ends in a satisfiability check of what is left, so that a step that gets
 * nowhere costs time, and never makes a proof of what is none.
 */
public final class Prover {

  /** How ABC goes about it. */
  public enum Method {
    /** By binary decision diagrams: sums, comparisons and conversions of any steps. */
    DIAGRAMS("collapse -B 100000000; strash; iprove"),

    /** By merging what is equal within both, from the inputs on: where much of both is alike. */
    SWEEPING("fraig; iprove"),

    /** By looking for an input for which they differ. */
    SEARCH("iprove");

    private final String commands;

    Method(String commands) {
      this.commands = commands;
    }
  }

  /** What came of it. */
  public enum Verdict {
    EQUAL,
    DIFFERENT,
    UNDECIDED
  }

  /** In front of the names of a function's modules. */
  private static final String OTHER = "other_";

  private final Path folder;
  private final Module circuit;
  private final EmittedVerilog verilog;

  /**
   * @param circuit what is proved
   * @param folder an empty one
   */
  public Prover(Module circuit, Path folder) {
    this.folder = folder;
    this.circuit = circuit;
    verilog = new EmittedVerilog(circuit, folder);
  }

  /** Adds Verilog that is a resource of this package. */
  public Prover with(String resource) {
    try (InputStream in = Prover.class.getResourceAsStream(resource)) {
      verilog.add(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds another circuit, with a prefix for the names of its modules. */
  public Prover with(String prefix, Module other) {
    new VerilogWriter(prefix).write(Elaborator.elaborate(other)).forEach(verilog::add);
    return this;
  }

  /** Puts a fault into the circuit's Verilog. */
  public Prover fault(String from, String to) {
    Path file = folder.resolve(verilog.top() + ".v");
    try {
      String text = Files.readString(file);
      assertThat(text).contains(from);
      Files.writeString(file, text.replace(from, to));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether the circuit, which has no registers, equals a module that was added.
   *
   * @param other has the same ports
   */
  public Verdict compare(String other, Method method) {
    verilog.add("miter.v", Miter.combinational(circuit, verilog.top(), other));
    return verdict("strash; " + method.commands);
  }

  /**
   * Whether a pipeline gives in every cycle what its function gives of the inputs {@code latency}
   * cycles ago.
   *
   * <p>All cycles from the first on are unrolled until its inputs have come out, with any inputs,
   * and with any contents of registers in the first cycle. Since these are all there could be, any
   * cycle may be the first: nothing is left to be proved of longer runs, and nothing is assumed of
   * where the registers are.
   *
   * @param function the same circuit without registers
   */
  public Verdict comparePipeline(Module function, int latency) {
    return comparePipeline(function, latency, Set.of());
  }

  /**
   * The same for a pipeline that stalls as a whole. Apart from that proof, which is one of cycles
   * that advance, every register is required to be enabled by {@code advance} itself: then nothing
   * changes in other cycles.
   *
   * @param function the same circuit without registers
   * @param advance the input that lets all stages advance; the function has none
   */
  public Verdict compareStallingPipeline(Module function, int latency, String advance) {
    // Cells of type $sdffce are reset in enabled cycles only, those of type $sdffe in others too.
    String held =
        "read_verilog %s; hierarchy -top %s; proc; flatten; opt -full; memory_map; opt_dff;"
            + " select -assert-none t:$dff t:$sdff t:$sdffe t:$adff* t:$aldff* t:$dffsr* t:$sr"
            + " t:$dlatch* t:$adlatch* t:$ff; select -assert-min 1 t:$dffe;"
            + " select -assert-none t:$dffe t:$sdffce %%u w:%s %%co1:+[EN] %%d";
    String said =
        verilog.run(
            "yosys",
            "-q",
            "-p",
            held.formatted(String.join(" ", verilog.files()), verilog.top(), advance));
    return said.isEmpty() ? comparePipeline(function, latency, Set.of(advance)) : Verdict.DIFFERENT;
  }

  private Verdict comparePipeline(Module function, int latency, Set<String> tied) {
    with(OTHER, function);
    StringBuilder further = new StringBuilder();
    tied.forEach(input -> further.append(", .%s(1'b1)".formatted(input)));
    Miter miter = new Miter(circuit, tied, Lag.of(latency), List.of());
    verilog.add(
        "miter.v",
        miter.sequential(
            verilog.top(), OTHER + verilog.top(), latency, Set.of(), further.toString(), ""));
    return unrolled(latency + 1);
  }

  /**
   * Whether a circuit with feedback does what one with fewer stages does, from any state of both on
   * in which the registers with feedback are equal, in all cycles.
   *
   * <p>These registers are cut: both circuits are given any contents of them in any cycle, the same
   * ones, as inputs. What they take next and all outputs have to be equal, as much later as the
   * circuit is. Without feedback that is proved as of any other pipeline; and registers that are
   * once equal, and take equal values in each cycle, stay equal.
   *
   * @param earlier the same circuit with fewer stages
   */
  public Verdict compareFeedback(Module earlier, Lag lag) {
    with(OTHER, earlier);
    List<CutRegister> cut = cut(verilog.top(), "cut", lag.registers());
    List<CutRegister> other = cut(OTHER + verilog.top(), "cut_earlier", lag.registers());
    assertThat(cut).isNotEmpty().isEqualTo(other);
    Miter miter = new Miter(circuit, Set.of(), lag, cut);
    verilog.add(
        "miter.v",
        miter.sequential("cut", "cut_earlier", lag.cycles(), Set.of(), "", ", .clock(clock)"));
    return unrolled(lag.cycles() + 1);
  }

  /**
   * Whether a circuit with feedback does what another does, in some cycles after one in which it
   * begins anew, whatever all registers hold in that one.
   *
   * @param earlier a circuit of the same ports, in as many stages or fewer
   * @param beginning inputs that are high in the first cycle
   * @param further cycles that are compared after those of the first inputs
   */
  public Verdict compareFromStart(Module earlier, Lag lag, Set<String> beginning, int further) {
    with(OTHER, earlier);
    Miter miter = new Miter(circuit, Set.of(), lag, List.of());
    verilog.add(
        "miter.v",
        miter.sequential(
            verilog.top(),
            OTHER + verilog.top(),
            lag.outputs() + 1,
            beginning,
            "",
            ", .clock(clock)"));
    return unrolled(lag.outputs() + 2 + further);
  }

  /**
   * Whether a circuit with a stream {@code operands} and a stream {@code results} gives what a
   * function gives, a number of cycles after it has taken operands, and nothing before; whatever it
   * did when it took them.
   *
   * @param function combinational, with ports named as those of the streams' payloads
   */
  public Verdict compareSerial(Module function, int latency) {
    with(OTHER, function);
    String name = OTHER + Elaborator.elaborate(function).top().name();
    Miter miter = new Miter(function, Set.of(), Lag.of(latency), List.of());
    verilog.add("miter.v", miter.serial(verilog.top(), name, latency));
    return unrolled(latency + 1);
  }

  /** Cuts registers of a module; the result is another module, which is added. */
  private List<CutRegister> cut(String module, String name, List<String> registers) {
    String file = name + ".v";
    String script =
        "read_verilog %s; hierarchy -top %s; proc; flatten; opt -full; memory_map; opt; %s;"
            + " rename %s %s; write_verilog -noattr %s";
    String said =
        verilog.run(
            "yosys",
            "-q",
            "-p",
            script.formatted(
                String.join(" ", verilog.files()),
                module,
                CutRegister.commands(registers),
                module,
                name,
                file));
    assertThat(said).isEmpty();
    try {
      String text = Files.readString(folder.resolve(file));
      verilog.add(file, text);
      return CutRegister.of(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Verdict unrolled(int cycles) {
    return verdict("strash; frames -F %d -i; orpos; strash; fraig; iprove".formatted(cycles));
  }

  private Verdict verdict(String commands) {
    // Registers that nothing initializes become inputs in the first cycle (-zinit).
    String script =
        "read_verilog %s; hierarchy -top %s; proc; flatten; opt -full; memory_map; techmap; opt; dffunmap;"
            + " abc -g AND -fast; opt_clean; write_aiger -zinit miter.aig";
    assertThat(
            verilog.run(
                "yosys",
                "-q",
                "-p",
                script.formatted(String.join(" ", verilog.files()), Miter.NAME)))
        .isEmpty();
    String said = verilog.run("yosys-abc", "-c", "read_aiger miter.aig; " + commands);
    if (said.contains("UNSATISFIABLE")) {
      return Verdict.EQUAL;
    }
    return said.contains("SATISFIABLE") ? Verdict.DIFFERENT : Verdict.UNDECIDED;
  }
}
