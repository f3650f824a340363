package sluice.cosim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.hdl.BlackBox;
import sluice.hdl.Bool;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.lib.Queue;
import sluice.hdl.sim.NotObservableException;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.SimulatorOptions;
import sluice.hdl.sim.StreamSink;
import sluice.hdl.sim.TwoClocks;
import sluice.hdl.sim.Undefined;

/** The simulator on emitted Verilog. */
class VerilatorProcessIT {
  private static final SimulatorOptions JVM =
      SimulatorOptions.standard().withEngine(SimulatorOptions.JVM);
  private static final SimulatorOptions VERILATOR = JVM.withEngine("verilator");

  /** Ports of all sizes, a register with and one without reset, a memory, and a child. */
  private static final class Mixture extends Module {
    final Bool flag = input(Bool.of());
    final SInt small = input(SInt.of(5));
    final UInt word = input(UInt.of(64));
    final UInt wide = input(UInt.of(133));
    final UInt in__between = input(UInt.of(17), "in__between");
    final Bool flipped = output(Bool.of());
    final SInt doubled = output(SInt.of(6));
    final UInt sum = output(UInt.of(64));
    final UInt held = output(UInt.of(133));
    final UInt kept = output(UInt.of(17));
    final UInt unset = output(UInt.of(40));
    final Queue<UInt> queue = instance(new Queue<>(UInt.of(8), 4));

    Mixture() {
      flipped.set(flag.not());
      doubled.set(small.times(SInt.literal(2, 3)).truncate(6));
      UInt total = register(UInt.of(64)).reset(3);
      total.set(total.plusWrap(word));
      sum.set(total);
      held.set(delayed(wide));
      Memory<UInt> table = memory(UInt.of(17), 8);
      table.write(flag, word.bits(2, 0), in__between);
      kept.set(table.read(word.bits(5, 3), flag.not()));
      UInt idle = register(UInt.of(40));
      unset.set(idle);
      queue.in.valid().set(flag);
      queue.in.payload().set(word.bits(7, 0));
      queue.out.ready().set(flag.not());
    }
  }

  private static List<BigInteger> outputs(Mixture circuit, Simulator simulator, boolean defined) {
    List<BigInteger> values = new ArrayList<>();
    values.add(simulator.peekBig(circuit.flipped));
    values.add(simulator.peekBigSigned(circuit.doubled));
    values.add(BigInteger.valueOf(simulator.peek(circuit.sum)));
    values.add(simulator.peekBig(circuit.held));
    values.add(simulator.peekBig(circuit.in__between));
    if (defined) {
      values.add(simulator.peekBig(circuit.kept));
    }
    return values;
  }

  @Test
  void bothEnginesGiveTheSameInEveryCycle() {
    Mixture circuit = new Mixture();
    try (Simulator jvm = Simulator.of(circuit, JVM);
        Simulator verilator = Simulator.of(circuit, VERILATOR)) {
      Random random = new Random(4);
      boolean[] written = new boolean[8];
      boolean defined = false;
      for (int cycle = 0; cycle < 500; cycle++) {
        boolean flag = random.nextBoolean();
        long word = random.nextLong();
        BigInteger wide = new BigInteger(133, random);
        for (Simulator simulator : List.of(jvm, verilator)) {
          simulator.setReset(cycle < 3 || cycle == 300);
          simulator.poke(circuit.flag, flag);
          simulator.poke(circuit.small, cycle % 32 - 16);
          simulator.poke(circuit.word, word);
          simulator.poke(circuit.wide, wide);
          simulator.poke(circuit.in__between, cycle);
        }
        if (cycle > 0) {
          assertThat(outputs(circuit, verilator, defined))
              .as("cycle %d", cycle)
              .isEqualTo(outputs(circuit, jvm, defined));
        }
        defined = !flag && written[(int) (word >> 3 & 7)];
        written[(int) (word & 7)] |= flag;
        jvm.step();
        verilator.step();
      }
    }
  }

  @Test
  void withZerosAtTheStartUndefinedBitsAreTheSameToo() {
    Mixture circuit = new Mixture();
    try (Simulator jvm = Simulator.of(circuit, JVM.withUndefined(Undefined.ZERO));
        Simulator verilator = Simulator.of(circuit, VERILATOR.withUndefined(Undefined.ZERO))) {
      Random random = new Random(5);
      for (int cycle = 0; cycle < 200; cycle++) {
        boolean flag = random.nextBoolean();
        long word = random.nextLong();
        for (Simulator simulator : List.of(jvm, verilator)) {
          simulator.poke(circuit.flag, flag);
          simulator.poke(circuit.word, word);
          simulator.poke(circuit.in__between, cycle);
        }
        assertThat(outputs(circuit, verilator, true))
            .as("cycle %d", cycle)
            .isEqualTo(outputs(circuit, jvm, true));
        jvm.step();
        verilator.step();
      }
    }
  }

  /** A box that is written elsewhere. */
  private static final class Inverter extends BlackBox {
    final Bool in = input(Bool.of());
    final Bool out = output(Bool.of());

    Inverter() {
      super("vendor_inverter");
      model(ports -> ports.poke(out, 1 - ports.peek(in)));
    }
  }

  private static final class Boxed extends Module {
    Boxed() {
      Inverter inverter = instance(new Inverter());
      inverter.in.set(input(Bool.of(), "in"));
      output(Bool.of(), "out").set(inverter.out);
    }
  }

  @Test
  void aModelOfABlackBoxIsLeftToTheJvm() {
    assertThatExceptionOfType(NotObservableException.class)
        .isThrownBy(() -> Simulator.of(new Boxed(), VERILATOR))
        .withMessage("black box vendor_inverter has no Verilog that this engine knows");
  }

