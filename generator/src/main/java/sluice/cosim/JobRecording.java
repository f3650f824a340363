package sluice.cosim;

import java.util.Collections;
import java.util.stream.LongStream;
import sluice.config.AcceleratorConfig;
import sluice.golden.HostImage;
import sluice.golden.KvImages;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.check.Policy;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.sim.SignalWords;
import sluice.hdl.sim.Simulator;
import sluice.layout.CompletionLayout;
import sluice.layout.DecodeJob;
import sluice.layout.DescriptorLayout;
import sluice.layout.HeadRange;
import sluice.layout.HostLayout;
import sluice.layout.KvLayout;
import sluice.layout.RegisterMap;
import sluice.layout.Status;

/** Runs a decode job on an accelerator in the JVM simulator, and writes down all its inputs. */
public final class JobRecording {
  private static final long HOST_BASE = 0x1000;
  private static final long KV_BASE = 0x2000;
  private static final int PAGE = 4096;
  private static final int LATENCY = 16;
  private static final int IDLE_CYCLES = 16;
  private static final long WATCHDOG = 1_000_000;

  private JobRecording() {}

  /**
   * The inputs of a run: reset, registers, the first job of a request until its interrupt, a few
   * cycles more. Keys and values are in the memories, which answer after 16 cycles.
   *
   * @param accelerator an accelerator of the request's configuration
   * @throws SimulationException if the job fails
   */
  public static Stimulus of(Module accelerator, DecodeRequest request) throws SimulationException {
    AcceleratorConfig config = request.config();
    int tokens = request.keys().rows();
    KvLayout layout = new KvLayout(config);
    int blocks = layout.blocks(tokens);
    long[] pages = LongStream.range(0, blocks).map(i -> blocks - 1 - i).toArray();
    HostImage host = new HostImage(config, HOST_BASE);
    KvImages cache = KvImages.empty(config, KV_BASE);
    cache.write(pages, 0, request.keys(), request.values(), request.calibration());
    long blockTable = host.blockTable(pages);
    long headTable = host.headTable(Collections.nCopies(config.kvHeads(), request.calibration()));
    long ring = host.reserve(2L * DescriptorLayout.BYTES, PAGE);
    HostLayout hostLayout = new HostLayout(config);
    long query = host.halves(request.query(0));
    long output = host.reserve(hostLayout.queryBytes(1));
    long bitmap = host.reserve(hostLayout.bitmapsBytes(1));
    long completion = host.reserve(CompletionLayout.BYTES);
    DecodeJob job =
        new DecodeJob(
            HeadRange.first(1),
            request.parameters(),
            blockTable,
            query,
            output,
            headTable,
            bitmap,
            completion,
            0);
    host.descriptor(ring, 0, job);

    Netlist module = Elaborator.elaborate(accelerator, Policy.quiet()).top();
    Simulator simulator = Simulator.of(accelerator);
    RegisterWriter registers =
        simulator.attach(new RegisterWriter(simulator, "s_axil", RegisterMap.of(config)));
    simulator.attach(new IdealMemory(simulator, "m_axi_host", host.memory(), LATENCY));
    for (int c = 0; c < config.channels(); c++) {
      simulator.attach(
          new IdealMemory(simulator, "m_axi_ch" + c, cache.channels().get(c), LATENCY));
    }
    Stimulus.Recorder recorder = simulator.attach(new Stimulus.Recorder(simulator, module));
    simulator.reset();
    registers
        .writeWide("RING_BASE", ring)
        .write("RING_LOG2", 1)
        .writeWide("HOST_BASE", host.base())
        .writeWide("HOST_LIMIT", host.limit())
        .writeWide("KV_BASE", KV_BASE)
        .write("KV_PAGES", pages.length)
        .write("IRQ_ENABLE", 1)
        .write("CONTROL", 1)
        .write("RING_TAIL", 1);
    SignalWords interrupt = simulator.words("irq");
    simulator.runUntil(() -> interrupt.get(0) != 0, WATCHDOG);
    simulator.step(IDLE_CYCLES);
    byte[] record = host.memory().read(completion, CompletionLayout.BYTES);
    Status status = Status.of(CompletionLayout.STATUS.get(record));
    if (status.failed()) {
      throw new SimulationException("the job ended with " + status + ": " + status.meaning());
    }
    return recorder.stimulus();
  }
}
