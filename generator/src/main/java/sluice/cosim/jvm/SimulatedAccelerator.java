package sluice.cosim.jvm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import sluice.config.AcceleratorConfig;
import sluice.cosim.AcceleratorRun;
import sluice.cosim.DriverProgram;
import sluice.cosim.SimulationException;
import sluice.cosim.Testbench;
import sluice.golden.KvImages;
import sluice.golden.MemoryImage;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.netlist.Design;
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.SimulatorOptions;

/** An accelerator in the JVM simulator: no tool is needed, and nothing is built. */
public final class SimulatedAccelerator implements Testbench {
  private final AcceleratorConfig config;
  private final Design design;
  private final List<Function<Simulator, Activity>> activities;

  /**
   * @param accelerator an accelerator of the configuration
   */
  public SimulatedAccelerator(AcceleratorConfig config, Module accelerator) {
    this(config, Elaborator.forSimulation(accelerator), List.of());
  }

  private SimulatedAccelerator(
      AcceleratorConfig config, Design design, List<Function<Simulator, Activity>> activities) {
    this.config = config;
    this.design = design;
    this.activities = activities;
  }

  /** The same accelerator, with an activity beside it that is made for each run. */
  SimulatedAccelerator beside(Function<Simulator, Activity> activity) {
    return new SimulatedAccelerator(config, design, List.of(activity));
  }

  @Override
  public AcceleratorConfig config() {
    return config;
  }

  /** The circuit that is simulated. */
  Design design() {
    return design;
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
    long begin = System.nanoTime();
    BusMemory hostMemory = new BusMemory("host", host.copy(), hostBytes);
    List<BusMemory> channels = new ArrayList<>();
    for (MemoryImage image : cache.channels()) {
      channels.add(new BusMemory("ch" + channels.size(), image.copy(), channelBytes));
    }
    SimulatorOptions seeded = SimulatorOptions.standard().withSeed(options.timing().seed());
    try (Simulator simulator = Simulator.of(design, seeded)) {
      for (Function<Simulator, Activity> each : activities) {
        simulator.attach(each.apply(simulator));
      }
      if (options.trace() != null) {
        simulator.trace(options.trace());
      }
      TestbenchLoop loop =
          new TestbenchLoop(simulator, program.commands(), hostMemory, channels, options.timing());
      try {
        loop.run();
      } catch (SimulationException | AssertionError e) {
        throw failure(options, simulator, loop, e);
      }
      return new AcceleratorRun(
          hostMemory.image(),
          new KvImages(config, cache.base(), channels.stream().map(BusMemory::image).toList()),
          AcceleratorRun.readValues(program, loop.readings()),
          loop.reports(),
          simulator.cycle(),
          (System.nanoTime() - begin) / 1e9);
    }
  }

  private static SimulationException failure(
      Options options, Simulator simulator, TestbenchLoop loop, Throwable cause) {
    SimulationException failure =
        new SimulationException(
            "the simulation failed (%s):%ncycle %d: %s%s"
                .formatted(options.timing(), simulator.cycle(), cause.getMessage(), loop.where()));
    failure.initCause(cause);
    return failure;
  }
}