  @Test
  void inputsStartAsZeroAndUndefinedStateAsAsked() {
    Mixture circuit = new Mixture();
    long seeded = idle(circuit, VERILATOR.withSeed(7));
    assertThat(seeded).isNotZero().isEqualTo(idle(circuit, VERILATOR.withSeed(7)));
    assertThat(seeded).isNotEqualTo(idle(circuit, VERILATOR.withSeed(8)));
    assertThat(idle(circuit, VERILATOR.withUndefined(Undefined.ZERO))).isZero();
  }

  private static long idle(Mixture circuit, SimulatorOptions options) {
    try (Simulator simulator = Simulator.of(circuit, options)) {
      assertThat(simulator.isHigh(circuit.flipped)).isTrue();
      assertThat(simulator.peek(circuit.word)).isZero();
      return simulator.peek(circuit.unset);
    }
  }

  @Test
  void streamsAreDrivenAndTakenAsInTheJvm() {
    List<List<BigInteger>> received = new ArrayList<>();
    List<Long> cycles = new ArrayList<>();
    for (SimulatorOptions options : List.of(JVM, VERILATOR)) {
      Queue<UInt> queue = new Queue<>(UInt.of(70), 4);
      try (Simulator simulator = Simulator.of(queue, options)) {
        Random random = new Random(6);
        List<BigInteger> words =
            Stream.generate(() -> new BigInteger(70, random)).limit(100).toList();
        simulator.drive(queue.in, words).stalls(0.3, 1);
        StreamSink sink = simulator.sink(queue.out).stalls(0.3, 2).expectAll(words);
        simulator.reset();
        cycles.add(simulator.runUntil(sink::isDone, 2000));
        received.add(sink.received());
      }
    }
    assertThat(received.get(1)).isEqualTo(received.get(0));
    assertThat(cycles.get(1)).isEqualTo(cycles.get(0));
  }

  @Test
  void everyClockRisesByItselfAndHasItsOwnReset() {
    List<List<Long>> counts = new ArrayList<>();
    for (SimulatorOptions options : List.of(JVM, VERILATOR)) {
      TwoClocks circuit = new TwoClocks();
      List<Long> counted = new ArrayList<>();
      try (Simulator simulator = Simulator.of(circuit, options)) {
        simulator.reset();
        simulator.step(3);
        simulator.step(circuit.fast, 5);
        counted.add(simulator.peek(circuit.slowCount));
        counted.add(simulator.peek(circuit.fastCount));
        simulator.reset(circuit.fast);
        counted.add(simulator.peek(circuit.slowCount));
        counted.add(simulator.peek(circuit.fastCount));
        simulator.clock(circuit.clockDomain(), 7, 7).clock(circuit.fast, 3, 3);
        simulator.run(43);
        counted.add(simulator.peek(circuit.slowCount));
        counted.add(simulator.peek(circuit.fastCount));
      }
      counts.add(counted);
    }
    assertThat(counts.get(0)).containsExactly(3L, 5L, 3L, 0L, 9L, 14L);
    assertThat(counts.get(1)).isEqualTo(counts.get(0));
  }

  @Test
  void portsAreSeenAndNothingElse() {
    Mixture circuit = new Mixture();
    try (Simulator simulator = Simulator.of(circuit, VERILATOR)) {
      assertThat(simulator.signalNames())
          .containsExactly(
              "flag",
              "small",
              "word",
              "wide",
              "in__between",
              "flipped",
              "doubled",
              "sum",
              "held",
              "kept",
              "unset");
      assertThatExceptionOfType(NotObservableException.class)
          .isThrownBy(() -> simulator.peek(circuit.queue.count))
          .withMessage("queue.count is not seen by this engine");
      assertThatExceptionOfType(NotObservableException.class)
          .isThrownBy(() -> simulator.peek("queue.count"));
      assertThatExceptionOfType(NotObservableException.class)
          .isThrownBy(() -> simulator.memory("table"))
          .withMessage("memories are not seen by this engine");
      assertThatExceptionOfType(NotObservableException.class)
          .isThrownBy(() -> simulator.metastability(true))
          .withMessage("metastability is not shown by this engine");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> simulator.peek(new Mixture().sum))
          .withMessageEndingWith("is not in this circuit");
    }
  }

  @Test
  void wavesOfPortsAreWritten(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("ports.vcd");
    try (Simulator simulator = Simulator.of(new Mixture(), VERILATOR)) {
      simulator.trace(file);
      simulator.step(3);
    }
    assertThat(Files.readString(file)).contains(" in__between [16:0] $end", "#25000\n");
  }

  @Test
  void aProgramIsBuiltOnceForTheSameVerilog() throws IOException {
    Mixture circuit = new Mixture();
    Simulator.of(circuit, VERILATOR).close();
    Path engines =
        new ProjectFiles(Path.of(System.getProperty("sluice.root"))).workFolder("engines");
    long start = System.currentTimeMillis();
    Simulator.of(new Mixture(), VERILATOR).close();
    try (Stream<Path> folders = Files.list(engines)) {
      List<Path> programs =
          folders
              .filter(folder -> folder.getFileName().toString().startsWith("sluice_mixture-"))
              .map(folder -> folder.resolve("program"))
              .filter(Files::exists)
              .toList();
      assertThat(programs).isNotEmpty();
      for (Path program : programs) {
        assertThat(Files.getLastModifiedTime(program).toMillis()).isLessThan(start);
      }
    }
  }
}
