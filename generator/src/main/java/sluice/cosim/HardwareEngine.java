package sluice.cosim;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import sluice.config.AcceleratorConfig;
import sluice.golden.HostImage;
import sluice.golden.KvImages;
import sluice.golden.MemoryImage;
import sluice.layout.AppendJob;
import sluice.layout.CompletionLayout;
import sluice.layout.DecodeJob;
import sluice.layout.DescriptorLayout;
import sluice.layout.HeadRange;
import sluice.layout.HostLayout;
import sluice.layout.KvLayout;
import sluice.layout.RegisterMap;
import sluice.layout.Status;

/**
 * Decodes on an accelerator in a testbench: the keys and values are appended by the accelerator,
 * then each group of queries is a decode job of its own.
 */
public final class HardwareEngine implements Engine {
  private static final long HOST_BASE = 0x1000;
  private static final long KV_BASE = 0x2000;
  private static final int PAGE = 4096;

  private final Testbench testbench;
  private final Testbench.Options options;
  private final boolean preloaded;

  /** Where a job's results go in host memory. */
  private record Results(long output, long bitmap, long completion) {}

  /**
   * @param preloaded whether the testbench puts keys and values into the memories, in place of
   *     append jobs
   */
  public HardwareEngine(Testbench testbench, Testbench.Options options, boolean preloaded) {
    this.testbench = testbench;
    this.options = options;
    this.preloaded = preloaded;
  }

  /**
   * A finished simulation.
   *
   * @param outcomes an outcome a job, in order
   * @param cycles of the whole run
   * @param seconds the simulation took
   */
  public record Simulation(List<JobOutcome> outcomes, long cycles, double seconds) {}

  @Override
  public List<JobOutcome> decode(DecodeRequest request) throws IOException {
    return simulate(request).outcomes();
  }

  /**
   * Decodes every job of a request, and says what the simulation took.
   *
   * @throws SimulationException if the simulation fails
   */
  public Simulation simulate(DecodeRequest request) throws IOException {
    AcceleratorConfig config = request.config();
    int tokens = request.keys().rows();
    KvLayout layout = new KvLayout(config);
    // Pages in falling order: a block table that is not the identity.
    int blocks = layout.blocks(tokens);
    long[] pages = LongStream.range(0, blocks).map(i -> blocks - 1 - i).toArray();
    HostImage host = new HostImage(config, HOST_BASE);
    KvImages cache = KvImages.empty(config, KV_BASE);
    long blockTable = host.blockTable(pages);
    long headTable = host.headTable(Collections.nCopies(config.kvHeads(), request.calibration()));
    int jobs = request.jobs() + (preloaded ? 0 : 1);
    int ringLog2 = Integer.SIZE - Integer.numberOfLeadingZeros(jobs);
    long ring = host.reserve((long) DescriptorLayout.BYTES << ringLog2, PAGE);

    DriverProgram program = new DriverProgram(RegisterMap.of(config));
    int entry = 0;
    List<Long> completions = new ArrayList<>();
    if (preloaded) {
      cache.write(pages, 0, request.keys(), request.values(), request.calibration());
    } else {
      long keys = host.halves(request.keys());
      long values = host.halves(request.values());
      long completion = host.reserve(CompletionLayout.BYTES);
      completions.add(completion);
      AppendJob append =
          new AppendJob(
              HeadRange.first(1),
              tokens,
              tokens,
              blockTable,
              keys,
              values,
              headTable,
              completion,
              entry);
      host.descriptor(ring, entry++, append);
    }
    List<Results> results = new ArrayList<>();
    HostLayout hostLayout = new HostLayout(config);
    for (int job = 0; job < request.jobs(); job++) {
      long query = host.halves(request.query(job));
      Results result =
          new Results(
              host.reserve(hostLayout.queryBytes(1)),
              host.reserve(hostLayout.bitmapsBytes(1)),
              host.reserve(CompletionLayout.BYTES));
      results.add(result);
      completions.add(result.completion());
      DecodeJob decode =
          new DecodeJob(
              HeadRange.first(1),
              request.parameters(),
              blockTable,
              query,
              result.output(),
              headTable,
              result.bitmap(),
              result.completion(),
              entry);
      host.descriptor(ring, entry++, decode);
    }
    program.enable(host, ring, ringLog2, KV_BASE, pages.length);
    List<String> counters = DriverProgram.counters(config);
    for (int tail = 1; tail <= entry; tail++) {
      program.write("RING_TAIL", tail).awaitInterrupt();
      counters.forEach(program::read);
    }
    long hostBytes = roundUp(host.limit());
    long channelBytes = roundUp(KV_BASE + layout.cacheBytes(pages.length));
    AcceleratorRun run =
        testbench.run(program, host.memory(), cache, hostBytes, channelBytes, options);
    return new Simulation(
        outcomes(request, run, results, completions, counters), run.cycles(), run.seconds());
  }

  private List<JobOutcome> outcomes(
      DecodeRequest request,
      AcceleratorRun run,
      List<Results> results,
      List<Long> completions,
      List<String> counters)
      throws SimulationException {
    MemoryImage host = run.host();
    for (long completion : completions) {
      Status status = status(host, completion);
      if (status.failed()) {
        throw new SimulationException("a job ended with " + status + ": " + status.meaning());
      }
    }
    HostLayout layout = new HostLayout(request.config());
    int appends = completions.size() - results.size();
    List<JobOutcome> outcomes = new ArrayList<>();
    for (int job = 0; job < results.size(); job++) {
      Results result = results.get(job);
      short[][] outputs = new short[request.config().groupQueries()][];
      for (int g = 0; g < outputs.length; g++) {
        outputs[g] =
            host.readHalves(result.output() + layout.queryOffset(0, g), request.config().headDim());
      }
      byte[] record = host.read(result.completion(), CompletionLayout.BYTES);
      Map<String, Long> values = new LinkedHashMap<>();
      for (int i = 0; i < counters.size(); i++) {
        int read = (appends + job) * counters.size() + i;
        values.put(counters.get(i), run.registers().get(read).value());
      }
      outcomes.add(
          new JobOutcome(
              outputs,
              selected(host, result.bitmap(), request.keys().rows()),
              CompletionLayout.SKIPPED.get(record),
              status(host, result.completion()),
              values));
    }
    return outcomes;
  }

  private static Status status(MemoryImage host, long completion) {
    return Status.of(CompletionLayout.STATUS.get(host.read(completion, CompletionLayout.BYTES)));
  }

  private static int[] selected(MemoryImage host, long bitmap, int tokens) {
    byte[] bits = host.read(bitmap, (tokens + 7) / 8);
    return IntStream.range(0, tokens).filter(t -> (bits[t / 8] >> (t % 8) & 1) == 1).toArray();
  }

  private static long roundUp(long bytes) {
    return (bytes + PAGE - 1) / PAGE * PAGE;
  }
}
