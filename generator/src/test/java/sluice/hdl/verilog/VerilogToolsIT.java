package sluice.hdl.verilog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.docs.sample.Allocator;
import sluice.docs.sample.Bridge;
import sluice.docs.sample.Poller;
import sluice.hdl.Depth;
import sluice.hdl.Encoding;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.lib.BackwardSlice;
import sluice.hdl.lib.Crc;
import sluice.hdl.lib.ForwardSlice;
import sluice.hdl.lib.Lfsr;
import sluice.hdl.lib.PacketWidthDown;
import sluice.hdl.lib.PacketWidthUp;
import sluice.hdl.lib.StreamMux;
import sluice.hdl.lib.Throttle;
import sluice.hdl.lib.crossing.AsyncQueue;
import sluice.hdl.lib.crossing.GrayCounter;
import sluice.hdl.lib.crossing.HandshakeCrossing;
import sluice.hdl.lib.crossing.PulseCrossing;
import sluice.hdl.lib.crossing.ResetSynchronizer;
import sluice.hdl.lib.numeric.FloatFormat;
import sluice.hdl.lib.numeric.FloatRatio;
import sluice.hdl.lib.numeric.RatioUnit;
import sluice.hdl.lib.numeric.SignedDivider;
import sluice.hdl.lib.numeric.UnsignedDivider;

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
        circuit("named-states", Circuits.NamedStates::new),
        circuit("one-hot", () -> new Circuits.Sequencer("one_hot", Encoding.ONE_HOT)),
        circuit("gray", () -> new Circuits.Sequencer("gray", Encoding.GRAY)),
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
        circuit("checked streams", () -> new PropertyCircuits.Streams(2, false)),
        circuit("monitored", PropertyCircuits.Monitored::new),
        circuit("balanced 1", () -> new Circuits.SumOfProducts(Depth.stages(1))),
        circuit("balanced 4", () -> new Circuits.SumOfProducts(Depth.stages(4))));
  }

  /** Parts of the library. */
  static Stream<Named<Supplier<Module>>> parts() {
    return Stream.of(
        circuit("bit operations 1", () -> new LibraryCircuits.BitOperations(1, 2)),
        circuit("bit operations 8", () -> new LibraryCircuits.BitOperations(8, 3)),
        circuit("bit operations 11", () -> new LibraryCircuits.BitOperations(11, 4)),
        circuit("bit operations 70", () -> new LibraryCircuits.BitOperations(70, 7)),
        circuit("counters", LibraryCircuits.Counters::new),
        circuit("shift register", () -> new Lfsr(16, 0xace1)),
        circuit("CRC-32 of bytes", () -> new Crc(Crc.Algorithm.CRC32, 8)),
        circuit("CRC-32C of words", () -> new Crc(Crc.Algorithm.CRC32C, 64)),
        circuit("CRC-16 of bits", () -> new Crc(Crc.Algorithm.CRC16_XMODEM, 1)),
        circuit("forward slice", () -> new ForwardSlice<>(UInt.of(9))),
        circuit("backward slice", () -> new BackwardSlice<>(UInt.of(9))),
        circuit("stream mux", () -> new StreamMux<>(UInt.of(9), 3)),
        circuit("throttle", () -> new Throttle<>(UInt.of(9), 5)),
        circuit("packet arbiter", LibraryCircuits::packetArbiter),
        circuit("packets to width 32", () -> new PacketWidthUp(8, 4)),
        circuit("packets to width 21", () -> new PacketWidthUp(7, 3)),
        circuit("packets from width 32", () -> new PacketWidthDown(8, 4)),
        circuit("packets from width 2", () -> new PacketWidthDown(1, 2)),
        circuit("divider by 2", () -> new UnsignedDivider(17, 9, 2)),
        circuit("signed divider by 1", () -> new SignedDivider(8, 12, 1)),
        circuit("divider at once", () -> new UnsignedDivider(4, 7, 4)),
        circuit("pipelined divider", () -> new SignedDivider(8, 8, Depth.stages(3))),
        circuit(
            "ratio by 4",
            () -> new RatioUnit(new FloatRatio(FloatFormat.FP16, 40, 20, -24), 4, Depth.stages(1))),
        circuit(
            "pipelined ratio",
            () -> new RatioUnit(new FloatRatio(FloatFormat.BF16, 9, 9, -130), Depth.stages(2))),
        circuit("bridge", () -> new Bridge(2, 5)),
        circuit("allocator 5", () -> new Allocator(5)),
        circuit("allocator 8", () -> new Allocator(8)),
        circuit("poller", () -> new Poller(3, 4)));
  }

  /** Circuits with several clocks. */
  static Stream<Named<Supplier<Module>>> crossings() {
    return Stream.of(
        circuit("domains", Circuits.Domains::new),
        circuit("properties of domains", PropertyCircuits.OfDomains::new),
        circuit("memories of two clocks", () -> new MemoryCircuits.TwoClocks(1)),
        circuit("slow memories of two clocks", () -> new MemoryCircuits.TwoClocks(3)),
        circuit("queue between clocks", () -> new AsyncQueue<>(UInt.of(9), 16, 3)),
        circuit("shallow queue between clocks", () -> new AsyncQueue<>(UInt.of(1), 4)),
        circuit("handshake", () -> new HandshakeCrossing<>(UInt.of(70), 2)),
        circuit("pulses", () -> new PulseCrossing(2)),
        circuit("gray counter", () -> new GrayCounter(5)),
        circuit("reset synchronizer", () -> new ResetSynchronizer(3)));
  }

  @ParameterizedTest
  @MethodSource({"circuits", "parts", "crossings"})
  void verilatorHasNothingToSay(Supplier<Module> circuit) {
    assertThat(new EmittedVerilog(circuit.get(), folder).lint()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource({"circuits", "parts", "crossings"})
  void verilatorHasNothingToSayToProperties(Supplier<Module> circuit) {
    EmittedVerilog verilog = new EmittedVerilog(circuit.get(), folder);
    assertThat(verilog.lint("SLUICE_ASSERT")).isEmpty();
    assertThat(verilog.lint("SLUICE_ASSERT", "FORMAL")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource({"circuits", "parts", "crossings"})
  void icarusAndYosysHaveNothingToSayToProperties(Supplier<Module> circuit) {
    EmittedVerilog verilog = new EmittedVerilog(circuit.get(), folder);
    assertThat(verilog.compile("SLUICE_ASSERT")).isEmpty();
    assertThat(verilog.checkFormal()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource({"circuits", "parts", "crossings"})
  void icarusHasNothingToSay(Supplier<Module> circuit) {
    assertThat(new EmittedVerilog(circuit.get(), folder).compile()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource({"circuits", "parts", "crossings"})
  void yosysFindsNoFaultAndNoLatch(Supplier<Module> circuit) {
    assertThat(new EmittedVerilog(circuit.get(), folder).check()).isEmpty();
  }

  /** Gates in series as Yosys maps the circuit to gates of two inputs. */
  private int gateLevels(Module circuit) {
    EmittedVerilog verilog = new EmittedVerilog(circuit, folder);
    String top = verilog.top();
    String report =
        verilog.run(
            "yosys",
            "-p",
            "read_verilog %s.v; synth -flatten -top %s; abc -g AND,OR,XOR,MUX; ltp -noff"
                .formatted(top, top));
    Matcher length = Pattern.compile("\\(length=(\\d+)\\)").matcher(report);
    assertThat(length.find()).as(report).isTrue();
    return Integer.parseInt(length.group(1));
  }

  @Test
  void balancedStagesAreShorterAfterSynthesisToo() {
    int whole = gateLevels(new Circuits.SumsInARow(Depth.stages(1)));
    int balanced = gateLevels(new Circuits.SumsInARow(Depth.stages(3)));
    assertThat(balanced).isLessThan(whole / 2);
  }
}
