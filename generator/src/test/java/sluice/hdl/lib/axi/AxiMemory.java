package sluice.hdl.lib.axi;

import sluice.golden.MemoryImage;
import sluice.hdl.sim.Simulator;

/**
 * A memory at an AXI4 master port of the circuit under test. Checks the protocol: VALID low in
 * reset, payload stable until the hand-shake, bursts incremental, of full width, aligned and inside
 * 4 KiB, WLAST at the last beat. Where the image {@linkplain MemoryImage#fail fails}, it answers
 * SLVERR.
 *
 * <p>Reads are answered in the order of their addresses, and see a write from its answer on.
 */
public record AxiMemory(AxiReadPort reads, AxiWritePort writes) {

  /** Puts a memory at a port of the simulated circuit. */
  public static AxiMemory attach(
      Simulator simulator, AxiMaster port, MemoryImage image, AxiTiming timing) {
    return new AxiMemory(
        AxiReadPort.attach(simulator, port.ar(), port.r(), image, timing.forPort(1)),
        AxiWritePort.attach(simulator, port.aw(), port.w(), port.b(), image, timing.forPort(2)));
  }
}
