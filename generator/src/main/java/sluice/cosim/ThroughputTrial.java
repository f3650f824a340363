package sluice.cosim;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.LongStream;
import sluice.config.AcceleratorConfig;
import sluice.golden.Calibration;
import sluice.golden.GoldenMachine;
import sluice.golden.HostImage;
import sluice.golden.HostWindow;
import sluice.golden.JobResult;
import sluice.golden.KvImages;
import sluice.golden.MemoryImage;
import sluice.layout.CompletionLayout;
import sluice.layout.DecodeJob;
import sluice.layout.DecodeParameters;
import sluice.layout.DescriptorLayout;
import sluice.layout.HeadRange;
import sluice.layout.HostLayout;
import sluice.layout.KvLayout;
import sluice.layout.RegisterMap;
import sluice.tensor.HalfMatrix;

/**
 * Attention of many heads over one sequence, for measurements: jobs of as many KV heads as a page
 * holds, one after the other. What is in memory and what the golden model makes of it is worked out
 * once; runs under any memories are compared with it to the byte, and their performance counters
 * with what went through the memory ports.
 */
public final class ThroughputTrial {
  private static final long HOST_BASE = 0x1000;
  private static final long KV_BASE = 0;
  private static final int PAGE = 4096;
  private static final List<String> BEATS = List.of("BEATS_RECORD", "BEATS_KEY", "BEATS_VALUE");

  private final AcceleratorConfig config;
  private final int heads;
  private final int kvPages;
  private final KvImages cache;
  private final HostImage host;
  private final long ring;
  private final int ringLog2;
  private final List<DecodeJob> jobs = new ArrayList<>();
  private final MemoryImage expected;
  private final long usefulBeats;

  /**
   * A sequence.
   *
   * @param keys [tokens][d]; a KV head has them in an order of its own
   * @param values [tokens][d]; in the same order as the keys
   * @param calibration of all KV heads
   */
  public record Sequence(HalfMatrix keys, HalfMatrix values, Calibration calibration) {}

  /**
   * What a run took.
   *
   * @param cycles sum of the jobs' own
   * @param usefulBeats beats of the channels that the jobs need: every key record, and of selected
   *     tokens the keys, and the values of those whose weights are not all 0
   * @param counters sums of the performance counters over the jobs, by name
   * @param memories what went through the memory ports
   */
  public record Measurement(
      long cycles, long usefulBeats, Map<String, Long> counters, List<MemoryReport> memories) {

    /** The sum of a counter over the jobs. */
    public long counter(String name) {
      return counters.get(name);
    }
  }

  /**
   * Fills the memories, and decodes on the golden model.
   *
   * @param queries [heads * G][d]
   * @param parameters of all jobs
   */
  public ThroughputTrial(
      AcceleratorConfig config,
      Sequence sequence,
      HalfMatrix queries,
      DecodeParameters parameters) {
    this.config = config;
    heads = queries.rows() / config.groupQueries();
    int tokens = sequence.keys().rows();
    kvPages = new KvLayout(config).blocks(tokens);
    // Pages in falling order: a block table that is not the identity.
    long[] pages = LongStream.range(0, kvPages).map(i -> kvPages - 1 - i).toArray();
    cache = KvImages.empty(config, KV_BASE);
    int kvHeads = Math.min(heads, config.kvHeads());
    for (int head = 0; head < kvHeads; head++) {
      for (int t = 0; t < tokens; t++) {
        int source = (int) ((t + (long) head * tokens / kvHeads) % tokens);
        short[] key = sequence.keys().row(source);
        short[] value = sequence.values().row(source);
        cache.write(pages, head, t, key, value, sequence.calibration());
      }
    }
    host = new HostImage(config, HOST_BASE);
    long blockTable = host.blockTable(pages);
    long headTable = host.headTable(Collections.nCopies(config.kvHeads(), sequence.calibration()));
    int count = (heads + kvHeads - 1) / kvHeads;
    ringLog2 = Integer.SIZE - Integer.numberOfLeadingZeros(count);
    ring = host.reserve((long) DescriptorLayout.BYTES << ringLog2, PAGE);
    HostLayout layout = new HostLayout(config);
    int group = config.groupQueries();
    for (int first = 0; first < heads; first += kvHeads) {
      int of = Math.min(kvHeads, heads - first);
      DecodeJob job =
          new DecodeJob(
              HeadRange.first(of),
              parameters,
              blockTable,
              host.halves(queries.rows(first * group, (first + of) * group)),
              host.reserve(layout.queryBytes(of)),
              headTable,
              0,
              host.reserve(CompletionLayout.BYTES),
              first);
      host.descriptor(ring, jobs.size(), job);
      jobs.add(job);
    }
    expected = host.memory().copy();
    HostWindow window = new HostWindow(host.base(), host.limit());
    List<JobResult> results =
        new GoldenMachine(config, window, kvPages, expected, cache)
            .run(ring, ringLog2, 0, jobs.size());
    usefulBeats =
        results.stream().mapToLong(this::vectorBeats).sum()
            + (parameters.isDense() ? 0 : (long) heads * rows() * config.channels());
  }

