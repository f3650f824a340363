package sluice.cosim.jvm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import sluice.cosim.DriverCommand;
import sluice.cosim.MemoryModel;
import sluice.cosim.MemoryReport;
import sluice.cosim.MemoryTiming;
import sluice.cosim.SimulationException;
import sluice.hdl.sim.SignalWords;
import sluice.hdl.sim.Simulator;

/** An accelerator's memories and its driver, cycle by cycle. */
final class TestbenchLoop {

  /** After the program's end nothing may be under way for so long. */
  private static final int QUIET_CYCLES = 64;

  /** Cycles without a handshake at a memory, or a command that ends, that fail the run. */
  private static final long WATCHDOG = 100_000;

  // Streams of random numbers that depend on nothing but the seed.
  private static final long DRIVER_STREAM = 1;
  private static final long RUNNER_STREAM = 2;
  private static final long MEMORY_STREAMS = 3;

  private final Simulator simulator;
  private final List<AxiMemory> memories = new ArrayList<>();
  private final AxiLiteDriver driver;
  private final ProgramRunner runner;
  private final SignalWords pin;
  private boolean interrupt;

  /** The edge before this cycle was in reset. */
  private boolean clean;

  /** Cycles since the program ended in which nothing was under way. */
  private int quiet;

  private long lastActivity;

  TestbenchLoop(
      Simulator simulator,
      List<DriverCommand> program,
      BusMemory host,
      List<BusMemory> channels,
      MemoryTiming timing) {
    this.simulator = simulator;
    long seed = timing.seed();
    List<BusMemory> all = new ArrayList<>();
    all.add(host);
    all.addAll(channels);
    for (BusMemory memory : all) {
      AxiPort port = new AxiPort(simulator, "m_axi_" + memory.name());
      SeededRandom random = new SeededRandom(seed, MEMORY_STREAMS + memories.size());
      MemoryModel model = memory == host ? timing.model().ofHost() : timing.model();
      memories.add(new AxiMemory(memory, port, model, random));
    }
    boolean isRandom = timing.isRandom();
    driver =
        new AxiLiteDriver(
            new AxiLitePort(simulator, "s_axil"), isRandom, new SeededRandom(seed, DRIVER_STREAM));
    runner =
        new ProgramRunner(program, driver, all, isRandom, new SeededRandom(seed, RUNNER_STREAM));
    pin = simulator.words("irq");
  }

  /** What the program has read, in order. */
  List<Long> readings() {
    return runner.readings();
  }

  /** What went through the memory ports, the host's first. */
  List<MemoryReport> reports() {
    return memories.stream().map(AxiMemory::report).toList();
  }

  /** Where the program stands, for messages. */
  String where() {
    return runner.where();
  }

  /** Runs the program and lets what it left under way come to an end. */
  void run() throws IOException {
    while (true) {
      drive();
      if (runner.finished() && drained()) {
        return;
      }
      sample();
      simulator.step();
      Check.that(
          simulator.cycle() - lastActivity <= WATCHDOG, "no progress for %d cycles", WATCHDOG);
    }
  }

  private void drive() throws IOException {
    long now = simulator.cycle();
    if (runner.step(now, interrupt)) {
      lastActivity = now;
    }
    boolean inReset = runner.inReset();
    if (simulator.inReset() != inReset) {
      simulator.setReset(inReset);
    }
    if (inReset) {
      memories.forEach(AxiMemory::driveReset);
      driver.driveReset();
      return;
    }
    for (AxiMemory memory : memories) {
      memory.drive(now);
    }
    driver.drive();
  }

  private void sample() throws SimulationException {
    long now = simulator.cycle();
    boolean inReset = runner.inReset();
    if (clean) {
      for (AxiMemory memory : memories) {
        memory.sampleReset();
      }
      driver.sampleReset();
    }
    clean = inReset;
    interrupt = !inReset && pin.get(0) != 0;
    if (inReset) {
      return;
    }
    for (AxiMemory memory : memories) {
      if (memory.sample(now)) {
        lastActivity = now;
      }
    }
    driver.sample();
  }

  private boolean drained() {
    boolean idle = memories.stream().allMatch(AxiMemory::idle);
    quiet = idle ? quiet + 1 : 0;
    return quiet > QUIET_CYCLES;
  }
}
