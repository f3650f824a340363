package sluice.cosim.jvm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import sluice.cosim.DecodeRequest;
import sluice.cosim.HardwareEngine;
import sluice.cosim.MemoryTiming;
import sluice.cosim.Stimulus;
import sluice.cosim.Testbench;
import sluice.hdl.Module;

/** Runs decode jobs on an accelerator in the JVM simulator, and writes down all its inputs. */
public final class JobRecording {
  private static final int LATENCY = 16;

  private JobRecording() {}

  /**
   * The inputs of a run: reset, registers, the jobs of a request, the counters. Keys and values are
   * in the memories, which answer after 16 cycles.
   *
   * @param accelerator an accelerator of the request's configuration
   * @throws sluice.cosim.SimulationException if a job fails
   */
  public static Stimulus of(Module accelerator, DecodeRequest request) throws IOException {
    SimulatedAccelerator simulated = new SimulatedAccelerator(request.config(), accelerator);
    List<Stimulus.Recorder> recorders = new ArrayList<>();
    SimulatedAccelerator recorded =
        simulated.beside(
            simulator -> {
              recorders.add(new Stimulus.Recorder(simulator, simulated.design().top()));
              return recorders.get(0);
            });
    Testbench.Options options = Testbench.Options.of(MemoryTiming.ideal(LATENCY));
    new HardwareEngine(recorded, options, /* preloaded= */ true).decode(request);
    return recorders.get(0).stimulus();
  }
}