  private long vectorBeats(JobResult result) {
    if (result.status().failed()) {
      throw new IllegalArgumentException("a job ends with " + result.status());
    }
    return (2 * result.selected() - result.skipped()) * config.beatsPerVector();
  }

  /** Rows of key records that a head scans. */
  public int rows() {
    int tokens = Math.toIntExact(jobs.get(0).tokens());
    return (tokens + config.rowTokens() - 1) / config.rowTokens();
  }

  /** Heads that are decoded. */
  public int heads() {
    return heads;
  }

  /**
   * Decodes everything.
   *
   * @throws SimulationException if the simulation fails, a byte differs from the golden model's, or
   *     the performance counters are not what went through the ports
   */
  public Measurement run(Testbench testbench, MemoryTiming timing) throws IOException {
    DriverProgram program =
        new DriverProgram(RegisterMap.of(config)).enable(host, ring, ringLog2, KV_BASE, kvPages);
    List<String> counters = DriverProgram.counters(config);
    // All jobs are rung at once; the counters go on until the last one ends.
    program.write("RING_TAIL", jobs.size()).awaitValue("RING_HEAD", jobs.size());
    counters.forEach(program::read);
    AcceleratorRun run =
        testbench.run(
            program,
            host.memory(),
            cache,
            roundUp(host.limit()),
            roundUp(KV_BASE + new KvLayout(config).cacheBytes(kvPages)),
            Testbench.Options.of(timing));
    check(run.host());
    Map<String, Long> sums = new TreeMap<>();
    run.registers().forEach(read -> sums.merge(read.register(), read.value(), Long::sum));
    long counted = BEATS.stream().mapToLong(sums::get).sum();
    long seen =
        run.memories().stream()
            .filter(memory -> memory.name().startsWith("ch"))
            .mapToLong(MemoryReport::readBeats)
            .sum();
    if (counted != seen || counted < usefulBeats) {
      throw new SimulationException(
          "the counters say %d beats, %d were read, and %d are needed"
              .formatted(counted, seen, usefulBeats));
    }
    return new Measurement(sums.get("CYCLES_TOTAL"), usefulBeats, sums, run.memories());
  }

  /** Compares host memory; the golden model knows no cycles, and writes 0. */
  private void check(MemoryImage actual) throws SimulationException {
    for (DecodeJob job : jobs) {
      long cycles = job.completion() + (long) Long.BYTES * CompletionLayout.CYCLES.word();
      actual.writeNumber(cycles, Long.BYTES, 0);
    }
    OptionalLong difference = actual.firstDifference(expected);
    if (difference.isPresent()) {
      throw new SimulationException(
          "host memory differs from the golden model's at 0x%x".formatted(difference.getAsLong()));
    }
  }

  private static long roundUp(long bytes) {
    return (bytes + PAGE - 1) / PAGE * PAGE;
  }
}
