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

/** Other people's tools accept the emitted Verilog without a word. */
class VerilogToolsIT {
  @TempDir Path folder;

  private static Named<Supplier<Module>> circuit(String name, Supplier<Module> circuit) {
    return Named.of(name, circuit);
  }

  static Stream<Named<Supplier<Module>>> circuits() {
    return Stream.of(
        circuit("counter", () -> new Circuits.Counter(10)),
        circuit("sequencer", Circuits.Sequencer::new),
        circuit("queue", Circuits::wordQueue),
        circuit("operators 1 x 1", () -> new Circuits.Operators(1, 1)),
        circuit("operators 8 x 3", () -> new Circuits.Operators(8, 3)),
        circuit("operators 65 x 33", () -> new Circuits.Operators(65, 33)),
        circuit("stateful 1", () -> new Circuits.Stateful(1)),
        circuit("stateful 70", () -> new Circuits.Stateful(70)),
        circuit("chain", Circuits.Chain::new),
        circuit("masked 32 x 8", () -> new MemoryCircuits.Masked(32, 8, 1)),
        circuit("masked 72 x 72", () -> new MemoryCircuits.Masked(72, 72, 2)),
        circuit("masked 5 x 1", () -> new MemoryCircuits.Masked(5, 1, 3)),
        circuit("shared 8", () -> new MemoryCircuits.Shared(8, 1)),
        circuit("shared 2", () -> new MemoryCircuits.Shared(2, 2)),
        circuit("roms 8", () -> new MemoryCircuits.Roms(8)),
        circuit("roms 70", () -> new MemoryCircuits.Roms(70)),
        circuit("squares", MemoryCircuits.Squares::new),
        circuit("checked", PropertyCircuits.Checked::new),
        circuit("checked table", PropertyCircuits.CheckedTable::new),
        circuit("checked logic", PropertyCircuits.Adder::new),
        circuit("checked streams", () -> new PropertyCircuits.Streams(2, false)));
  }

  @ParameterizedTest
  @MethodSource("circuits")
  void verilatorHasNothingToSay(Supplier<Module> circuit) {
    assertThat(new EmittedVerilog(circuit.get(), folder).lint()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("circuits")
  void verilatorHasNothingToSayToProperties(Supplier<Module> circuit) {
    EmittedVerilog verilog = new EmittedVerilog(circuit.get(), folder);
    assertThat(verilog.lint("SLUICE_ASSERT")).isEmpty();
    assertThat(verilog.lint("SLUICE_ASSERT", "FORMAL")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("circuits")
  void icarusAndYosysHaveNothingToSayToProperties(Supplier<Module> circuit) {
    EmittedVerilog verilog = new EmittedVerilog(circuit.get(), folder);
    assertThat(verilog.compile("SLUICE_ASSERT")).isEmpty();
    assertThat(verilog.checkFormal()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("circuits")
  void icarusHasNothingToSay(Supplier<Module> circuit) {
    assertThat(new EmittedVerilog(circuit.get(), folder).compile()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("circuits")
  void yosysFindsNoFaultAndNoLatch(Supplier<Module> circuit) {
    assertThat(new EmittedVerilog(circuit.get(), folder).check()).isEmpty();
  }
}
