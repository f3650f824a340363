package sluice.hdl.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.lib.Queue;

/** Waveforms as a value change dump. */
class VcdTraceTest {
  @TempDir private Path folder;

  /** Two stages, each of which adds its input to what it has. */
  private static final class Stages extends Module {
    final UInt in = input(UInt.of(70));
    final Bool clear = input(Bool.of());
    final UInt out = output(UInt.of(70));
    final Stage first = instance(new Stage());
    final Stage second = instance(new Stage());

    Stages() {
      first.in.set(in);
      first.clear.set(clear);
      second.in.set(first.total);
      second.clear.set(clear);
      out.set(second.total);
    }

    private static final class Stage extends Module {
      final UInt in = input(UInt.of(70));
      final Bool clear = input(Bool.of());
      final UInt total = output(UInt.of(70));

      Stage() {
        UInt sum = register(UInt.of(70)).reset(0);
        sum.set(sum.plusWrap(in));
        when(clear, () -> sum.set(0));
        total.set(sum);
      }
    }
  }

  @Test
  void theFileOfASmallRunIsThis() throws IOException {
    Path file = folder.resolve("a.vcd");
    Stages stages = new Stages();
    SimulatorOptions zero = SimulatorOptions.standard().withUndefined(Undefined.ZERO);
    try (Simulator simulator = Simulator.of(stages, zero)) {
      simulator.trace(file, "clear", "first.*");
      simulator.reset(1);
      simulator.poke(stages.in, 5);
      simulator.step(2);
    }
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            $version Sluice $end
            $timescale 1 ps $end
            $scope module stages $end
            $var wire 1 ! clock $end
            $var wire 1 " aresetn $end
            $var wire 1 # clear $end
            $scope module first $end
            $var wire 70 $ in [69:0] $end
            $var wire 1 # clear $end
            $var wire 70 % total [69:0] $end
            $var wire 70 % sum [69:0] $end
            $upscope $end
            $upscope $end
            $enddefinitions $end
            #0
            $dumpvars
            0!
            0"
            0#
            b0 $
            b0 %
            $end
            #10000
            1!
            1"
            b101 $
            #15000
            0!
            #20000
            1!
            b101 %
            #25000
            0!
            #30000
            1!
            """);
  }

  @Test
  void everyValueOfEveryCycleIsInIt() throws IOException {
    Path file = folder.resolve("b.vcd");
    Stages stages = new Stages();
    Map<String, BigInteger> peeked = new HashMap<>();
    Random random = new Random(7);
    Simulator simulator = Simulator.of(stages);
    simulator.trace(file);
    for (int cycle = 0; cycle < 60; cycle++) {
      simulator.setReset(cycle < 2 || cycle == 40);
      simulator.poke(stages.clear, random.nextInt(10) == 0);
      simulator.poke(stages.in, new BigInteger(70, random));
      for (String name : simulator.signalNames()) {
        peeked.put(cycle + " " + name, simulator.peekBig(name));
      }
      peeked.put(cycle + " aresetn", simulator.inReset() ? BigInteger.ZERO : BigInteger.ONE);
      simulator.step();
    }
    VcdFile read = VcdFile.read(file);
    assertThat(read.widths())
        .containsEntry("stages.out", 70)
        .containsEntry("stages/second.clear", 1)
        .hasSize(simulator.signalNames().size() + 2);
    peeked.forEach(
        (key, value) -> {
          int space = key.indexOf(' ');
          long time = 10_000 * Long.parseLong(key.substring(0, space));
          String name = key.substring(space + 1);
          String path = name.contains(".") ? "stages/" + name : "stages." + name;
          assertThat(read.at(path, time + 9_999)).as(key).isEqualTo(value);
        });
    for (long time = 5_000; time < 595_000; time += 5_000) {
      assertThat(read.at("stages.clock", time)).isEqualTo(time % 10_000 == 0 ? 1 : 0);
    }
  }

  @Test
  void whatDoesNotChangeIsNotWrittenAgain() throws IOException {
    Path file = folder.resolve("c.vcd");
    try (Simulator simulator = Simulator.of(new Stages())) {
      simulator.trace(file);
      simulator.reset(3);
      int start = VcdFile.read(file).changes();
      simulator.step(100);
      // The clock twice a cycle, and the end of the reset.
      assertThat(VcdFile.read(file).changes() - start).isEqualTo(201);
    }
  }

  @Test
  void equalRunsGiveEqualFiles() throws IOException {
    for (String name : new String[] {"d.vcd", "e.vcd"}) {
      Queue<UInt> queue = new Queue<>(UInt.of(8), 4);
      try (Simulator simulator = Simulator.of(queue)) {
        simulator.trace(folder.resolve(name));
        simulator.drive(queue.in).stalls(0.5, 1).send(1).send(2).send(3);
        simulator.sink(queue.out).stalls(0.5, 2);
        simulator.reset();
        simulator.step(20);
      }
    }
    assertThat(folder.resolve("d.vcd")).hasSameBinaryContentAs(folder.resolve("e.vcd"));
  }

  @Test
  void aFileIsReadableWhenTheTestHasFailed() throws IOException {
    Path file = folder.resolve("f.vcd");
    Simulator simulator = Simulator.of(new Stages());
    simulator.trace(file);
    assertThatThrownBy(() -> simulator.runUntil(() -> false, 7)).isInstanceOf(AssertionError.class);
    assertThat(VcdFile.read(file).values().get("stages.clock").lastKey()).isEqualTo(60_000);
  }

  @Test
  void signalsAreChosenByPatterns() throws IOException {
    assertThat(traced("*")).containsExactly("stages.in", "stages.clear", "stages.out");
    assertThat(traced("**.sum")).containsExactly("stages/first.sum", "stages/second.sum");
    assertThat(traced("s?cond.*", "in"))
        .containsExactly(
            "stages.in",
            "stages/second.in",
            "stages/second.clear",
            "stages/second.total",
            "stages/second.sum");
    assertThatThrownBy(() -> traced("third.*"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no signal matches third.*");
    assertThatThrownBy(() -> traced("**.sun"))
        .hasMessage("no signal matches **.sun; there is first.sum, second.sum");
  }

  @Test
  void clocksOfSeveralDomainsRiseWhenTheirPeriodsSay() throws IOException {
    Path file = folder.resolve("h.vcd");
    TwoClocks circuit = new TwoClocks();
    try (Simulator simulator = Simulator.of(circuit)) {
      simulator.clock(circuit.clockDomain(), 7_000, 7_000).clock(circuit.fast, 3_000, 3_000);
      simulator.trace(file);
      simulator.reset(1);
      simulator.run(50_000);
    }
    VcdFile read = VcdFile.read(file);
    assertThat(rises(read, "two_clocks.clock"))
        .containsExactly(7_000L, 14_000L, 21_000L, 28_000L, 35_000L, 42_000L, 49_000L, 56_000L);
    assertThat(rises(read, "two_clocks.fast_clock")).hasSize(18).startsWith(3_000L, 6_000L, 9_000L);
    assertThat(read.at("two_clocks.slow_count", 55_999)).isEqualTo(6);
    assertThat(read.at("two_clocks.fast_count", 53_999)).isEqualTo(15);
    assertThat(read.widths()).containsKeys("two_clocks.aresetn", "two_clocks.fast_aresetn");
  }

  private static List<Long> rises(VcdFile file, String clock) {
    return file.values().get(clock).entrySet().stream()
        .filter(change -> change.getValue().signum() != 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  private List<String> traced(String... patterns) throws IOException {
    Path file = folder.resolve("g.vcd");
    try (Simulator simulator = Simulator.of(new Stages())) {
      simulator.trace(file, patterns);
    }
    return VcdFile.read(file).widths().keySet().stream()
        .filter(name -> !name.matches("stages\\.(clock|aresetn)"))
        .toList();
  }
}
