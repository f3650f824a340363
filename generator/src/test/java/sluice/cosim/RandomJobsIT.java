package sluice.cosim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.config.AcceleratorConfig;
import sluice.golden.JobResult;
import sluice.golden.KvImages;
import sluice.golden.MemoryImage;
import sluice.layout.DescriptorLayout;
import sluice.layout.Opcode;

/**
 * Random jobs leave the same bytes in all memories, whether the golden model or the emitted Verilog
 * does them.
 *
 * <p>A failure says how to run its seed alone. More seeds: {@code -Dsluice.firstSeed=201
 * -Dsluice.seeds=1000}; another shape: {@code -Dsluice.shape=tiny,channels=2}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RandomJobsIT {
  /** How the doorbell is rung: for all jobs at once, job by job, or again while it works. */
  private enum Doorbell {
    AT_ONCE,
    ONE_BY_ONE,
    AT_WILL
  }

  private final Map<String, VerilatedAccelerator> accelerators = new HashMap<>();

  /** Seeds of the smallest preset, and a few of shapes with more of everything. */
  private enum Shape {
    TINY(Simulators.TINY, 200),
    CHANNELS(Simulators.CHANNELS, 12),
    GATES(Simulators.GATES, 24);

    private final String text;
    private final int seeds;

    Shape(String text, int seeds) {
      this.text = text;
      this.seeds = seeds;
    }
  }

  /** A run: a preset with overrides, and a seed. */
  private record Case(String shape, long seed) {}

  static Stream<Case> cases() {
    long first = Long.getLong("sluice.firstSeed", 1);
    Integer seeds = Integer.getInteger("sluice.seeds");
    String shape = System.getProperty("sluice.shape");
    if (seeds != null || shape != null) {
      return cases(shape == null ? Shape.TINY.text : shape, first, seeds == null ? 1 : seeds);
    }
    return Stream.of(Shape.values()).flatMap(each -> cases(each.text, first, each.seeds));
  }

  private static Stream<Case> cases(String shape, long first, int count) {
    return LongStream.range(first, first + count).mapToObj(seed -> new Case(shape, seed));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theHardwareLeavesTheBytesOfTheModel(Case run) throws IOException {
    try {
      compare(run);
    } catch (AssertionError | SimulationException e) {
      throw new AssertionError(
          "again with -Dsluice.shape=%s -Dsluice.firstSeed=%d -Dsluice.seeds=1: %s"
              .formatted(run.shape, run.seed, e.getMessage()),
          e);
    }
  }

  private void compare(Case run) throws IOException {
    VerilatedAccelerator accelerator = accelerator(run.shape);
    AcceleratorConfig config = accelerator.config();
    JobMemory memory = RandomJobs.of(config, run.seed);
    int jobs = memory.descriptors().size();
    MemoryImage host = memory.host.memory().copy();
    KvImages cache = memory.cache.copy();
    List<JobResult> results = memory.golden(host, cache).run(memory.ring, memory.ringLog2, 0, jobs);
    assertThat(results).noneMatch(result -> result.status().failed());

    Random random = new Random(run.seed);
    DriverProgram program = memory.setUp();
    Doorbell doorbell = Doorbell.values()[random.nextInt(Doorbell.values().length)];
    ring(program, jobs, doorbell, random);
    expectRegisters(program, results.get(jobs - 1));
    expectCounters(program, memory, results, doorbell);
    AcceleratorRun actual = memory.run(accelerator, program, timing(random, run.seed));
    Comparison comparison = new Comparison(host, cache);
    comparison.takeCycles(actual.host(), memory.descriptors(), memory.window());
    comparison.check(actual.host(), actual.cache());
  }

  private VerilatedAccelerator accelerator(String shape) throws IOException {
    VerilatedAccelerator accelerator = accelerators.get(shape);
    if (accelerator == null) {
      accelerator = Simulators.build(shape);
      accelerators.put(shape, accelerator);
    }
    return accelerator;
  }

  private static void ring(DriverProgram program, int jobs, Doorbell doorbell, Random random) {
    for (int tail = doorbell == Doorbell.AT_ONCE ? jobs : 1; tail < jobs; tail++) {
      program.write("RING_TAIL", tail);
      if (doorbell == Doorbell.ONE_BY_ONE) {
        program.awaitInterrupt();
      } else if (random.nextBoolean()) {
        program.idle(random.nextInt(5000));
      }
    }
    program.write("RING_TAIL", jobs).awaitValue("RING_HEAD", jobs);
  }

  private static void expectRegisters(DriverProgram program, JobResult last) {
    program
        .expect("STATUS", 2)
        .expect("IRQ_STATUS", 1)
        .expect("LAST_STATUS", last.status().code())
        .expectWide("ERROR_ADDRESS", 0);
  }

  /** Counters are those of the jobs since none was in work; if rung at will, nobody knows which. */
  private static void expectCounters(
      DriverProgram program, JobMemory memory, List<JobResult> results, Doorbell doorbell) {
    int jobs = results.size();
    if (doorbell == Doorbell.AT_WILL && jobs > 1) {
      return;
    }
    long selected = 0;
    long skipped = 0;
    for (int job = doorbell == Doorbell.AT_ONCE ? 0 : jobs - 1; job < jobs; job++) {
      if (DescriptorLayout.OPCODE.get(memory.descriptors().get(job)) == Opcode.DECODE.code()) {
        selected += results.get(job).selected();
        skipped += results.get(job).skipped();
      }
    }
    program.expect("TOKENS_SELECTED", selected).expect("VALUES_SKIPPED", skipped);
  }

  private static MemoryTiming timing(Random random, long seed) {
    return switch (random.nextInt(8)) {
      case 0, 1 -> MemoryTiming.ideal(1 + random.nextInt(60));
      case 2 -> MemoryTiming.dram("hbm2");
      case 3 -> MemoryTiming.dram("ddr4");
      default -> MemoryTiming.random(1 + random.nextInt(random.nextBoolean() ? 10 : 100), seed);
    };
  }
}
