package sluice.hdl.verilog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.hdl.Module;

/** The emitted Verilog does in Icarus Verilog what the circuit does in the JVM simulator. */
class ReplayIT {
  private static final int CYCLES = 500;

  @TempDir Path folder;

  static Stream<Named<Supplier<Module>>> circuits() {
    return Stream.concat(
        Stream.concat(VerilogToolsIT.circuits(), VerilogToolsIT.parts()),
        Stream.of(
            Named.of("operators 32 x 32", () -> new Circuits.Operators(32, 32)),
            Named.of("operators 64 x 7", () -> new Circuits.Operators(64, 7)),
            Named.of("operators 63 x 64", () -> new Circuits.Operators(63, 64)),
            Named.of("operators 130 x 65", () -> new Circuits.Operators(130, 65)),
            Named.of("stateful 64", () -> new Circuits.Stateful(64))));
  }

  @ParameterizedTest
  @MethodSource("circuits")
  void theVerilogDoesTheSame(Supplier<Module> supplier) {
    Module circuit = supplier.get();
    EmittedVerilog verilog = new EmittedVerilog(circuit, folder);
    Replay replay = new Replay(circuit, CYCLES, 7);
    verilog.add("testbench.v", replay.testbench(verilog));
    verilog.write("vectors.hex", replay.vectors());
    assertThat(verilog.runOnFiles("iverilog", "-g2005", "-s", "testbench", "-o", "simulation"))
        .isEmpty();
    String output = verilog.run("vvp", "-n", "simulation");
    assertThat(output).matches("\\d+ compared, \\d+ unknown\n");
    String[] counts = output.split("\\D+");
    int compared = Integer.parseInt(counts[0]);
    int unknown = Integer.parseInt(counts[1]);
    assertThat(unknown).as("unknown of %d", compared + unknown).isLessThan(compared / 4 + 20);
  }
}
