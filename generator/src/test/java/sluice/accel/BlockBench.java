package sluice.accel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import sluice.golden.MemoryImage;
import sluice.hdl.Bool;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.Probe;
import sluice.hdl.Stream;
import sluice.hdl.lib.axi.AxiAddress;
import sluice.hdl.lib.axi.AxiLite;
import sluice.hdl.lib.axi.AxiLiteMaster;
import sluice.hdl.lib.axi.AxiMaster;
import sluice.hdl.lib.axi.AxiReadPort;
import sluice.hdl.lib.axi.AxiTiming;
import sluice.hdl.lib.axi.AxiWritePort;
import sluice.hdl.lib.axi.ReadData;
import sluice.hdl.lib.axi.WriteData;
import sluice.hdl.lib.axi.WriteResponse;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.StreamPorts;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.SimulatorOptions;
import sluice.hdl.sim.StallPattern;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/**
 * A block in simulation, every stream of which stalls: what is attached here has a pattern of
 * stalls, and {@link #reset} refuses a block with a stream to which nothing is attached.
 */
public final class BlockBench {
  private static final long WATCHDOG = 400_000;
  private static final int MEMORY_LATENCY = 40;

  private final Simulator simulator;
  private final Stalls stalls;
  private final Map<Node, String> loose = new IdentityHashMap<>();
  private long seed;

  private BlockBench(Module block, Stalls stalls, long seed) {
    this.stalls = stalls;
    this.seed = 1000 * seed;
    Design design = Elaborator.forSimulation(block);
    simulator = Simulator.of(design, SimulatorOptions.standard().withSeed(seed));
    for (StreamPorts stream : design.top().streams()) {
      loose.put(stream.valid().node(), stream.valid().name());
    }
  }

  /** A block, with all inputs 0. */
  public static BlockBench of(Module block, Stalls stalls, long seed) {
    return new BlockBench(block, stalls, seed);
  }

  public Simulator simulator() {
    return simulator;
  }

  /** Drives a stream that is an input. */
  public StreamDriver drive(Stream<?> input) {
    attached(input);
    return simulator.drive(input).stalls(stalls.source(++seed));
  }

  /** Takes what comes from a stream that is an output, and checks the stream's contract. */
  public StreamSink sink(Stream<?> output) {
    attached(output);
    return simulator.sink(output).stalls(stalls.sink(++seed));
  }

  /** Puts a memory at the read channels of an AXI4 port. */
  public AxiReadPort reads(Stream<AxiAddress> ar, Stream<ReadData> r, MemoryImage image) {
    attached(ar);
    attached(r);
    return AxiReadPort.attach(simulator, ar, r, image, timing());
  }

  /** Puts a memory at the write channels of an AXI4 port. */
  public AxiWritePort writes(
      Stream<AxiAddress> aw, Stream<WriteData> w, Stream<WriteResponse> b, MemoryImage image) {
    attached(aw);
    attached(w);
    attached(b);
    return AxiWritePort.attach(simulator, aw, w, b, image, timing());
  }

  /** Puts a memory at an AXI4 port. */
  public void memory(AxiMaster port, MemoryImage image) {
    reads(port.ar(), port.r(), image);
    writes(port.aw(), port.w(), port.b(), image);
  }

  /** Puts a master at a register port. */
  public AxiLiteMaster registers(AxiLite port) {
    List.of(port.aw(), port.w(), port.b(), port.ar(), port.r()).forEach(this::attached);
    return AxiLiteMaster.attach(simulator, port, stalls.both(), ++seed);
  }

  private AxiTiming timing() {
    return stalls == Stalls.NEVER
        ? AxiTiming.ideal()
        : new AxiTiming(stalls.both(), MEMORY_LATENCY, ++seed);
  }

  private void attached(Stream<?> stream) {
    loose.remove(Probe.node(stream.valid()));
  }

  /**
   * Resets the block.
   *
   * @throws IllegalStateException if a stream is left loose
   */
  public void reset() {
    if (!loose.isEmpty()) {
      throw new IllegalStateException("nothing is attached to " + loose.values());
    }
    simulator.reset();
  }

  /** Makes an input high for a cycle. */
  public void pulse(Bool input) {
    simulator.poke(input, true);
    simulator.step();
    simulator.poke(input, false);
  }

  /**
   * Compares what a pipeline gives, in every cycle in which it advances.
   *
   * @param advance makes it advance
   * @param pauses when it does not
   * @param latency cycles in which it advances, from operands to result
   * @param count how many results are expected
   * @param operands pokes new operands; gives their result
   * @param result what the pipeline gives
   */
  public void follows(
      Bool advance,
      StallPattern pauses,
      int latency,
      int count,
      LongSupplier operands,
      LongSupplier result) {
    List<Long> expected = new ArrayList<>();
    while (expected.size() < count) {
      long given = operands.getAsLong();
      boolean advances = !pauses.next();
      simulator.poke(advance, advances);
      simulator.step();
      if (advances) {
        expected.add(given);
        int at = expected.size() - latency;
        if (at >= 0) {
          assertThat(result.getAsLong()).isEqualTo(expected.get(at));
        }
      }
    }
  }

  /** Steps until a condition holds; returns the cycles it took. */
  public long until(BooleanSupplier condition) {
    return simulator.runUntil(condition, WATCHDOG);
  }
}
